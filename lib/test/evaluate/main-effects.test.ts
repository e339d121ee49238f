import { describe, expect, it } from "vitest";
import { correctedMeanInterval, mainEffects, meanInterval, type ScoredFit } from "../../src/evaluate";
import { random } from "../../src/random";
import { expectClose, golden } from "./uncertainty";

interface Params {
  rate: number;
  units: number;
  optimizer: string;
}

const fits: ScoredFit<Params>[] = golden.fits.map(([rate, units, optimizer, fold, seed, score]) => {
  return { params: { rate, units, optimizer }, fold, seed, score };
});

/** An effect of a is 1, of b 10 and of both together 4, without noise; two folds and two seeds. */
function exact(score: (a: number, b: number, fold: number, seed: number) => number | null) {
  const two = [0, 1];
  return two.flatMap((a) =>
    two.flatMap((b) =>
      two.flatMap((fold) => two.map((seed) => ({ params: { a, b }, fold, seed, score: score(a, b, fold, seed) }))),
    ),
  );
}

describe("mainEffects", () => {
  it.each(["rate", "units", "optimizer"] as const)("of %s agrees with pandas", (name) => {
    const [byRun, byFold] = [mainEffects(fits), mainEffects(fits, { blocks: ["fold"] })].map((effects) => {
      return effects.find(({ parameter }) => parameter === name);
    });
    const { means, differences, share } = golden.effects[name];
    expectClose(byRun?.levels.map((level) => level.mean) ?? [], means);
    expect(byRun?.share).toBeCloseTo(share, 12);
    differences.forEach(([from, to, ...expected], i) => {
      const found = [byRun, byFold].map((effect) => effect?.differences[i]);
      expect(found[0]).toMatchObject({
        from,
        to,
        n: 6,
        pairs: name === "units" ? 24 : 36,
        label: `${name}: ${from} to ${to}`,
      });
      expect(found[1]).toMatchObject({ from, to, n: 3 });
      expectClose(
        found.flatMap((row) => [row?.estimate ?? null, row?.low ?? null, row?.high ?? null]),
        expected,
      );
    });
  });

  it("does not depend on the order of the fits", () => {
    const shuffled = random(2, "fits").shuffle(fits);
    const numbers = (effects: ReturnType<typeof mainEffects<Params>>) =>
      effects
        .filter(({ parameter }) => parameter !== "optimizer")
        .map(({ differences }) => differences.map((d) => d.estimate));
    numbers(mainEffects(shuffled)).forEach((own, i) => {
      expectClose(own, numbers(mainEffects(fits))[i] as number[]);
    });
  });

  it("shares the variance of an additive grid out in full, and leaves interactions over", () => {
    const additive = mainEffects(exact((a, b, fold) => a + 3 * b + fold));
    expectClose(
      additive.map(({ share }) => share),
      [0.1, 0.9],
    );
    expect(additive[0].differences[0]).toMatchObject({ estimate: 1, low: 1, high: 1, sd: 0 });
    const crossed = mainEffects(exact((a, b) => Number(a !== b)));
    expect(crossed.map(({ share }) => share)).toEqual([0, 0]);
    expect(mainEffects(exact(() => 0.1)).map(({ share }) => share)).toEqual([null, null]);
  });

  it("pairs round failed fits, counts them, and shares out the runs without", () => {
    const failed = exact((a, b, fold, seed) =>
      a === 1 && b === 1 && fold === 1 && seed === 0 ? null : a + 3 * b + fold,
    );
    const [a, b] = mainEffects(failed);
    expect(a.levels).toEqual([
      { value: 0, mean: 2, fits: 8, failed: 0 },
      { value: 1, mean: (1 + 1 + 2 + 2 + 4 + 4 + 5) / 7, fits: 8, failed: 1 },
    ]);
    expect(a.differences[0]).toMatchObject({ estimate: 1, low: 1, high: 1, n: 4, pairs: 7 });
    expectClose([a.share, b.share], [0.1, 0.9]);
    expect(b.shareByRun).toEqual([0.9, 0.9, null, 0.9].map((each) => each && expect.closeTo(each, 12)));
    const always = exact((a, b) => (a === 1 ? null : b));
    expect(mainEffects(always)[0]).toEqual({
      parameter: "a",
      levels: [
        { value: 0, mean: 0.5, fits: 8, failed: 0 },
        { value: 1, mean: null, fits: 8, failed: 8 },
      ],
      differences: [
        { label: "a: 0 to 1", from: 0, to: 1, estimate: null, low: null, high: null, sd: null, n: 0, pairs: 0 },
      ],
      share: null,
      shareByRun: [null, null, null, null],
    });
  });

  it("leaves out hyperparameters with one value, and tells lists apart by what they hold", () => {
    const layers = [[64], [64, 32]].flatMap((hidden) =>
      [0, 1].map((fold) => ({ params: { hidden, epochs: 50 }, fold, seed: 1, score: hidden.length + fold })),
    );
    const effects = mainEffects(layers);
    expect(effects.map(({ parameter }) => parameter)).toEqual(["hidden"]);
    expect(effects[0].differences[0]).toMatchObject({ label: "hidden: 64 to 64-32", estimate: 1, n: 2 });
    expect(mainEffects(layers.slice(0, 1))).toEqual([]);
  });

  it("puts numbers in order, other values as they come, and gives one run no interval", () => {
    const one = [10, 9].flatMap((n) => ["b", "a"].map((s) => ({ params: { n, s }, fold: 0, seed: 0, score: n })));
    const [n, s] = mainEffects(one);
    expect(n.levels.map(({ value }) => value)).toEqual([9, 10]);
    expect(s.levels.map(({ value }) => value)).toEqual(["b", "a"]);
    expect(n.differences[0]).toMatchObject({ estimate: 1, low: null, high: null, n: 1, pairs: 2 });
  });

  it("allows for the overlap of folds", () => {
    const plain = mainEffects(fits)[0].differences[0];
    const wide = mainEffects(fits, { testedToTrained: 1 / 2 })[0].differences[0];
    expect(wide.estimate).toBe(plain.estimate);
    const width = ({ low, high }: typeof plain) => (high as number) - (low as number);
    expect(width(wide) / width(plain)).toBeCloseTo(2, 10);
  });

  it("holds the level of its intervals when fits differ by independent noise", () => {
    const rng = random(7, "effects");
    const runs = 400;
    let held = 0;
    for (let run = 0; run < runs; run++) {
      const [{ differences }] = mainEffects(exact((a, b, fold) => 0.3 * a + b * (1 + a) + 5 * fold + rng.normal()));
      const { low, high } = differences[0];
      // .3, and half of what a adds where b is 1.
      if ((low as number) <= 0.8 && 0.8 <= (high as number)) held++;
    }
    expect(held / runs).toBeGreaterThan(0.92);
    expect(held / runs).toBeLessThan(0.98);
  });

  it("names what is wrong", () => {
    expect(() => mainEffects([])).toThrow("there are no fits");
    expect(() => mainEffects(fits.slice(1))).toThrow(
      "the fit with rate 0.001, units 32, optimizer sgd, fold 0, seed 1 is missing",
    );
    expect(() => mainEffects([...fits, fits[3]])).toThrow(/the fit with .* is there twice/);
    const other = { params: { rate: 1 } as Params, fold: 0, seed: 0, score: 1 };
    expect(() => mainEffects([...fits, other])).toThrow(
      "other hyperparameters than the first fit (optimizer, rate, units)",
    );
    expect(() => mainEffects([{ ...fits[0], score: Number.NaN }])).toThrow("the score of fit 0");
    expect(() => mainEffects(fits, { blocks: [] })).toThrow("fold or seed");
    expect(() => mainEffects(fits, { blocks: ["row" as "fold"] })).toThrow("fold or seed");
    expect(() => mainEffects(fits, { testedToTrained: -1 })).toThrow("rows tested / rows trained");
    expect(() => mainEffects(fits, { level: 95 })).toThrow("level of an interval");
  });
});

