import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as load from "../../src/data/load";
import { standInSpotify2023 } from "../../src/data/stand-in-spotify-2023";
import { standInSpotify2024 } from "../../src/data/stand-in-spotify-2024";
import type { Loaded } from "../../src/data/types";

export const tables = {
  "spotify-2023": { invent: standInSpotify2023, load: load.spotify2023, columns: load.spotify2023Columns },
  "spotify-2024": { invent: standInSpotify2024, load: load.spotify2024, columns: load.spotify2024Columns },
};
export type TableName = keyof typeof tables;

/** The stand-in as loaded, whether or not the real file is there. */
export async function loadStandIn(name: TableName, seed = 42): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), "hitlab-stand-in-"));
  try {
    const file = join(folder, `${name}.csv`);
    writeFileSync(file, tables[name].invent(seed));
    return await tables[name].load({ file });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
