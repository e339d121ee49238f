import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { matrix, prepare, random, takeRows, trees } from "hitlab";
import { beforeAll, describe, expect, it } from "vitest";
import { dataScript } from "../../build/data-script";
import { readSongs, rowsOfEra, type Songs, seed, studyParts } from "../../build/era-songs";
import { forestPayload } from "../../build/forest-payload";
import { siteData } from "../../build/site-data";
import { unheard } from "../../build/unheard";
import {
  type DataName,
  decadesInTime,
  decadesOf,
  eras,
  type ForestPayload,
  type Manifest,
  type Payload,
} from "../../pages/shared/payloads";

const real = process.env.HITLAB_DATA;

let base: string;
let songs: Songs;
let manifest: Manifest;
const told: string[] = [];

const write = (out: string, trees = 4) =>
  siteData({ out: join(base, out), trees, cache: join(base, "cache"), told: (line) => told.push(line) });

/** What a script hands over, run as a page runs it. */
function payloadOf<Name extends DataName>(text: string, name: Name): Payload<Name> {
  const given: { name?: string; json?: string } = {};
  const hitlabData = (called: string, payload: unknown) =>
    Object.assign(given, { name: called, json: JSON.stringify(payload) });
  runInNewContext(text, { hitlabData });
  expect(given.name).toBe(name);
  return JSON.parse(given.json ?? "") as Payload<Name>;
}

const script = (name: DataName, out = "first") => readFileSync(join(base, out, `${name}.js`), "utf8");
const read = <Name extends DataName>(name: Name) => payloadOf(script(name), name);

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "build-data-"));
  ({ songs } = await readSongs());
  await write("first");
  manifest = JSON.parse(readFileSync(join(base, "first", "manifest.json"), "utf8"));
}, 120_000);

describe("the data scripts", () => {
  it("are all there, as the manifest says", () => {
    const names = [...decadesInTime.map((d) => `songs-${d}`), ...eras.map((e) => `forest-${e}`), "popularity-2023"];
    const files = [...names.map((name) => `${name}.js`), "manifest.json"];
    expect(readdirSync(join(base, "first")).sort()).toEqual(files.sort());
    expect(manifest.trees).toBe(4);
    expect(manifest.forests.map(({ era }) => era)).toEqual(eras);
    for (const { era, bytes } of manifest.forests) {
      expect(statSync(join(base, "first", `forest-${era}.js`)).size).toBe(bytes);
    }
  });

  it("tell how far the work is, and end at 100 %", () => {
    expect(told[0]).toMatch(/^Data of the pages: songs read, \d+ % done, about \d+ s left$/);
    expect(told.filter((line) => line.includes("100 %"))).toHaveLength(1);
  });

  it("are the same bytes a second time, copied", async () => {
    told.length = 0;
    await write("second");
    expect(told).toEqual([expect.stringContaining("as made before")]);
    for (const name of readdirSync(join(base, "first"))) {
      const [a, b] = ["first", "second"].map((out) => readFileSync(join(base, out, name)));
      expect(a.equals(b)).toBe(true);
    }
  });

  it("hold a title that is hostile as text", () => {
    const title = "</script><img onerror=alert(1)> \u2028 \u202e \ud800";
    const payload = { ...read("songs-60s"), track: [title], artist: ["__proto__"] };
    const text = dataScript("songs-60s", payload);
    expect(text).not.toContain("<");
    expect(payloadOf(text, "songs-60s")).toEqual(payload);
  });
});

describe("songs", () => {
  it("are those of the files, to the digit", () => {
    for (const decade of decadesInTime) {
      const payload = read(`songs-${decade}`);
      const rows = rowsOfEra(songs, decade);
      expect(payload.target).toEqual(Array.from(rows, (row) => songs.y[row]));
      expect(payload.artist).toEqual(Array.from(rows, (row) => songs.values.artist[songs.info.artist[row]]));
      payload.features.forEach((values, feature) => {
        expect(values).toEqual(Array.from(rows, (row) => songs.x.data[row * songs.x.columns + feature]));
      });
      expect(payload.track).toHaveLength(rows.length);
      expect(payload.kind).toBe(manifest.songs.kind);
    }
  });

  it("of an era are numbered as its decades stand in study 4", () => {
    for (const era of eras) {
      const joined = decadesOf(era).flatMap((decade) => [...rowsOfEra(songs, decade)]);
      expect([...rowsOfEra(songs, era)]).toEqual(joined);
    }
    expect(rowsOfEra(songs, "all")).toHaveLength(songs.y.length);
    const [first, second] = [read("songs-00s").target, read("songs-10s").target];
    expect([...studyParts(songs, "00s+10s").own.y]).toEqual([...first, ...second]);
  });
});

