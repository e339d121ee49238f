import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";

/** Folders that are kept: songs real and invented, at both efforts. */
const kept = 4;

/** A folder that a killed run left unfinished is this old at least before another run removes it. */
const abandonedAfter = 3_600_000;

/**
 * Fills `out` with the files that `make` writes into an empty folder, or with those that it wrote before for the same
 * key. Only finished work is kept: a run that is killed leaves nothing that a later one would take for it.
 *
 * @param folder of all that is kept, a folder per key
 */
export async function cached(
  { folder, key, out }: { readonly folder: string; readonly key: string; readonly out: string },
  make: (into: string) => Promise<void>,
): Promise<"made" | "kept"> {
  const own = join(folder, key);
  const known = existsSync(own);
  if (!known) await makeWhole(own, make);
  const now = new Date();
  utimesSync(own, now, now);
  mkdirSync(out, { recursive: true });
  cpSync(own, out, { recursive: true });
  forgetOld(folder);
  return known ? "kept" : "made";
}

async function makeWhole(own: string, make: (into: string) => Promise<void>): Promise<void> {
  const part = `${own}.${process.pid}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  try {
    await make(part);
    renameSync(part, own);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    // Another run may have made the same in the meantime.
    if (!existsSync(own)) throw error;
  }
}

function forgetOld(folder: string): void {
  const entries = readdirSync(folder)
    .map((name) => ({ path: join(folder, name), unfinished: name.endsWith(".part"), used: usedAt(join(folder, name)) }))
    .sort((a, b) => b.used - a.used);
  const abandoned = entries.filter(({ unfinished, used }) => unfinished && Date.now() - used > abandonedAfter);
  const old = entries.filter(({ unfinished }) => !unfinished).slice(kept);
  for (const { path } of [...abandoned, ...old]) rmSync(path, { recursive: true, force: true });
}

/** 0 for what another run has just removed. */
function usedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Hash over texts and the names and contents of the files in folders. */
export function keyOf(texts: readonly string[], folders: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(texts));
  for (const folder of folders) {
    for (const name of filesIn(folder)) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex").slice(0, 32);
}

/** Paths below a folder, in an order that does not depend on the machine. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length)).sort();
}
