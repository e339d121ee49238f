import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HitlabError } from "../../src/errors";
import { bootstrap, type Metric, pairedBootstrap, scores } from "../../src/evaluate";
import { countedMetrics } from "../../src/evaluate/counted";
import { checkScored } from "../../src/evaluate/scored";
import { random } from "../../src/random";
import golden from "./golden.json"; // made by golden.py

const every: Metric[] = ["accuracy", "precision", "recall", "f1", "rocAuc", "prAuc", "brier", "logLoss"];
const { labels, a, b, groups, quantiles } = golden.bootstrap;

describe("countedMetrics", () => {
  const row = fc.record({
    label: fc.constantFrom(0, 1),
    probability: fc.oneof(
      fc.integer({ min: 0, max: 4 }).map((k) => k / 4),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    unit: fc.integer({ min: 0, max: 5 }),
  });
  const counts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 });

  it("agrees with the scores of rows written out as often as they count", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), counts, (rows, drawn) => {
        const repeated = rows.flatMap((_, i) => new Array<number>(drawn[rows[i].unit]).fill(i));
        fc.pre(repeated.length > 0);
        const y = rows.map(({ label }) => label);
        const p = rows.map(({ probability }) => probability);
        const units = { count: 6, of: Int32Array.from(rows, ({ unit }) => unit) };
        const ours = countedMetrics(checkScored(y, p), units, every, 0.5)(Int32Array.from(drawn));
        const plain = scores(y, p, { rows: repeated });
        every.forEach((metric, m) => {
          if (plain[metric] === null) expect(ours[m]).toBeNull();
          else expect(ours[m]).toBeCloseTo(plain[metric], 10);
        });
      }),
    );
  });
});

describe("bootstrap", () => {
  it.each(["groups", "rows"])("has the limits of an independent numpy bootstrap of %s", (unit) => {
    const options = { groups: unit === "groups" ? groups : undefined, samples: 4000 };
    const single = bootstrap(labels, a, options);
    const difference = pairedBootstrap(labels, a, b, options);
    for (const metric of ["accuracy", "rocAuc", "prAuc", "brier"] as const) {
      for (const [kind, { low, high }] of Object.entries({ single: single[metric], difference: difference[metric] })) {
        expectWithin(low, `${unit} ${metric} ${kind} 0.025`);
        expectWithin(high, `${unit} ${metric} ${kind} 0.975`);
      }
    }
  });

  function expectWithin(limit: number | null, name: string) {
    const [from, to] = quantiles[name as keyof typeof quantiles];
    expect(limit, name).toBeGreaterThanOrEqual(from);
    expect(limit, name).toBeLessThanOrEqual(to);
  }

  it("estimates what scores() says", () => {
    const drawn = bootstrap(labels, a, { metrics: every, samples: 2, threshold: 0.4 });
    const plain = scores(labels, a, { threshold: 0.4 });
    for (const metric of every) expect(drawn[metric].estimate).toBe(plain[metric]);
  });

  it("depends on the seed, and on neither the names of groups nor the choice of metrics", () => {
    const plain = bootstrap(labels, a, { groups, samples: 200 });
    const renamed = bootstrap(labels, a, { groups: groups.map((group) => 1000 - 7 * group), samples: 200, seed: 42 });
    expect(renamed).toEqual(plain);
    expect(bootstrap(labels, a, { groups, samples: 200, metrics: ["brier"] }).brier).toEqual(plain.brier);
    expect(bootstrap(labels, a, { groups, samples: 200, seed: 43 })).not.toEqual(plain);
  });

  it("scores a subset as if there were no other rows", () => {
    const rows = labels.map((_, i) => i).filter((i) => groups[i] % 3 === 0);
    const take = (values: number[]) => rows.map((i) => values[i]);
    const told = { samples: 100, groups: take(groups) };
    expect(bootstrap(labels, a, { groups, rows, samples: 100 })).toEqual(bootstrap(take(labels), take(a), told));
    expect(pairedBootstrap(labels, a, b, { groups, rows, samples: 100 })).toEqual(
      pairedBootstrap(take(labels), take(a), take(b), told),
    );
  });

  it("counts the resamples in which a metric is undefined", () => {
    const { rocAuc, prAuc, accuracy } = bootstrap([1, 0, 0, 0], [0.9, 0.1, 0.2, 0.3], { samples: 2000 });
    // No positive among four draws: (3/4)^4 = .316; no negative as well: (1/4)^4 = .004.
    expect(prAuc.undefinedIn / 2000).toBeCloseTo(0.316, 1);
    expect(rocAuc.undefinedIn).toBeGreaterThanOrEqual(prAuc.undefinedIn);
    expect(rocAuc).toMatchObject({ estimate: 1, low: 1, high: 1 });
    expect(accuracy.undefinedIn).toBe(0);
  });

  it("reports null where a metric is undefined from the start", () => {
    const { rocAuc, accuracy } = bootstrap([1, 1], [0.9, 0.1], { samples: 50 });
    expect(rocAuc).toEqual({ estimate: null, low: null, high: null, undefinedIn: 50 });
    expect(accuracy.estimate).toBe(0.5);
  });
});

