import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataSource } from "./data/types";
import { HitlabError } from "./errors";
import { root } from "./paths";

/** Where the results of refreshed notebooks are committed. */
export const committedFolder = join(root, "notebooks", "results");

/** What a piece of work that takes hours left behind: results/ID.json. */
export interface LongFile {
  /** For example "04-ten-seeds": the study's number and a name. */
  readonly id: string;
  /** Number of the study. */
  readonly study: string;
  readonly seed: number;
  /** Day it was measured. */
  readonly date: string;
  readonly seconds: number;
  /** The data it was measured on. */
  readonly data: readonly Pick<DataSource, "name" | "kind" | "sha256">[];
  readonly result: unknown;
}

/** A result that takes hours to measure, by this run (effort long) or read from the committed one; see `study.long`. */
export interface Long<T> {
  readonly id: string;
  /** Undefined where nothing is committed and this run was not a long one. */
  readonly result: T | undefined;
  /** Whether this run measured it. */
  readonly ran: boolean;
  /** Whether it was measured on the data of this run. */
  readonly sameData: boolean;
  /** Day it was measured, for example "2026-11-21"; undefined without a result. */
  readonly date: string | undefined;
  /** When and on what it was measured, for the caption of a table made of it. */
  readonly label: string;
}

/** What is done under effort long; `log` is the path of a log for `fitMany`. */
export type LongWork<T> = (kept: { readonly log: string }) => T | Promise<T>;

/** Where the log of a piece of work that takes hours stays: not in the study's folder, which each run empties. */
export function longLog(id: string): string {
  const folder = join(root, "out", "long");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${id}.jsonl`);
}

/** @throws HitlabError unless `id` is the study's number, a dash and a name of small letters, digits and dashes. */
export function checkLongId(id: string, study: string): void {
  if (/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id) && id.startsWith(`${study}-`)) return;
  const remedy = `name it for example "${study}-ten-seeds"`;
  throw new HitlabError({ what: `a long result of study ${study} cannot have this name`, value: id, remedy });
}

/** Writes results/ID.json whole or not at all; returns the result as a later run will read it. */
export function writeLong<T>(folder: string, file: LongFile & { readonly result: T }): T {
  // As a method: `this` holds the value itself, where the second argument may be its toJSON already.
  function checkedField(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
    check(file.id, key, this[key]);
    return value;
  }
  const text = `${JSON.stringify(file, checkedField, 1)}\n`;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${file.id}.json`);
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
  return (JSON.parse(text) as { result: T }).result;
}

/** What JSON keeps, by `Object.prototype.toString`, which a notebook's own Map or Date cannot escape. */
const kinds = ["Null", "Boolean", "Number", "String", "Array", "Object"];

/**
 * Refuses what JSON would silently turn into something else: NaN into null, a typed array into an object, a map into
 * {}, a date into a text. A field that is undefined is left out, which reads the same.
 */
function check(id: string, key: string, value: unknown): void {
  if (value === undefined && key !== "result") return;
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  const odd =
    !kinds.includes(kind) ||
    (typeof value === "number" && !Number.isFinite(value)) ||
    (Array.isArray(value) && value.includes(undefined));
  if (!odd) return;
  throw new HitlabError({
    what: `the long result ${id} holds what its file cannot keep`,
    column: key,
    value: ["Number", "Array"].includes(kind) ? String(value) : kind,
    remedy: "return plain objects, lists and finite numbers, for example by Array.from",
  });
}

/** A committed long result; undefined when there is none. */
export function readLong(folder: string, id: string): LongFile | undefined {
  const path = join(folder, `${id}.json`);
  if (!existsSync(path)) return undefined;
  const remedy = "restore it with git, or measure it again with HITLAB_EFFORT=long npm run refresh";
  try {
    const file = JSON.parse(readFileSync(path, "utf8")) as LongFile | null;
    if (file?.id === id && Array.isArray(file.data) && "result" in file) return file;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HitlabError({ what: "this is no file of a long result", file: `${id}.json`, remedy });
}

/** Whether a long result was measured on data that a run uses too. */
export function isSameData(file: LongFile, used: ReadonlyMap<string, DataSource>): boolean {
  return file.data.every(({ name, kind, sha256 }) => {
    const own = used.get(name);
    return own?.kind === kind && own.sha256 === sha256;
  });
}

/** "measured on 2026-11-21 on the data of this run (hits 12ab34cd56ef), seed 42". */
export function longLabel(file: LongFile, { ran, sameData }: { ran: boolean; sameData: boolean }): string {
  const data = file.data.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 12)}`).join(", ");
  const when = ran ? "measured by this run" : `measured on ${file.date}`;
  const what = sameData ? "on the data of this run" : "on OTHER data than this run's";
  return `${when} ${what} (${data}), seed ${file.seed}`;
}
