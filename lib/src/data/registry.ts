import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HitlabError } from "../errors";
import { root } from "../paths";

/** Rows of a large published file that hold the same study as a small one. */
export interface Extract {
  /** Name of the large file. */
  readonly file: string;
  readonly kaggle: string;
  readonly page: string;
  readonly columns: readonly string[];
  readonly region: string;
  readonly chart: string;
  /** First and last day, ISO. */
  readonly from: string;
  readonly to: string;
}

/** One data set of data/registry.json. */
export interface RegistryEntry {
  readonly name: string;
  readonly title: string;
  /** Name of the file in HITLAB_DATA or data/raw; absent for a set of parts and one that is only ever generated. */
  readonly file?: string;
  /** Names of the data sets it is joined from, each with a file of its own. */
  readonly parts?: readonly string[];
  readonly bytes?: number;
  /** Of the file's bytes. */
  readonly sha256?: string;
  /** Of the rows, where the same rows come in several files: see `contentHash` of charts.ts. */
  readonly contentSha256?: string;
  readonly rows: number;
  readonly columns: readonly string[];
  readonly encoding?: "utf-8" | "latin1";
  readonly licence: string;
  /** Page that describes the data. */
  readonly page: string;
  /** Kaggle's owner/name, and the file's name in that archive. */
  readonly kaggle?: { readonly slug: string; readonly file: string };
  /** Repository the file is joined from, at a pinned commit. */
  readonly github?: {
    readonly repository: string;
    readonly commit: string;
    readonly folder: string;
    readonly days: number;
  };
  readonly extract?: Extract;
  /** The data card, relative to the repository's root. */
  readonly card: string;
}

let entries: readonly RegistryEntry[] | undefined;

/** Every data set of data/registry.json, in its order. */
export function registry(): readonly RegistryEntry[] {
  if (!entries) {
    const path = join(root, "data", "registry.json");
    try {
      entries = (JSON.parse(readFileSync(path, "utf8")) as { datasets: RegistryEntry[] }).datasets;
    } catch (error) {
      throw new HitlabError({
        what: `the list of data sets cannot be read: ${(error as Error).message}`,
        file: path,
        remedy: "restore the file from the repository (git checkout data/registry.json)",
      });
    }
  }
  return entries;
}

/** The entry of a name; an unknown name is an error that lists the known ones. */
export function entryOf(name: string): RegistryEntry {
  const entry = registry().find((candidate) => candidate.name === name);
  if (!entry) {
    throw new HitlabError({
      what: "there is no data set of that name",
      value: name,
      remedy: `use one of ${registry()
        .map((candidate) => candidate.name)
        .join(", ")}`,
    });
  }
  return entry;
}