describe("pairedBootstrap", () => {
  it("finds no difference between a model and itself", () => {
    const same = pairedBootstrap(labels, a, a, { groups, samples: 100 });
    expect(same.rocAuc).toMatchObject({ estimate: 0, low: 0, high: 0 });
  });

  it("subtracts the second from the first and turns round with them", () => {
    const ab = pairedBootstrap(labels, a, b, { groups, samples: 300 }).brier;
    const ba = pairedBootstrap(labels, b, a, { groups, samples: 300 }).brier;
    expect(ab.estimate).toBe(ab.a - ab.b);
    expect(ab.low).toBeCloseTo(-ba.high, 12);
    expect(ab.high).toBeCloseTo(-ba.low, 12);
  });
});

describe("coverage of 90 % intervals", () => {
  /** 30 songs with 8 windows each: how well a song is predicted differs from song to song; .75 on average. */
  function simulated(run: number) {
    const rng = random(7, "coverage", run);
    const ease = Array.from({ length: 30 }, () => 0.5 + 0.5 * rng.uniform());
    const songs = Array.from({ length: 240 }, (_, i) => Math.floor(i / 8));
    const y = songs.map(() => rng.integer(0, 2));
    const p = songs.map((song, i) => (rng.uniform() < ease[song] ? y[i] : 1 - y[i]) * 0.8 + 0.1);
    return { songs, y, p };
  }

  function coverage(grouped: boolean): number {
    let covered = 0;
    for (let run = 0; run < 400; run++) {
      const { songs, y, p } = simulated(run);
      const groupsOfRun = grouped ? songs : undefined;
      const { accuracy } = bootstrap(y, p, { metrics: ["accuracy"], groups: groupsOfRun, samples: 200, level: 0.9 });
      if (accuracy.low <= 0.75 && 0.75 <= accuracy.high) covered++;
    }
    return covered / 400;
  }

  it("is kept when songs are drawn, and missed when their windows are", () => {
    const [drawnSongs, drawnWindows] = [coverage(true), coverage(false)];
    expect(drawnSongs).toBeGreaterThan(0.855); // .9 less three standard errors of 400 runs
    expect(drawnSongs).toBeLessThan(0.945);
    expect(drawnWindows).toBeLessThan(drawnSongs - 0.03);
  });
});

describe("what cannot be drawn", () => {
  const bad: [string, () => unknown, RegExp][] = [
    ["one group", () => bootstrap([0, 1], [0.1, 0.2], { groups: [3, 3] }), /at least two groups .*found 1/],
    ["one row", () => bootstrap([1], [0.2]), /at least two rows/],
    ["groups of other rows", () => bootstrap([0, 1], [0.1, 0.2], { groups: [1] }), /2 labels but 1 groups/],
    ["one sample", () => bootstrap([0, 1], [0.1, 0.2], { samples: 1 }), /samples .*found 1/],
    ["a level in percent", () => bootstrap([0, 1], [0.1, 0.2], { level: 95 }), /level .*found 95/],
    ["a NaN", () => pairedBootstrap([0, 1], [0.1, 0.2], [0.1, Number.NaN]), /probability of row 1/],
  ];
  it.each(bad)("%s", (_, attempt, message) => {
    expect(attempt).toThrow(HitlabError);
    expect(attempt).toThrow(message);
  });
});
