import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyNth } from "../../src/prepare";
import { matrix } from "../../src/samples";

const samplesOf = (groups: number[]) => ({
  x: matrix(
    groups.length,
    1,
    Float64Array.from(groups, (_, row) => row),
  ),
  y: new Float64Array(groups.length),
  info: { song: Int32Array.from(groups) },
});

describe("everyNth", () => {
  it("keeps the first row of each group and every n-th after it, in order", () => {
    const kept = everyNth(samplesOf([7, 7, 8, 7, 7, 8, 8, 7]), { group: "song", n: 2 });
    expect([...kept.x.data]).toEqual([0, 2, 3, 6, 7]);
    expect([...kept.info.song]).toEqual([7, 8, 7, 8, 7]);
  });

  it("keeps ceil(size / n) rows of every group", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1 }), fc.integer({ min: 1, max: 9 }), (groups, n) => {
        const kept = [...everyNth(samplesOf(groups), { group: "song", n }).info.song];
        for (const group of new Set(groups)) {
          const count = (list: number[]) => list.filter((g) => g === group).length;
          expect(count(kept)).toBe(Math.ceil(count(groups) / n));
        }
      }),
    );
  });

  it("names the columns there are, and refuses other steps", () => {
    expect(() => everyNth(samplesOf([1]), { group: "artist", n: 2 })).toThrow(/"artist".*name one of: song/);
    expect(() => everyNth(samplesOf([1]), { group: "song", n: 0 })).toThrow(/whole number from 1/);
  });
});
