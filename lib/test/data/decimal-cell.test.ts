import { expect, test } from "vitest";
import { type CsvLine, eachLine } from "../../src/data/csv";
import { decimalCell } from "../../src/data/decimal-cell";
import { random } from "../../src/random";

async function cells(texts: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  const bytes = Buffer.from(texts.map((text) => `x,${text}\n`).join(""));
  await eachLine({ bytes, name: "cells" }, (line: CsvLine) => found.push(decimalCell(line, 1)));
  return found;
}

test("a decimal has the value that JavaScript gives its text", async () => {
  const rng = random(3, "decimal-cell");
  const drawn = Array.from({ length: 20_000 }, (_, i) => {
    const digits = String(Math.floor(rng.uniform() * 10 ** (1 + (i % 15))));
    const point = rng.integer(0, digits.length + 1);
    const text = i % 3 ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits;
    return i % 4 ? text : `-${text}`;
  });
  const texts = ["0", "-0", "0.0", "5.", ".5", "-.5", "000123", "0.000001", "999999999999999", ...drawn];
  expect(await cells(texts)).toEqual(texts.map(Number));
});

test.each(["", "-", ".", "-.", "+1", " 1", "1e3", "0x10", "1.2.3", "1-2", "nan", "Infinity", "1234567890123456"])(
  "%j is left to slower ways",
  async (text) => {
    expect(await cells([text])).toEqual([Number.NaN]);
  },
);
