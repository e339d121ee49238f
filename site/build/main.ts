/** Writes the data of the pages: vite-node site/build/main.ts -- --out FOLDER */
import { parseArgs } from "node:util";
import { HitlabError } from "hitlab";
import { siteData } from "./site-data";

const words = process.argv.slice(2).filter((word) => word !== "--");
const { out } = parseArgs({ args: words, options: { out: { type: "string" } } }).values;
if (!out) throw new Error("site/build/main.ts lacks its folder. To mend it: pass -- --out FOLDER.");
// As many trees as notebook 04 grows.
const trees = process.env.HITLAB_EFFORT === "quick" ? 10 : 200;
await siteData({ out, trees, told: console.log }).catch((error: unknown) => {
  // Who published reads this: of a fault that names its remedy the sentence, of a bug all there is.
  console.error(error instanceof HitlabError ? error.message : error);
  process.exitCode = 1;
});
