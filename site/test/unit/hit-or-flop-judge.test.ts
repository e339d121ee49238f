import { beforeAll, describe, expect, it } from "vitest";
import { networks, openBackend } from "../../../lib/src";
import { featureDefinitions } from "../../../lib/src/data/audio-features";
import type { DecisionTree } from "../../../lib/src/models/decision-tree";
import type { Song } from "../../pages/hit-or-flop/judge";
import { Models } from "../../pages/hit-or-flop/models";
import { rowsOf } from "../../pages/hit-or-flop/predictor";
import { scoreSongs } from "../../pages/hit-or-flop/score-songs";
import { baselineReasons } from "../../pages/hit-or-flop/shapley";
import { randomSongs, smallModels, songAt } from "./hit-or-flop-fixture";

type Small = Awaited<ReturnType<typeof smallModels>>;
let small: Small;
let models: Models;
const others = randomSongs(2, 40);
const songs = Array.from({ length: 40 }, (_, row) => songAt(others.x, row));

beforeAll(async () => {
  await openBackend();
  small = await smallModels();
  models = new Models(small.fitted);
  models.giveForest(small.forestPayload);
});

const forest = { era: "60s", model: "forest" } as const;
const logistic = { era: "60s", model: "logistic" } as const;
const network = { era: "60s", model: "network" } as const;

/** What the library says of the same songs. */
function said(model: "forest" | "logistic" | "network", x = others.x): number[] {
  const scaled = small.scaler.apply(x);
  if (model === "network") return [...networks.predictProbability(small.network, scaled)];
  return [...small[model].predictProbability(scaled)];
}

describe("a model in the page", () => {
  it.each([forest, logistic, network])("$model: says what the library says, to the last digit", (choice) => {
    expect(songs.map((song) => models.probability(choice, song))).toEqual(said(choice.model));
  });

  it.each([forest, logistic, network])("$model: judges many songs slice by slice", async (choice) => {
    const many = randomSongs(3, 2100);
    const shares: number[] = [];
    const scores = await scoreSongs(models.predictor(choice), many.x.data, (share) => shares.push(share));
    expect([...scores]).toEqual(said(choice.model, many.x));
    expect(shares).toEqual([1000 / 2100, 2000 / 2100, 1]);
  });

  it("judges no songs", async () => {
    expect([...(await scoreSongs(models.predictor(forest), new Float64Array(), () => {}))]).toEqual([]);
  });

  it("refuses what is no song, instead of a silent NaN", () => {
    const song = songs[0];
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const wrong = [...song.slice(0, 14), value];
      for (const choice of [forest, logistic, network]) {
        expect(() => models.probability(choice, wrong)).toThrow("15 finite numbers");
        expect(() => models.reasons(choice, wrong)).toThrow("15 finite numbers");
        expect(() => models.curves(choice, wrong)).toThrow("15 finite numbers");
      }
    }
    expect(() => models.probability(forest, song.slice(1))).toThrow("15 finite numbers");
    expect(() =>
      models.probability(
        network,
        song.map(() => 1e300),
      ),
    ).toThrow("so large");
  });

  it("asks for the forest of an era that it has not", () => {
    expect(() => models.probability({ era: "70s", model: "forest" }, songs[0])).toThrow("forest of 70s is not there");
  });

  it("takes a new forest in place of an old one", () => {
    const fresh = new Models(small.fitted);
    const otherScale = small.forestPayload.scaler.mean.map((mean) => mean + 1e6);
    fresh.giveForest({ ...small.forestPayload, scaler: { ...small.forestPayload.scaler, mean: otherScale } });
    const wrong = fresh.probability(forest, songs[0]);
    fresh.giveForest(small.forestPayload);
    expect(fresh.probability(forest, songs[0])).toBe(said("forest")[0]);
    expect(fresh.probability(forest, songs[0])).not.toBe(wrong);
  });

  it("refuses a damaged forest", () => {
    const { packed } = small.forestPayload;
    const broken = `${packed.slice(0, 400)}AAAA${packed.slice(404)}`;
    expect(() => models.giveForest({ ...small.forestPayload, packed: broken })).toThrow("not a packed forest");
  });
});

describe("the curves of a song", () => {
  it.each([forest, logistic, network])("$model: hold the library's digits and the song's own value", (choice) => {
    const song = songs[4];
    const curves = models.curves(choice, song);
    expect(curves.map(({ feature }) => feature)).toEqual(featureDefinitions.map(({ name }) => name));
    for (const [j, { x, probability }] of curves.entries()) {
      expect(probability).toEqual(x.map((value) => models.probability(choice, song.with(j, value))));
      expect(probability[x.indexOf(song[j])]).toBe(said(choice.model)[4]);
      expect(x).toEqual([...new Set(x)].sort((a, b) => a - b));
      expect(x.length).toBeLessThanOrEqual(61);
      if (featureDefinitions[j].whole) expect(x.every(Number.isInteger)).toBe(true);
    }
  });

  it("reach a value far outside", () => {
    const far = songs[0].with(10, 5000);
    expect(models.curves(logistic, far)[10].x.at(-1)).toBe(5000);
    const vast = models.curves(forest, songs[0].with(10, 1e308))[10];
    expect(vast.x.every(Number.isFinite)).toBe(true);
    expect(vast.x).toContain(1e308);
  });

  it("give each whole number of a short scale once", () => {
    const [key, mode] = [models.curves(forest, songs[0])[2], models.curves(forest, songs[0])[4]];
    expect(key.x).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(mode.x).toEqual([0, 1]);
  });
});

