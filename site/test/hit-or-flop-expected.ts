/** What the page "Hit or Flop?" must say, computed in Node: the forest fitted anew as notebook 04 does, the others by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load, prepare, trees } from "hitlab";
import { vi } from "vitest";
import type { Song } from "../pages/hit-or-flop/judge";
import type { FittedModels } from "../pages/shared/fitted-models";
import type { DataName, Era, Payload, ScalerPayload } from "../pages/shared/payloads";
import { quick, root } from "./sample";

/** What a data script of a published site hands over. */
export function dataOf<Name extends DataName>(site: string, name: Name): Payload<Name> {
  const script = readFileSync(join(site, "data", `${name}.js`), "utf8").trim();
  return JSON.parse(script.slice(script.indexOf(",") + 1, script.lastIndexOf(")")));
}

const fitted = JSON.parse(readFileSync(join(root, "site/data/hit-or-flop.json"), "utf8")) as FittedModels;

/** The study's forest of the 2000s and 2010s on the songs that the site under test holds, 10 trees as at effort quick. */
export async function studyForest(): Promise<(song: Song) => number> {
  vi.stubEnv("HITLAB_DATA", quick.HITLAB_DATA);
  const { frame } = await load.hitPredictor(["00s", "10s"], { seed: 42 });
  vi.unstubAllEnvs();
  const songs = prepare.samples(frame, { features: load.audioFeatures, target: "target", info: ["artist", "decade"] });
  const { train } = prepare.split(songs, { by: "random", like: "sklearn", randomState: 12, testSize: 0.25 });
  const scaler = prepare.standard(train);
  const forest = await trees.fitRandomForest(scaler.apply(train), { nEstimators: 10, maxDepth: 25, seed: 42 });
  return (song) => {
    const x = { ...train.x, rows: 1, data: Float64Array.from(song) };
    const one = scaler.apply({ x, y: Float64Array.of(0), info: {} });
    return forest.predictProbability(one.x)[0];
  };
}

export function logisticProbability(era: Era, song: Song): number {
  const { scaler, weights, intercept } = fitted.eras[era].logistic;
  const margin = scaled(song, scaler).reduce((sum, value, j) => sum + value * weights[j], intercept);
  return 1 / (1 + Math.exp(-margin));
}

/** Layer by layer in doubles. */
export function networkProbability(era: Era, song: Song): number {
  const { scaler, spec, weights } = fitted.eras[era].network;
  const bytes = Buffer.from(weights, "base64");
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  let at = 0;
  const next = () => all[at++];
  let values = scaled(song, scaler);
  for (const layer of spec.layers) {
    if (layer.kind === "dropout") continue;
    if (layer.kind !== "dense") throw new Error(`no ${layer.kind} here`);
    const sums = new Array<number>(layer.units).fill(0);
    for (const value of values) for (let unit = 0; unit < layer.units; unit++) sums[unit] += value * next();
    values = sums.map((sum) => activated(layer.activation, sum + next()));
  }
  return values[0];
}

function activated(activation: string, value: number): number {
  if (activation === "relu") return Math.max(value, 0);
  if (activation === "sigmoid") return 1 / (1 + Math.exp(-value));
  throw new Error(`no ${activation} here`);
}

function scaled(song: Song, { mean, deviation }: ScalerPayload): number[] {
  return song.map((value, j) => (value - mean[j]) / deviation[j]);
}
