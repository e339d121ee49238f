/** Writes the data of the pages: vite-node site/build/main.ts -- --out FOLDER */
import { parseArgs } from "node:util";
import { siteData } from "./site-data";

const words = process.argv.slice(2).filter((word) => word !== "--");
const { out } = parseArgs({ args: words, options: { out: { type: "string" } } }).values;
if (!out) throw new Error("site/build/main.ts lacks its folder. To mend it: pass -- --out FOLDER.");
// As many trees as notebook 04 grows.
await siteData({ out, trees: process.env.HITLAB_EFFORT === "quick" ? 10 : 200, told: console.log });
