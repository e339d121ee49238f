import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../../../tools/test/scratch";
import { cached, keyOf } from "../../build/cache";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "build-cache-"));
});

const writes = (text: string) => async (into: string) => writeFileSync(join(into, "a.js"), text);
const place = (key: string, out = "out") => ({ folder: join(base, "cache"), key, out: join(base, out) });
const written = (out = "out") => readFileSync(join(base, out, "a.js"), "utf8");

describe("cached", () => {
  it("makes once, and copies the same bytes afterwards", async () => {
    expect(await cached(place("k"), writes("first"))).toBe("made");
    const notAgain = async () => expect.unreachable("it is there already");
    expect(await cached(place("k", "second"), notAgain)).toBe("kept");
    expect([written(), written("second")]).toEqual(["first", "first"]);
    expect(await cached(place("other"), writes("other"))).toBe("made");
    expect(written()).toBe("other");
  });

  it("keeps nothing of work that failed, and tells why it did", async () => {
    const fails = async (into: string) => {
      writeFileSync(join(into, "a.js"), "half");
      throw new Error("no room");
    };
    await expect(cached(place("k"), fails)).rejects.toThrow("no room");
    expect(readdirSync(join(base, "cache"))).toEqual([]);
    expect(existsSync(join(base, "out"))).toBe(false);
    await cached(place("k"), writes("whole"));
    expect(written()).toBe("whole");
  });

  it("takes nothing of a run that was killed for its own", async () => {
    const program = join(base, "killed.ts");
    const cache = fileURLToPath(new URL("../../build/cache.ts", import.meta.url));
    const vite = fileURLToPath(new URL("../../../node_modules/vite-node/vite-node.mjs", import.meta.url));
    writeFileSync(
      program,
      `import { writeFileSync } from "node:fs";
      import { cached } from ${JSON.stringify(cache)};
      await cached(${JSON.stringify(place("k"))}, async (into) => {
        writeFileSync(into + "/a.js", "half");
        writeFileSync(into + "/b.js", "half");
        process.kill(process.pid, "SIGKILL");
        await new Promise(() => {});
      });`,
    );
    expect((await runProgram(process.execPath, [vite, program])).code).not.toBe(0);
    expect(readdirSync(join(base, "cache"))).toEqual([expect.stringMatching(/^k\..*part$/)]);
    expect(await cached(place("k"), writes("whole"))).toBe("made");
    expect(readdirSync(join(base, "out"))).toEqual(["a.js"]);
    expect(written()).toBe("whole");
  });

  it("keeps the four keys used last, and what other runs have just begun", async () => {
    const parts = ["old.1.part", "new.2.part"].map((name) => join(base, "cache", name));
    for (const part of parts) mkdirSync(part, { recursive: true });
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(parts[0], yesterday, yesterday);
    for (const [at, key] of ["a", "b", "c", "d"].entries()) {
      await cached(place(key), writes(key));
      const used = new Date(Date.now() - 60_000 * (10 - at));
      utimesSync(join(base, "cache", key), used, used);
    }
    await cached(place("a"), writes("again"));
    await cached(place("e"), writes("e"));
    expect(readdirSync(join(base, "cache")).sort()).toEqual(["a", "c", "d", "e", "new.2.part"]);
  });
});

describe("keyOf", () => {
  it("tells texts, names and contents apart", () => {
    const folder = join(base, "code");
    mkdirSync(join(folder, "inner"), { recursive: true });
    const keys: string[] = [];
    const note = (...texts: string[]) => keys.push(keyOf(texts, [folder]));
    note("a", "b");
    note("ab", "");
    writeFileSync(join(folder, "inner", "x.ts"), "1");
    note("a", "b");
    writeFileSync(join(folder, "inner", "x.ts"), "2");
    note("a", "b");
    writeFileSync(join(folder, "y.ts"), "");
    note("a", "b");
    expect(new Set(keys).size).toBe(5);
    expect(keyOf(["a", "b"], [folder])).toBe(keys[4]);
  });
});
