import { describe, expect, it } from "vitest";
import { isRandomColumn, withRandomColumns } from "../../src/prepare";
import { matrix } from "../../src/samples";

const x = matrix(
  2000,
  2,
  Float64Array.from({ length: 4000 }, (_, i) => i),
  ["tempo", "key"],
);
const samples = { x, y: new Float64Array(2000), info: { row: Int32Array.from({ length: 2000 }, (_, i) => i) } };
const column = ({ data, columns, rows }: typeof x, c: number) =>
  Float64Array.from({ length: rows }, (_, r) => data[r * columns + c]);

describe("withRandomColumns", () => {
  it("appends noise and shuffled copies, and keeps all else", () => {
    const more = withRandomColumns(samples, { columns: 2, copies: ["key"], seed: 1 });
    expect(more.x.names).toEqual(["tempo", "key", "random 1", "random 2", "random copy of key"]);
    expect(more.info).toBe(samples.info);
    for (const c of [0, 1]) expect(column(more.x, c)).toEqual(column(x, c));
    const copy = column(more.x, 4);
    expect(copy).not.toEqual(column(x, 1));
    expect(copy.sort()).toEqual(column(x, 1));
    for (const c of [2, 3]) {
      const noise = column(more.x, c);
      const mean = noise.reduce((sum, v) => sum + v, 0) / 2000;
      const variance = noise.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 1999;
      expect(Math.abs(mean)).toBeLessThan(0.1);
      expect(Math.abs(variance - 1)).toBeLessThan(0.15);
    }
    expect(column(more.x, 2)).not.toEqual(column(more.x, 3));
  });

  it("is the same for the same seed, whatever else is appended", () => {
    const [a, b] = [3, 1].map((columns) => withRandomColumns(samples, { columns }));
    expect(column(a.x, 2)).toEqual(column(b.x, 2));
    expect(column(withRandomColumns(samples, { seed: 1 }).x, 2)).not.toEqual(column(a.x, 2));
  });

  it("names what is wrong", () => {
    expect(() => withRandomColumns(samples, { columns: -1 })).toThrow("whole number from 0");
    expect(() => withRandomColumns(samples, { copies: ["mode"] })).toThrow('no such column to copy (found "mode")');
    expect(() => withRandomColumns(withRandomColumns(samples))).toThrow("the same name");
  });

  it("knows its columns by name", () => {
    expect(
      ["random 1", "random 12", "random copy of key", "random", "random walk", "tempo"].map(isRandomColumn),
    ).toEqual([true, true, true, false, false, false]);
  });
});
