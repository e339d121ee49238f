import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256Of } from "hitlab/data/fetch/verify";
import { entryOf } from "hitlab/data/registry";
import { resolveData } from "hitlab/data/resolve";
import { cached, keyOf } from "./cache";
import { writeData } from "./write-data";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface SiteDataOptions {
  /** Folder that gets the data scripts and manifest.json. */
  readonly out: string;
  /** Trees of each forest. */
  readonly trees: number;
  readonly told: (line: string) => void;
  /** Folder of what was made before. */
  readonly cache?: string;
}

/** Writes the data of the pages, or copies what was written before of the same data by the same code. */
export async function siteData(options: SiteDataOptions): Promise<void> {
  const { out, trees, told, cache = join(root, "out", "cache", "site-data") } = options;
  const files = ["data/registry.json", "site/pages/shared/payloads.ts", "package-lock.json"];
  const texts = files.map((file) => readFileSync(join(root, file), "utf8"));
  const data = [...(await dataOf("hits")), ...(await dataOf("spotify-2023"))];
  const code = ["lib/dist", "site/build"].map((folder) => join(root, folder));
  const key = keyOf([...data, ...texts, String(trees), process.version], code);
  const how = await cached({ folder: cache, key, out }, (folder) => writeData(folder, trees, told));
  if (how === "kept") told("Data of the pages: as made before, of the same data by the same code");
}

/** What tells the rows of a data set: the hashes of its files, or that it is invented. */
async function dataOf(name: string): Promise<string[]> {
  const found = resolveData(name);
  if (found.kind === "stand-in") return [found.note];
  const files = (entryOf(name).parts ?? []).map((part) => join(found.path, entryOf(part).file ?? ""));
  return Promise.all((files.length > 0 ? files : [found.path]).map(sha256Of));
}
