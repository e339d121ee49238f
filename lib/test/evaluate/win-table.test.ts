import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctedMeanInterval, meanInterval, winTable } from "../../src/evaluate";
import { random } from "../../src/random";
import { expectClose, golden } from "./uncertainty";

const { scores, split, pairs, meanRanks } = golden.wins;

describe("winTable", () => {
  it.each(Object.entries(pairs))("of %s agrees with scipy and pandas", (label, [byRun, bySplit]) => {
    const found = [undefined, split].map((splits) => {
      return winTable(scores, { better: "more", splits, testedToTrained: 0.25 }).pairs.find(
        (row) => row.label === label,
      );
    });
    const [wins, losses] = byRun;
    for (const row of found) expect(row).toMatchObject({ wins, losses, ties: 20 - wins - losses });
    expect(found.map((row) => row?.n)).toEqual([20, 5]);
    found.forEach((row, i) => {
      const [, , ...expected] = [byRun, bySplit][i];
      expectClose([row?.estimate ?? null, row?.low ?? null, row?.high ?? null, row?.pValue ?? null], expected, 1e-9);
    });
  });

  it("ranks the models", () => {
    const { models, runs } = winTable(scores, { better: "more" });
    expect(runs).toBe(20);
    for (const { model, mean, sd, meanRank } of models) {
      expect(meanRank).toBeCloseTo(meanRanks[model], 12);
      expect({ mean, sd }).toEqual({ mean: meanInterval(scores[model]).estimate, sd: meanInterval(scores[model]).sd });
    }
    expect(models.map(({ meanRank }) => meanRank)).toEqual(models.map(({ meanRank }) => meanRank).sort());
  });

  it("counts wins, shared wins and orders", () => {
    const found = winTable({ a: [1, 2, 2, 5], b: [2, 2, 1, 4], c: [3, 1, 1, 3] }, { better: "more" });
    expect(found.models.map(({ model, wins, shared }) => [model, wins, shared])).toEqual([
      ["a", 2, 1],
      ["b", 0, 1],
      ["c", 1, 0],
    ]);
    expect(found.orders).toEqual([
      { order: "c > b > a", runs: 1 },
      { order: "a = b > c", runs: 1 },
      { order: "a > b = c", runs: 1 },
      { order: "a > b > c", runs: 1 },
    ]);
    expect(found.pairs.map(({ model, against, wins, losses, ties }) => [model, against, wins, losses, ties])).toEqual([
      ["a", "b", 2, 1, 1],
      ["a", "c", 3, 1, 0],
      ["b", "c", 2, 1, 1],
    ]);
  });

  it("turns round with the sign of the scores", () => {
    const runs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { minLength: 1 });
    fc.assert(
      fc.property(runs, (rows) => {
        const [a, b] = [0, 1].map((m) => rows.map((row) => row[m]));
        const more = winTable({ a, b }, { better: "more" });
        const less = winTable({ a: a.map((x) => -x), b: b.map((x) => -x) }, { better: "less" });
        expect(less.orders).toEqual(more.orders);
        expect(less.models.map(({ mean: _, ...row }) => row)).toEqual(more.models.map(({ mean: _, ...row }) => row));
        const [{ wins, losses, ties, pValue }] = more.pairs;
        expect(less.pairs[0]).toMatchObject({ wins, losses, ties, pValue });
        expect(wins + losses + ties).toBe(rows.length);
        expect(more.models.reduce((sum, row) => sum + row.wins, 0) + ties).toBe(rows.length);
      }),
    );
  });

  it("calls a split a tie whose differences cancel out but for rounding", () => {
    // .3 - .2 and .1 - .2 sum up to -2.8e-17.
    const scores = { a: [0.3, 0.1, 0.5, 0.5], b: [0.2, 0.2, 0.2, 0.2] };
    expect(winTable(scores, { better: "more", splits: [0, 0, 1, 2] }).pairs[0]).toMatchObject({ n: 3, pValue: 0.5 });
  });

  it("without a correction is the paired interval", () => {
    const [row] = winTable(scores, { better: "more", level: 0.9 }).pairs;
    const differences = scores.vanilla.map((score, i) => score - scores.L1[i]);
    expect(row).toMatchObject(correctedMeanInterval(differences, 0, 0.9));
  });

  it("with splits holds the level that it claims, which single runs do not", () => {
    const rng = random(12, "wins");
    const [runs, splits, seeds] = [1000, 6, 5];
    const held = { splits: 0, runs: 0 };
    const unit = Array.from({ length: splits * seeds }, (_, i) => Math.floor(i / seeds));
    for (let run = 0; run < runs; run++) {
      // Two models equally good on the whole, of which now one and now the other suits a split.
      const suits = Array.from({ length: splits }, () => rng.normal());
      const a = unit.map((each) => suits[each] + rng.normal());
      const b = unit.map(() => rng.normal());
      const [bySplit, byRun] = [unit, undefined].map((each) => winTable({ a, b }, { better: "more", splits: each }));
      for (const [name, { pairs }] of [
        ["splits", bySplit],
        ["runs", byRun],
      ] as const) {
        if ((pairs[0].low as number) <= 0 && 0 <= (pairs[0].high as number)) held[name]++;
      }
    }
    expect(held.splits / runs).toBeGreaterThan(0.93);
    expect(held.splits / runs).toBeLessThan(0.97);
    expect(held.runs / runs).toBeLessThan(0.8);
  });

  it("names what is wrong", () => {
    expect(() => winTable({ a: [1] }, { better: "more" })).toThrow("at least two models");
    expect(() => winTable({ a: [], b: [] }, { better: "more" })).toThrow("there are no runs");
    expect(() => winTable({ a: [1, 2], b: [1] }, { better: "more" })).toThrow('"b" has 1 scores, but there are 2');
    expect(() => winTable({ a: [1], b: [1] }, { better: "more", splits: [1, 2] })).toThrow("there are 2 splits");
    expect(() => winTable({ a: [1], b: [Number.NaN] }, { better: "more" })).toThrow('the score of "b" in run 0');
    expect(() => winTable({ a: [1], b: [1] }, { better: "best" as "more" })).toThrow("which scores are better");
    expect(() => winTable({ a: [1], b: [1] }, { better: "more", level: 2 })).toThrow("level of an interval");
    expect(() => winTable({ a: [1], b: [1] }, { better: "more", testedToTrained: -1 })).toThrow("rows tested");
  });
});
