import { accessSync, constants, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { HitlabError } from "../errors";
import { fromRoot, root } from "../paths";
import { entryOf, type RegistryEntry } from "./registry";

/** Where the rows of a data set will come from. `path` is the file, or the folder of a set in several files. */
export type Resolved =
  | { readonly name: string; readonly title: string; readonly kind: "real"; readonly path: string }
  | { readonly name: string; readonly title: string; readonly kind: "stand-in"; readonly note: string };

/** Where `npm run data` puts the real files. */
export function rawFolder(): string {
  return join(root, "data", "raw");
}

/**
 * Finds a data set of the registry without reading it: in the folder that HITLAB_DATA names (relative to the
 * repository's root), else in data/raw, else the stand-in. A set in several files is real if all of them are there.
 *
 * @param name name in the registry
 * @param parts for a set in several files: the names of those wanted; default all
 * @throws HitlabError for an unknown name, and if HITLAB_DATA is set but the file is missing or unreadable there: a
 * run that was told to use real data never falls back to invented data.
 * @example
 * ```ts
 * const found = resolveData("charts");
 * if (found.kind === "real") console.log(found.path);
 * ```
 */
export function resolveData(name: string, parts?: readonly string[]): Resolved {
  const entry = entryOf(name);
  const { title } = entry;
  const told = process.env.HITLAB_DATA;
  if (entry.parts) return resolveParts(entry, parts ?? entry.parts, told);
  if (entry.file && told) return { name, title, kind: "real", path: inFolder(entry, fromRoot(told)) };
  const fetched = namesOf(entry)
    .map((file) => join(rawFolder(), file))
    .find((path) => existsSync(path));
  if (fetched) return { name, title, kind: "real", path: readable(fetched) };
  return { name, title, kind: "stand-in", note: standInNote(entry) };
}

function resolveParts({ name, title }: RegistryEntry, parts: readonly string[], told: string | undefined): Resolved {
  const entries = parts.map(entryOf);
  if (told) {
    for (const entry of entries) inFolder(entry, fromRoot(told));
    return { name, title, kind: "real", path: fromRoot(told) };
  }
  const missing = entries.filter(({ file = "" }) => !existsSync(join(rawFolder(), file)));
  if (missing.length > 0) return { name, title, kind: "stand-in", note: partsNote(entries, missing) };
  for (const entry of entries) inFolder(entry, rawFolder());
  return { name, title, kind: "real", path: rawFolder() };
}

function partsNote(entries: readonly RegistryEntry[], missing: readonly RegistryEntry[]): string {
  const note = standInNote(entries[0]);
  if (missing.length === entries.length) return note;
  return `${note} data/raw lacks ${missing.map(({ file }) => file).join(", ")}.`;
}

/** The file names a data set may come under, best first. */
function namesOf(entry: RegistryEntry): string[] {
  return [entry.file, entry.extract?.file].filter((file) => file !== undefined);
}

function inFolder(entry: RegistryEntry, folder: string): string {
  const paths = namesOf(entry).map((file) => join(folder, file));
  return readable(paths.find((path) => existsSync(path)) ?? paths[0]);
}

function readable(path: string): string {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isFile()) return path;
  } catch {
    // Said below, in the reader's words.
  }
  throw new HitlabError({
    what: "the data file is missing or cannot be read",
    file: path,
    remedy: "put the file there, point HITLAB_DATA at the folder that holds it, or unset HITLAB_DATA",
  });
}

function standInNote(entry: RegistryEntry): string {
  if (!entry.file) return "Invented data, generated from the seed.";
  return "Invented stand-in, not real data: run `npm run data`, or set HITLAB_DATA, for the real file.";
}
