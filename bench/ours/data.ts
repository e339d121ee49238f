import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random, Samples } from "hitlab";
import { writeNpy } from "../npy";
import type { Data } from "../settings";
import { writeFiles } from "./files";
import { hitParts } from "./hits";
import { hitlab } from "./packages";
import { parts2023, parts2024 } from "./spotify";

const { load, matrix, prepare, random } = hitlab;

/** Rows to train on and rows held out. */
export interface Parts {
  readonly train: Samples;
  readonly test: Samples;
  /** Worth telling the reader. */
  readonly note?: string;
}

const SEED = 42;

type Chart = Awaited<ReturnType<typeof load.charts>>;

/** The rows of a work as both sides get them: rounded to float32, those of classic models in float64. */
export async function partsOf(data: Data): Promise<Parts> {
  if (data.name === "hits") {
    const parts = await hitParts(data);
    return kindOf(data) === "float64" ? parts : inFloat32(parts);
  }
  if (data.name === "study-1") return windowsOf(await load.studyCharts({ seed: SEED }));
  if (data.name === "daily-chart") return windowsOf(await load.charts({ seed: SEED }));
  if (data.name === "spotify-2023") return inFloat32(await parts2023());
  if (data.name !== "regression" && data.name !== "classes") throw new Error(`${data.name}: no rows to train on`);
  const make = data.name === "regression" ? regressionRow : classRow;
  const rng = random(SEED, "bench", data.name);
  const train = generated(data.rows, data.columns, rng, make);
  return { train, test: generated(data.test, data.columns, rng, make) };
}

/** The rows of a work that has several splits, split by split. */
export async function splitsOf({ splits }: Data & { name: "spotify-2024" }): Promise<Parts[]> {
  return (await parts2024(splits)).map(inFloat32);
}

/** The factors of a matrix product. */
export function matricesOf({ m, k, n }: Data & { name: "matrices" }): { a: Float32Array; b: Float32Array } {
  const rng = random(SEED, "bench", "matrices");
  const normal = (size: number) => Float32Array.from({ length: size }, () => rng.normal());
  return { a: normal(m * k), b: normal(k * n) };
}

function kindOf(data: Data): "float32" | "float64" {
  return data.name === "hits" && data.columns !== "minMax" ? "float64" : "float32";
}

/**
 * Writes the arrays of a work where the peer looks for them: train-x.npy and so on with names.json, in split-0 and so on
 * where there are several splits; or a.npy and b.npy; or files.json with the paths of the studies' files.
 */
export async function writeData(data: Data, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (data.name === "files") return writeFiles(folder);
  if (data.name === "matrices") {
    const { a, b } = matricesOf(data);
    writeNpy(join(folder, "a.npy"), [data.m, data.k], a);
    writeNpy(join(folder, "b.npy"), [data.k, data.n], b);
    return;
  }
  if (data.name === "spotify-2024") {
    for (const [at, parts] of (await splitsOf(data)).entries()) writeParts(parts, join(folder, `split-${at}`));
  } else {
    writeParts(await partsOf(data), folder, kindOf(data));
  }
}

function writeParts({ train, test }: Parts, folder: string, kind: "float32" | "float64" = "float32"): void {
  mkdirSync(folder, { recursive: true });
  for (const [part, { x, y }] of Object.entries({ train, test })) {
    writeNpy(join(folder, `${part}-x.npy`), [x.rows, x.columns], x.data, kind);
    writeNpy(join(folder, `${part}-y.npy`), [y.length], y);
  }
  writeFileSync(join(folder, "names.json"), JSON.stringify(train.x.names));
}

/** A chart's windows of 14 days (of study 1's own set 3,200), scaled before the split as the study does. */
function windowsOf({ frame, source }: Chart): Parts {
  const windows = prepare.windows(frame, { lookBack: 14, horizon: 7, top: 50 });
  const scaled = prepare.minMax(windows).apply(windows);
  const { train, test } = prepare.split(scaled, { by: "random", stratify: true, sizes: [0.8, 0.2], seed: SEED });
  const notes = { real: "the real chart", "stand-in": "the stand-in's invented chart", "study-synthetic": undefined };
  return { train: toFloat32(train), test: toFloat32(test), note: notes[source.kind] };
}

type MakeRow = (columns: number, rng: Random) => { x: number[]; y: number };

function generated(rows: number, columns: number, rng: Random, make: MakeRow): Samples {
  const made = Array.from({ length: rows }, () => make(columns, rng));
  const data = Float64Array.from(made.flatMap(({ x }) => x));
  return toFloat32({ x: matrix(rows, columns, data), y: Float64Array.from(made, ({ y }) => y), info: {} });
}

/** Standardised columns; the target is a sum of some, a product, a bend and noise: about 0.8 of it can be learnt. */
function regressionRow(columns: number, rng: Random): { x: number[]; y: number } {
  const x = Array.from({ length: columns }, () => rng.normal());
  const signal = 0.5 * x[0] - 0.4 * x[1] + 0.3 * x[2] + 0.3 * x[3] * x[4] + 0.4 * Math.max(0, x[5]);
  return { x, y: signal + rng.normal(0, 0.4) };
}

/** Columns between 0 and 1; class 1 where a curved score with noise is positive: about 0.85 can be told. */
function classRow(columns: number, rng: Random): { x: number[]; y: number } {
  const x = Array.from({ length: columns }, () => rng.uniform());
  const score = x[0] + x[1] - x[2] - x[3] + 2 * (x[4] - 0.5) * (x[5] - 0.5) + 0.5 * Math.abs(x[6] - 0.5) - 0.125;
  return { x, y: score + rng.normal(0, 0.25) > 0 ? 1 : 0 };
}

function inFloat32({ train, test, note }: Parts): Parts {
  return { train: toFloat32(train), test: toFloat32(test), note };
}

function toFloat32<S extends Samples>(samples: S): S {
  const round = (values: Float64Array) => Float64Array.from(Float32Array.from(values));
  return { ...samples, x: { ...samples.x, data: round(samples.x.data) }, y: round(samples.y) };
}

export function firstRows(samples: Samples, rows = samples.x.rows): Samples {
  return hitlab.takeRows(
    samples,
    Array.from({ length: rows }, (_, row) => row),
  );
}
