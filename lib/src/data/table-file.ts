import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fromRoot } from "../paths";
import type { CsvBytes } from "./csv";
import { entryOf } from "./registry";
import { resolveData } from "./resolve";
import type { DataSource } from "./types";
import { unreadable } from "./unreadable";

/** Which table to load. */
export interface TableOptions {
  /** A file to read instead of the registry's; a relative path is taken from the repository's root. */
  readonly file?: string;
  /** Seed of the stand-in; the real file does not depend on it. Default 42. */
  readonly seed?: number;
}

/** The bytes of a data set, and where they come from. */
export interface TableFile {
  readonly csv: CsvBytes;
  /** The source, once the number of its rows is known. */
  source(rows: number): DataSource;
}

const defaultSeed = 42;

/**
 * The bytes of a data set in one file: of the file asked for, else of the real one where there is one, else of the
 * invented stand-in.
 *
 * @param standIn a whole invented file of the same layout
 * @throws HitlabError if HITLAB_DATA is set and holds no such file, and for an unreadable file
 */
export async function openTable(
  name: string,
  options: TableOptions,
  standIn: (seed: number) => Buffer,
): Promise<TableFile> {
  const { title, sha256: known } = entryOf(name);
  const { file, seed = defaultSeed } = options;
  const found = file === undefined ? resolveData(name) : ({ kind: "real", path: fromRoot(file) } as const);
  if (found.kind === "stand-in") {
    const bytes = standIn(seed);
    const sha256 = sha256Of(bytes);
    const { kind, note } = found;
    return {
      csv: { bytes, name: `${name} stand-in` },
      source: (rows) => ({ name, title, kind, sha256, rows, note }),
    };
  }
  const bytes = await bytesOf(found.path);
  const sha256 = sha256Of(bytes);
  const version =
    sha256 === known ? ", the known version." : "; not the version that the study's figures were measured on.";
  return {
    csv: { bytes, name: found.path },
    source: (rows) => ({
      ...{ name, title, kind: "real", file: basename(found.path), sha256, rows },
      note: `Real data: ${basename(found.path)}, ${rows.toLocaleString("en-US")} rows${version}`,
    }),
  };
}

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}
