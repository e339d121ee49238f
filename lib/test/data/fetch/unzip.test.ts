import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Archive } from "../../../src/data/fetch/unzip";
import { type TestFile, zipOf } from "./zip";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hitlab-unzip-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function opened(content: Buffer | readonly TestFile[]): Promise<Archive> {
  const path = join(folder, "a.zip");
  writeFileSync(path, Buffer.isBuffer(content) ? content : zipOf(content as TestFile[]));
  return Archive.open(path);
}

const text = "a,b\n1,2\n".repeat(1000);

describe("Archive", () => {
  it("lists, finds and extracts", async () => {
    const zip = await opened([
      { name: "folder/", content: "" },
      { name: "folder/a.csv", content: text },
      { name: "b.csv", content: "b" },
    ]);
    expect(zip.members().map((member) => member.name)).toEqual(["folder/a.csv", "b.csv"]);
    await zip.extract(zip.find("a.csv").name, join(folder, "out.csv"), text.length);
    expect(readFileSync(join(folder, "out.csv"), "utf8")).toBe(text);
    expect(String(await zip.bytes("b.csv", 10))).toBe("b");
    expect(() => zip.find("c.csv")).toThrow(/holds 0 files called "c.csv"/);
    zip.close();
  });

  it.each(["../evil.csv", "/etc/evil.csv", "C:/evil.csv", "a/../../evil.csv", "..\\evil.csv"])(
    "refuses an archive with the path %s",
    async (name) => {
      await expect(
        opened([
          { name: "good.csv", content: text },
          { name, content: "x" },
        ]),
      ).rejects.toThrow(/damaged/);
      expect(readdirSync(folder)).toEqual(["a.zip"]);
    },
  );

  it("refuses names that come twice", async () => {
    const file = { name: "a.csv", content: text };
    await expect(opened([file, file])).rejects.toThrow(/twice/);
    const zip = await opened([file, { ...file, name: "x/a.csv" }]);
    expect(() => zip.find("a.csv")).toThrow(/2 files/);
    zip.close();
  });

  it("stops a bomb, whether it owns up to its size or not", async () => {
    const zeros = Buffer.alloc(20e6);
    const target = join(folder, "out.csv");
    const honest = await opened([{ name: "a.csv", content: zeros }]);
    await expect(honest.extract("a.csv", target, 1e6)).rejects.toThrow(/unpacks to 20000000 bytes or more/);
    honest.close();
    const liar = await opened([{ name: "a.csv", content: zeros, claimedBytes: 1000 }]);
    await expect(liar.extract("a.csv", target, 1e6)).rejects.toThrow(/damaged/);
    liar.close();
    expect(readdirSync(folder)).toEqual(["a.zip"]);
  });

  it("notices a wrong checksum and leaves nothing", async () => {
    const zip = await opened([{ name: "a.csv", content: text, claimedCrc: 1 }]);
    await expect(zip.extract("a.csv", join(folder, "out.csv"), 1e6)).rejects.toThrow(/checksum of a.csv is wrong/);
    zip.close();
    expect(readdirSync(folder)).toEqual(["a.zip"]);
  });

  it("refuses what is cut short or no archive at all", async () => {
    const whole = zipOf([{ name: "a.csv", content: text }]);
    for (const length of [0, 10, whole.length - 30, whole.length - 1]) {
      await expect(opened(whole.subarray(0, length))).rejects.toThrow(/damaged/);
    }
    await expect(opened(Buffer.from("<html>Please sign in</html>"))).rejects.toThrow(/damaged/);
  });

  it("notices damage inside the packed bytes", async () => {
    const whole = Buffer.from(zipOf([{ name: "a.csv", content: text }]));
    whole.fill(0x55, 40, 60);
    const zip = await opened(whole);
    await expect(zip.extract("a.csv", join(folder, "out.csv"), 1e6)).rejects.toThrow(/damaged/);
    zip.close();
  });
});
