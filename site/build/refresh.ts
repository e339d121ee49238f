/** Makes what the pages ship with from the real songs, for committing: vite-node site/build/refresh.ts */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeDecades } from "./decades";
import { fitModels } from "./fit-models";

const folder = fileURLToPath(new URL("../data", import.meta.url));
mkdirSync(folder, { recursive: true });
const models = await fitModels(console.log);
writeFileSync(join(folder, "hit-or-flop.json"), `${JSON.stringify(models)}\n`);
await writeDecades(join(folder, "decades.json"));
