import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Decade } from "hitlab/data/decades";
import { hitlab, studyData } from "./packages";

const { load } = hitlab;
const { entryOf, pl, resolveData } = studyData;

/** Seed of what is invented. */
const SEED = 42;
const decades: readonly Decade[] = ["00s", "10s", "60s", "70s", "80s", "90s"];

/** A file that both sides read. */
export interface StudyFile {
  readonly path: string;
  /** "the real songs", or that they are invented. */
  readonly note: string;
}

/** The studies' files by their names in data/registry.json. */
export type StudyFiles = ReadonlyMap<string, StudyFile>;

const found = new Map<string, Promise<StudyFiles>>();

/**
 * The real files where HITLAB_DATA or data/raw has them; else the stand-ins, written as files of the same names and
 * layouts into `stand-in` of the folder. Once per process.
 *
 * @throws HitlabError if HITLAB_DATA is set and lacks one
 */
export function studyFiles(folder: string): Promise<StudyFiles> {
  const files = found.get(folder) ?? find(join(folder, "stand-in"));
  found.set(folder, files);
  return files;
}

/** Writes files.json, where the peer finds the paths: {"charts": path, "hits-00s": path, ...}. */
export async function writeFiles(folder: string): Promise<void> {
  const paths = [...(await studyFiles(folder))].map(([name, { path }]) => [name, path]);
  writeFileSync(join(folder, "files.json"), JSON.stringify(Object.fromEntries(paths)));
}

/** The file of that name. */
export function fileOf(files: StudyFiles, name: string): StudyFile {
  const file = files.get(name);
  if (!file) throw new Error(`${name}: no such file`);
  return file;
}

/** Has one of hitlab's loaders read the file: it looks in the folder that HITLAB_DATA names. */
export async function reading<T>({ path }: StudyFile, work: () => Promise<T>): Promise<T> {
  const told = process.env.HITLAB_DATA;
  process.env.HITLAB_DATA = dirname(path);
  try {
    return await work();
  } finally {
    if (told === undefined) delete process.env.HITLAB_DATA;
    else process.env.HITLAB_DATA = told;
  }
}

async function find(folder: string): Promise<StudyFiles> {
  const tables = [
    tableFile("spotify-2023", folder, studyData.standInSpotify2023),
    tableFile("spotify-2024", folder, studyData.standInSpotify2024),
  ];
  return new Map([["charts", await chartFile(folder)], ...(await hitFiles(folder)), ...tables]);
}

type Named = [name: string, file: StudyFile];

function tableFile(name: string, folder: string, invent: (seed: number) => Buffer): Named {
  const where = resolveData(name);
  if (where.kind === "real") return [name, real(where.path)];
  return [name, invented(folder, name, invent(SEED))];
}

/** Of Kaggle's 26 million rows the study's are written as the daily file: what is compared is the same on both sides. */
async function chartFile(folder: string): Promise<StudyFile> {
  const where = resolveData("charts");
  if (where.kind === "real" && basename(where.path) === entryOf("charts").file) return real(where.path);
  const { frame } = await load.charts({ seed: SEED });
  const daily = frame.select(
    pl.col("date"),
    pl.col("rank").alias("position"),
    pl.col("title").alias("track_name"),
    pl.col("artist"),
    pl.col("streams").cast(pl.Int64),
    pl.col("url"),
    pl.col("region"),
  );
  const file = invented(folder, "charts", daily.writeCSV());
  return where.kind === "real" ? { ...file, note: real(file.path).note } : file;
}

async function hitFiles(folder: string): Promise<Named[]> {
  const where = resolveData("hits");
  const names = decades.map((decade) => `hits-${decade}`);
  if (where.kind === "real") return names.map((name) => [name, real(join(where.path, entryOf(name).file ?? ""))]);
  const { frame } = await load.hitPredictor(decades, { seed: SEED });
  return decades.map((decade, d) => {
    const songs = frame.filter(pl.col("decade").eq(pl.lit(decade))).drop("decade");
    return [names[d], invented(folder, names[d], songs.writeCSV())];
  });
}

function real(path: string): StudyFile {
  return { path, note: "the real songs" };
}

function invented(folder: string, name: string, bytes: Buffer): StudyFile {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, entryOf(name).file ?? "");
  writeFileSync(path, bytes);
  return { path, note: "the stand-in's invented songs" };
}
