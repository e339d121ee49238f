import type { Samples } from "hitlab";
import type { Parts } from "./data";
import { hitlab } from "./packages";

const { load, prepare } = hitlab;

/** Study 3's columns of numbers, by their kind. */
const kinds2023 = ["artists", "release", "playlists", "charts", "audio"];
/** Study 5's without Track Score, which the target is cut from, and its rank. */
const kinds2024 = ["count", "index", "flag"];

/**
 * Study 3's songs as notebook 03 prepares them: no song twice, blanks 0, a column per key and mode, all standardised by
 * the training songs; the target is the logarithm of the streams.
 */
export async function parts2023(): Promise<Parts> {
  const { frame, source } = await load.spotify2023();
  const features = load.spotify2023Columns
    .filter(({ name, kind, type }) => kinds2023.includes(kind) && type === "whole" && name !== "release_day")
    .map(({ name }) => name);
  const unique = prepare.dropDuplicates(frame, ["track", "artists"]).frame;
  const songs = prepare.samples(unique, { features, target: "streams", info: ["key", "mode"], missing: "keep" });
  const parts = asSklearn({ ...songs, y: prepare.log1p(songs.y) }, 42);
  const pipeline = prepare.pipeline(parts.train, [
    (rows) => prepare.imputer(rows, { strategy: "constant", value: 0 }),
    (rows) => prepare.oneHot(rows, { columns: ["key", "mode"] }),
    (rows) => prepare.standard(rows),
  ]);
  return { train: pipeline.apply(parts.train), test: pipeline.apply(parts.test), note: noteOf(source.kind) };
}

/**
 * Study 5's songs as notebook 05 prepares them for its ranking, a split for each random state: blanks the mean, all
 * columns between 0 and 1, both by the training songs; class 1 is a Track Score above the median.
 */
export async function parts2024(randomStates: readonly number[]): Promise<Parts[]> {
  const { frame, source } = await load.spotify2024();
  const features = load.spotify2024Columns.filter(({ kind }) => kinds2024.includes(kind)).map(({ name }) => name);
  const songs = prepare.samples(frame, { features, target: "track_score", missing: "keep" });
  const middle = median(songs.y);
  const labelled = { ...songs, y: songs.y.map((score) => Number(score > middle)) };
  return randomStates.map((randomState) => {
    const parts = asSklearn(labelled, randomState);
    const pipeline = prepare.pipeline(parts.train, [
      (rows) => prepare.imputer(rows, { strategy: "mean" }),
      (rows) => prepare.minMax(rows),
    ]);
    return { train: pipeline.apply(parts.train), test: pipeline.apply(parts.test), note: noteOf(source.kind) };
  });
}

function asSklearn<S extends Samples>(songs: S, randomState: number) {
  return prepare.split(songs, { by: "random", like: "sklearn", randomState, testSize: 0.2 });
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

function noteOf(kind: string): string {
  return kind === "real" ? "the real songs" : "the stand-in's invented songs";
}
