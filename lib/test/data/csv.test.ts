import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvBytes, eachLine, fieldText } from "../../src/data/csv";

async function lines(source: string | CsvBytes, encoding?: "latin1"): Promise<[number, ...string[]][]> {
  const found: [number, ...string[]][] = [];
  await eachLine(source, (line) => {
    found.push([line.line, ...Array.from({ length: line.fields }, (_, field) => fieldText(line, field, encoding))]);
  });
  return found;
}

describe("eachLine", () => {
  it("reads bytes as it reads a file of them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hitlab-csv-"));
    const path = join(folder, "a.csv");
    const piece = fc.constantFrom("a", ",", '"', '""', "\n", "\r\n", "\ufeff", "\u00e9", " ");
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const bytes = Buffer.from(pieces.join(""));
        writeFileSync(path, bytes);
        expect(await lines({ bytes, name: "a.csv" })).toEqual(await lines(path));
      }),
    );
    rmSync(folder, { recursive: true });
  });

  it("drops a byte order mark, skips empty lines and gives latin-1 text as such", async () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('a,"b,c"\r\n\r\n\xe9,""""', "latin1")]);
    expect(await lines({ bytes, name: "x" }, "latin1")).toEqual([
      [1, "a", "b,c"],
      [3, "\u00e9", '"'],
    ]);
  });

  it("refuses bytes with a line beyond all measure by their name", async () => {
    const bytes = Buffer.alloc(3e6, 65);
    await expect(lines({ bytes, name: "big.csv" })).rejects.toThrow(/big.csv:1: a line is longer than 1 MiB/);
  });
});
