import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { matrix, openBackend, random } from "hitlab";
import { beforeAll, describe, expect, it } from "vitest";
import { demandReal, readSongs, studyParts } from "../../build/era-songs";
import { featureMarks } from "../../build/feature-marks";
import { fittedLogistic, fittedNetwork } from "../../build/fit-era";
import { reliabilityBins, reliabilityOf } from "../../build/reliability";
import type { FittedModels, ModelName, ReliabilityBin } from "../../pages/shared/fitted-models";
import { eras } from "../../pages/shared/payloads";

const file = fileURLToPath(new URL("../../data/hit-or-flop.json", import.meta.url));
const models = JSON.parse(readFileSync(file, "utf8")) as FittedModels;

describe("the models that ship with the page", () => {
  it("are below 100,000 bytes", () => {
    expect(statSync(file).size).toBeLessThan(100_000);
  });

  it.each(eras)("of %s are whole", (era) => {
    const { songs, features, logistic, network, reliability } = models.eras[era];
    expect(features).toHaveLength(15);
    expect([logistic.weights.length, logistic.scaler.mean.length, network.scaler.deviation.length]).toEqual([
      15, 15, 15,
    ]);
    expect(network.spec.layers).toHaveLength(3);
    expect(Buffer.from(network.weights, "base64").length).toBe(4 * (15 * 32 + 32 + 32 * 16 + 16 + 16 + 1));
    for (const { bins } of Object.values(reliability)) expectAdjoining(bins, songs);
  });
});

/** From 0 to 1 without gaps, each song in one of them. */
function expectAdjoining(bins: readonly ReliabilityBin[], songs: number): void {
  expect([0, ...bins.map(({ to }) => to)]).toEqual([...bins.map(({ from }) => from), 1]);
  expect(bins.reduce((sum, bin) => sum + bin.songs, 0)).toBe(songs);
  for (const { hits, songs: own } of bins) {
    expect(own).toBeGreaterThanOrEqual(100);
    expect(hits.low).toBeLessThan(hits.estimate);
    expect(hits.high).toBeGreaterThan(hits.estimate);
  }
}

describe.runIf(process.env.HITLAB_DATA)("fitted again on the real songs (needs HITLAB_DATA)", () => {
  let all: Awaited<ReturnType<typeof readSongs>>;
  beforeAll(async () => {
    await openBackend();
    all = await readSongs();
  }, 60_000);

  it("the songs are those that the committed models were fitted on", () => {
    expect([models.sha256, models.rows]).toEqual([all.source.sha256, all.source.rows]);
  });

  it("the nineties' models are the committed ones, to the digit", async () => {
    const parts = studyParts(all.songs, "90s");
    const { songs, features, logistic, network } = models.eras["90s"];
    expect(songs).toBe(parts.own.y.length);
    expect(featureMarks(parts.own)).toEqual(features);
    expect(fittedLogistic(parts)).toEqual(logistic);
    expect(await fittedNetwork(parts)).toEqual(network);
  });

  it("the nineties' models are to be trusted as far as the committed figures say, to the digit", async () => {
    const { own } = studyParts(all.songs, "90s");
    for (const [model, committed] of Object.entries(models.eras["90s"].reliability)) {
      expect(await reliabilityOf(own, model as ModelName)).toEqual(committed);
    }
  });
});

it("invented songs are refused", () => {
  const source = { kind: "stand-in", note: "Invented." } as const;
  expect(() => demandReal(source)).toThrow(/real songs.*Invented.*HITLAB_DATA/s);
});

describe("reliabilityBins", () => {
  /** Songs of 300 artists, whose hits are as likely as they are called. */
  function called(count: number, probability: (share: number) => number) {
    const rng = random(5, "reliability");
    const probabilities = Float64Array.from({ length: count }, () => probability(rng.uniform()));
    const y = probabilities.map((p) => Number(rng.uniform() < p));
    return { probabilities, y, artist: Int32Array.from(y, () => rng.integer(0, 300)) };
  }

  it("hold the hits that came, within intervals that hold what was called", () => {
    const { y, probabilities, artist } = called(5000, (share) => share);
    const bins = reliabilityBins(y, probabilities, artist);
    expect(bins).toHaveLength(10);
    expectAdjoining(bins, 5000);
    const honest = bins.filter(({ from, to, hits }) => hits.low <= (from + to) / 2 && hits.high >= (from + to) / 2);
    expect(honest.length).toBeGreaterThanOrEqual(8);
  });

  it("are joined where a tenth has few songs, at either end too", () => {
    const { y, probabilities, artist } = called(3000, (share) => 0.15 + 0.7 * share);
    probabilities[0] = 0.95;
    expect(reliabilityBins(y, probabilities, artist).map(({ from, to }) => [from, to])).toEqual([
      [0, 0.2],
      ...[2, 3, 4, 5, 6, 7].map((tenth) => [tenth / 10, (tenth + 1) / 10]),
      [0.8, 1],
    ]);
  });

  it("put a probability on an edge into the upper bin, and 1 into the last", () => {
    const probabilities = Float64Array.from({ length: 400 }, (_, row) => [0.5, 0.5, 1, 0][row % 4]);
    const y = probabilities.map((_, row) => Number(row % 8 < 4));
    const bins = reliabilityBins(y, probabilities, Int32Array.from(y.keys()));
    expect(bins.map(({ from, to, songs }) => [from, to, songs])).toEqual([
      [0, 0.1, 100],
      [0.1, 0.6, 200],
      [0.6, 1, 100],
    ]);
  });
});

it("the marks of a feature are its extremes, quartiles of hits and flops, and a median that can be", () => {
  const names = ["danceability", "sections"];
  const x = matrix(6, 2, Float64Array.of(0.1, 3, 0.2, 4, 0.3, 5, 0.4, 6, 0.5, 7, 0.123456, 80), names);
  const even = matrix(4, 2, Float64Array.of(0.1, 3, 0.2, 4, 0.3, 5, 0.4, 8), names);
  const [danceability, sections] = featureMarks({ x, y: Float64Array.of(0, 0, 0, 1, 1, 1), info: {} });
  expect(danceability).toMatchObject({ low: 0.1, high: 0.5, median: 0.25, flop: [0.15, 0.2, 0.25] });
  expect(sections).toMatchObject({ low: 3, high: 80, median: 6, hit: [6.5, 7, 43.5] });
  const [share, count] = featureMarks({ x: even, y: Float64Array.of(0, 0, 1, 1), info: {} });
  expect([share.hit[1], count.hit[1], count.flop[1]]).toEqual([0.35, 7, 4]);
});