describe("the reasons for a verdict", () => {
  it.each([forest, logistic, network])("$model: sum to the probability", (choice) => {
    for (const song of songs.slice(0, 3)) {
      const { base, contributions } = models.reasons(choice, song);
      const sum = contributions.reduce((total, each) => total + each, base);
      expect(Math.abs(sum - models.probability(choice, song))).toBeLessThan(1e-12);
    }
  });

  it("of a forest are the Shapley values of the game, by brute force", () => {
    const song = songs[7];
    const row = small.scaler.apply({ ...others.x, rows: 1, data: Float64Array.from(song) }).data;
    const worth = Array.from({ length: 2 ** 15 }, (_, known) => {
      const trees = small.forest.trees.map((tree) => expectation(tree, row, known));
      return trees.reduce((sum, each) => sum + each, 0) / trees.length;
    });
    const { base, contributions } = models.reasons(forest, song);
    expect(base).toBeCloseTo(worth[0], 12);
    for (const [j, value] of shapleyOf(worth, 15).entries()) expect(contributions[j]).toBeCloseTo(value, 12);
  });

  it("of a network compare with the typical song", () => {
    const typical = small.era.features.map(({ median }) => median);
    const { base } = models.reasons(network, songs[0]);
    expect(base).toBe(models.probability(network, typical));
    const same = models.reasons(network, typical);
    expect(same.contributions).toEqual(typical.map(() => 0));
  });

  it("are the mean gain over all orders in which features join", () => {
    const curved = (x: ArrayLike<number>) => x[0] * x[1] + Math.sin(x[2]) * x[0] - x[3] ** 2 * x[1];
    const [song, typical] = [
      [1.5, -2, 0.7, 3],
      [0.2, 1, -1, 0.5],
    ];
    const { base, contributions } = baselineReasons((rows) => perRow(rows, 4, curved), song, typical);
    expect(base).toBeCloseTo(curved(typical), 14);
    const gains = song.map(() => 0);
    const orders = permutations([0, 1, 2, 3]);
    for (const order of orders) {
      const now = [...typical];
      for (const j of order) {
        const before = curved(now);
        now[j] = song[j];
        gains[j] += (curved(now) - before) / orders.length;
      }
    }
    for (const [j, gain] of gains.entries()) expect(contributions[j]).toBeCloseTo(gain, 12);
  });

  it("of a linear model are weight times distance from the typical song", () => {
    const weights = songs[1];
    const linear = (rows: Float64Array) => perRow(rows, 15, (x) => weights.reduce((sum, w, j) => sum + w * x[j], 0));
    const { contributions } = baselineReasons(linear, songs[2], songs[3]);
    for (const [j, w] of weights.entries()) {
      expect(contributions[j]).toBeCloseTo(w * (songs[2][j] - songs[3][j]), 6);
    }
  });
});

describe("songs as rows", () => {
  it("lie one after another", () => {
    expect([...rowsOf(songs)]).toEqual([...others.x.data]);
  });
});

function perRow(rows: Float64Array, width: number, of: (x: Float64Array) => number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, row) =>
    of(rows.subarray(row * width, (row + 1) * width)),
  );
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

/** What a tree says of hits on average when only the columns of `known` (a bit each) are known. */
function expectation(tree: DecisionTree, row: Song | Float64Array, known: number, node = 0): number {
  const column = tree.feature[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  if (column < 0) return tree.value[2 * node + 1];
  const below = (child: number) => expectation(tree, row, known, child);
  if (known & (1 << column)) return below(row[column] <= tree.threshold[node] ? left : right);
  const cover = tree.cover[left] + tree.cover[right];
  return (tree.cover[left] / cover) * below(left) + (tree.cover[right] / cover) * below(right);
}

/** By the definition. */
function shapleyOf(worth: readonly number[], n: number): number[] {
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  const size = (known: number) => known.toString(2).replaceAll("0", "").length;
  return Array.from({ length: n }, (_, j) =>
    worth.reduce((sum, without, known) => {
      if (known & (1 << j)) return sum;
      const weight = (factorial(size(known)) * factorial(n - size(known) - 1)) / factorial(n);
      return sum + weight * (worth[known | (1 << j)] - without);
    }, 0),
  );
}
