import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "hitlab";
import type { Manifest } from "../pages/shared/payloads";

const folder = process.argv.at(-1) as string;
mkdirSync(folder, { recursive: true });
const { source } = await load.hitPredictor();
const songs = { kind: source.kind, note: source.note, sha256: source.sha256, rows: source.rows };
const manifest: Manifest = { songs, popularity: songs, trees: 0, forests: [] };
writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