describe("forests", () => {
  it.each(["00s+10s", "90s"] as const)("of %s judge by their bytes as the forest of notebook 04", async (era) => {
    const payload = read(`forest-${era}`);
    const parts = prepare.split(studyParts(songs, era).own, { by: "random", like: "sklearn", randomState: 12 });
    const scaler = prepare.standard(parts.train);
    const wanted = await trees.fitRandomForest(scaler.apply(parts.train), { nEstimators: 4, maxDepth: 25, seed });
    expect(payload.testRows).toEqual([...parts.index.test]);
    const probabilities = judged(payload, payload.testRows);
    const theirs = wanted.predictProbability(scaler.apply(parts.test).x);
    for (const [at, probability] of probabilities.entries()) expect(probability).toBeCloseTo(theirs[at], 12);
    const labels = labelsOf(payload);
    const right = payload.testRows.filter((row, at) => Number(probabilities[at] > 0.5) === labels[row]).length;
    expect(payload.test.accuracy).toBeCloseTo(right / payload.testRows.length, 4);
    expect(manifest.forests.find((forest) => forest.era === era)?.test).toEqual(payload.test);
  });

  it("say out of bag what trees say that did not see a song: all but the test songs", async () => {
    const payload = await forestPayload(songs, "stand-in", "90s", 40);
    const { own, index, train: rows } = studyParts(songs, "90s");
    const keyOf = (row: number) => own.x.data.subarray(15 * row, 15 * (row + 1)).join();
    const learned = new Set(Array.from(index.train, keyOf));
    const empty = payload.outOfBag.flatMap((value, row) => (value === null ? [row] : []));
    const unknown = payload.testRows.filter((row) => !learned.has(keyOf(row)));
    expect(empty).toEqual(unknown.sort((a, b) => a - b));
    const model = await trees.fitRandomForest(rows, { nEstimators: 40, maxDepth: 25, seed, oobScore: true });
    const keys = Array.from(own.y.keys(), keyOf);
    const isSingle = (row: number) => keys.indexOf(keys[row]) === keys.lastIndexOf(keys[row]);
    const single = [...index.train.entries()].filter(([, row]) => isSingle(row));
    for (const [at, row] of single.slice(0, 200)) {
      expect(payload.outOfBag[row]).toBe(Number(model.oobProbabilities?.data[2 * at + 1].toFixed(3)));
    }
    expect(payload.outOfBag).toHaveLength(labelsOf(payload).length);
    // Trees know the songs they have seen nearly by heart, and unseen ones about as well as test songs.
    const labels = labelsOf(payload);
    const train = payload.outOfBag.flatMap((value, row) => (value === null ? [] : [{ row, value }]));
    const right = train.filter(({ row, value }) => Number(value > 0.5) === labels[row]).length / train.length;
    expect(Math.abs(right - payload.test.accuracy)).toBeLessThan(0.04);
  });
});

it("a song that is there twice is judged by trees that got neither of the two", async () => {
  const rng = random(3, "twins");
  const numbers = Array.from({ length: 300 }, () => [rng.normal(), rng.normal()]);
  const labels = numbers.map(() => Number(rng.uniform() < 0.5));
  // Nothing can be learned but songs by heart: each stands there twice, the last hundred a third time, for the test.
  const all = [...numbers, ...numbers, ...numbers.slice(200)];
  const x = matrix(all.length, 2, Float64Array.from(all.flat()), ["a", "b"]);
  const train = Int32Array.from({ length: 600 }, (_, row) => row);
  const y = Float64Array.from([...labels, ...labels, ...labels.slice(200)]);
  const fitted = takeRows({ x, y, info: {} }, train);
  const model = await trees.fitRandomForest(fitted, { nEstimators: 60, seed: 1, oobScore: true });
  const rightOf = (said: (row: number) => number) =>
    train.filter((row) => Number(said(row) > 0.5) === y[row]).length / train.length;
  const judged = unheard(model, x, train, 1);
  expect(rightOf((row) => model.oobProbabilities?.data[2 * row + 1] ?? Number.NaN)).toBeGreaterThan(0.9);
  expect(rightOf((row) => judged[row] as number)).toBeLessThan(0.6);
  expect(judged.slice(300, 600)).toEqual(judged.slice(0, 300));
  expect(judged.slice(600)).toEqual(judged.slice(200, 300));
});

/** As a page does it: rows of the songs scripts, scaled, through the unpacked forest. */
function judged({ era, packed, scaler }: ForestPayload, rows: readonly number[]): number[] {
  const forest = trees.unpackForest(Buffer.from(packed, "base64"));
  const decades = decadesOf(era).map((decade) => read(`songs-${decade}`));
  const columns = scaler.mean.map((_, feature) => decades.flatMap(({ features }) => features[feature]));
  const scaled = (row: number) =>
    columns.map((values, feature) => (values[row] - scaler.mean[feature]) / scaler.deviation[feature]);
  return rows.map((row) => forest.predict(scaled(row))[1]);
}

function labelsOf({ era }: ForestPayload): number[] {
  return decadesOf(era).flatMap((decade) => read(`songs-${decade}`).target);
}

describe("the songs of 2023", () => {
  it("have a finite number in every column, and the logarithm of their streams", () => {
    const { columns, track, artist, target } = read("popularity-2023");
    expect([track.length, artist.length, target.length]).toEqual(Array(3).fill(manifest.popularity.rows));
    for (const { meaning, values } of columns) {
      expect(meaning).not.toBe("");
      expect(values.length).toBe(target.length);
      expect(values.every(Number.isFinite)).toBe(true);
    }
    expect(columns.map(({ name }) => name)).not.toContain("streams");
    expect(target.every((value) => value >= 0 && value < 30)).toBe(true);
    expect(new Set(track.map((title, row) => JSON.stringify([title, artist[row]]))).size).toBe(track.length);
  });

  it.runIf(real)("are the 948 of notebook 03 (needs HITLAB_DATA)", () => {
    const { columns, target } = read("popularity-2023");
    expect([target.length, columns.length]).toEqual([948, 20]);
    expect(manifest.popularity.note).toContain("50 empty numbers count as 0");
    expect(Math.exp(target[0]) - 1).toBeCloseTo(141_381_703, 0);
  });
});

it("a forest script of all decades at full effort has at most 6,000,000 bytes", { timeout: 120_000 }, async () => {
  const payload = await forestPayload(songs, "real", "all", 200);
  expect(Buffer.byteLength(dataScript("forest-all", payload))).toBeLessThanOrEqual(6_000_000);
});
