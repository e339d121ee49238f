import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import { HitlabError } from "../errors";
import { audioFeatures } from "./audio-features";
import { type Decade, decades } from "./decades";
import { sha256Of } from "./fetch/verify";
import { type HitColumns, readHits } from "./hit-lines";
import { type HitDecade, hitReport } from "./hit-report";
import { entryOf } from "./registry";
import { resolveData } from "./resolve";
import { standInHits } from "./stand-in-hits";
import type { DataSource, Loaded } from "./types";

const defaultSeed = 42;

/**
 * The Spotify Hit Predictor Dataset: songs of the decades with Spotify's audio features, half of them hits. The real
 * files where there are some (HITLAB_DATA, then data/raw), else an invented stand-in.
 *
 * The frame has the columns track, artist, uri, the 15 `audioFeatures` (Float64), target (Int32; 1 = hit: was in
 * Billboard's Hot 100 in that decade, 0 = flop) and decade ("90s"), in the files' order, decade after decade as asked
 * for. No row is dropped or changed; the report counts what a reader should know of (repeated songs, contradicting
 * labels, zeros that mean "not found"). The source is "hits-90s" for one decade, "hits" for several; its sha256 is the
 * file's, or over the files' hashes in the order loaded, one a line.
 *
 * @param wanted decades in the order wanted, each once; default all six
 * @param options `seed` of the stand-in (default 42); real data do not depend on it
 * @throws HitlabError for an unknown or repeated decade, if HITLAB_DATA is set and lacks a file, and naming line,
 * column and value of a cell that is not as it should be
 * @example
 * ```ts
 * const nineties = await load.hitPredictor(["90s"]);
 * const all = await load.hitPredictor(); // 41,106 songs
 * ```
 */
export async function hitPredictor(
  wanted: readonly Decade[] = decades,
  options: { seed?: number } = {},
): Promise<Loaded> {
  checkDecades(wanted);
  const names = wanted.map((decade) => `hits-${decade}`);
  const found = names.length === 1 ? resolveData(names[0]) : resolveData("hits", names);
  if (found.kind === "real") {
    // One set is its file, several are a folder of files.
    const files = names.length === 1 ? [found.path] : names.map((name) => join(found.path, entryOf(name).file ?? ""));
    return realHits(wanted, files);
  }
  const rows = standInHits(options.seed ?? defaultSeed, wanted);
  const parts = wanted.map((decade, d) => ({ decade, rows: rows[d] }));
  const frame = frameOf(parts);
  const sha256 = standInHash(parts);
  const source = { ...nameOf(wanted), kind: "stand-in", sha256, rows: frame.height, note: found.note } as const;
  return { frame, source, report: hitReport(parts) };
}

async function realHits(wanted: readonly Decade[], paths: readonly string[]): Promise<Loaded> {
  const parts: HitDecade[] = [];
  const hashes: string[] = [];
  for (const [d, path] of paths.entries()) {
    parts.push({ decade: wanted[d], rows: await readHits(path, path) });
    hashes.push(await sha256Of(path));
  }
  const frame = frameOf(parts);
  const file = paths.map((path) => basename(path)).join(", ");
  const sha256 = hashes.length === 1 ? hashes[0] : sha256Text(hashes.map((hash) => `${hash}\n`).join(""));
  const others = paths
    .filter((_, d) => hashes[d] !== entryOf(`hits-${wanted[d]}`).sha256)
    .map((path) => basename(path));
  const note = realNote(wanted, frame.height, others);
  return {
    frame,
    source: { ...nameOf(wanted), kind: "real", file, sha256, rows: frame.height, note },
    report: hitReport(parts),
  };
}

function realNote(wanted: readonly Decade[], height: number, others: readonly string[]): string {
  const rows = `Real data: ${height.toLocaleString("en-US")} songs (${wanted.join(", ")})`;
  if (others.length === 0) return `${rows}, the known version.`;
  return `${rows}; not the version that the study's figures were measured on: ${others.join(", ")}.`;
}

function nameOf(wanted: readonly Decade[]): Pick<DataSource, "name" | "title"> {
  const { name, title } = entryOf(wanted.length === 1 ? `hits-${wanted[0]}` : "hits");
  return { name, title };
}

function frameOf(parts: readonly HitDecade[]): DataFrame {
  const text = (name: "track" | "artist" | "uri") =>
    pl.Series(
      name,
      parts.flatMap(({ rows }) => rows[name]),
      pl.Utf8,
    );
  const decade = parts.flatMap(({ decade, rows }) => rows.target.map(() => decade));
  const target = Int32Array.from(numbersOf(parts, (rows) => rows.target));
  return pl.DataFrame([
    ...[text("track"), text("artist"), text("uri")],
    ...audioFeatures.map((name, f) =>
      pl.Series(
        name,
        numbersOf(parts, (rows) => rows.features[f]),
      ),
    ),
    pl.Series("target", target),
    pl.Series("decade", decade, pl.Utf8),
  ]);
}

/** A column of numbers of all decades. */
function numbersOf(parts: readonly HitDecade[], of: (rows: HitColumns) => readonly number[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, { rows }) => length + of(rows).length, 0));
  let at = 0;
  for (const { rows } of parts) {
    all.set(of(rows), at);
    at += of(rows).length;
  }
  return all;
}

/** Over the invented cells as JavaScript writes them, which is the same on every machine. */
function standInHash(parts: readonly HitDecade[]): string {
  const line = (decade: string, { track, artist, uri, features, target }: HitColumns, row: number) =>
    [decade, track[row], artist[row], uri[row], ...features.map((values) => values[row]), target[row]].join(",");
  const lines = parts.flatMap(({ decade, rows }) => rows.target.map((_, row) => `${line(decade, rows, row)}\n`));
  return sha256Text(lines.join(""));
}

function sha256Text(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function checkDecades(wanted: readonly Decade[]): void {
  const remedy = `ask for some of ${decades.join(", ")}, each once, or leave the argument out for all`;
  if (!Array.isArray(wanted) || wanted.length === 0) {
    throw new HitlabError({ what: "hitPredictor needs a list of decades", value: wanted, remedy });
  }
  const unknown = wanted.find((decade) => !decades.includes(decade));
  if (unknown !== undefined) throw new HitlabError({ what: "there is no such decade", value: unknown, remedy });
  const twice = wanted.find((decade, d) => wanted.indexOf(decade) !== d);
  if (twice !== undefined) throw new HitlabError({ what: "a decade is asked for twice", value: twice, remedy });
}