describe("correctedMeanInterval", () => {
  it("is the formula of Nadeau and Bengio", () => {
    const values = [0.76, 0.77, 0.78, 0.75, 0.79];
    // mean +- t(.975, 4) sqrt((1 / 5 + 1 / 4) s^2), s^2 = .00025; t = 2.7764451052
    const { estimate, low, high, sd, n } = correctedMeanInterval(values, 1 / 4);
    const half = 2.7764451052 * Math.sqrt((1 / 5 + 1 / 4) * 0.00025);
    expectClose([estimate, low, high, sd], [0.77, 0.77 - half, 0.77 + half, Math.sqrt(0.00025)], 1e-10);
    expect(n).toBe(5);
    expect(correctedMeanInterval(values, 0)).toEqual(meanInterval(values));
    expect(correctedMeanInterval([1], 0.25)).toEqual(meanInterval([1]));
  });

  it("comes near its level on repeated splits of the same rows, where the plain interval fails", () => {
    const rng = random(9, "overlap");
    const [runs, n, tested, splits] = [400, 60, 12, 15];
    const held = { plain: 0, corrected: 0 };
    for (let run = 0; run < runs; run++) {
      const y = Array.from({ length: n }, () => rng.normal());
      // The squared error of predicting the mean of the train rows: 1 + 1 / 48 for new rows.
      const scores = Array.from({ length: splits }, () => {
        const order = rng.permutation(n);
        const [test, train] = [order.slice(0, tested), order.slice(tested)];
        const middle = train.reduce((sum, row) => sum + y[row], 0) / train.length;
        return test.reduce((sum, row) => sum + (y[row] - middle) ** 2, 0) / tested;
      });
      const truth = 1 + 1 / (n - tested);
      const [plain, corrected] = [meanInterval(scores), correctedMeanInterval(scores, tested / (n - tested))];
      if ((plain.low as number) <= truth && truth <= (plain.high as number)) held.plain++;
      if ((corrected.low as number) <= truth && truth <= (corrected.high as number)) held.corrected++;
    }
    expect(held.plain / runs).toBeLessThan(0.8);
    expect(held.corrected / runs).toBeGreaterThan(0.9);
  });

  it("wants a ratio that rows can have", () => {
    expect(() => correctedMeanInterval([1, 2], -0.1)).toThrow("rows tested / rows trained");
    expect(() => correctedMeanInterval([1, 2], Number.NaN)).toThrow("rows tested / rows trained");
  });
});
