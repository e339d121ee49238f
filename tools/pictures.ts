/**
 * Makes the pictures of README.md from the built site: `npm run pictures` after `npm run refresh`.
 *
 * Each shows a page of out/site in a real browser, from its top or from an element on, at a fixed width; of a program,
 * after someone has used it.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { launchBrowser } from "./test/browser";

const root = fileURLToPath(new URL("..", import.meta.url));
const site = join(root, "out", "site");
const folder = join(root, "site", "pictures");

interface Picture {
  readonly file: string;
  readonly page: string;
  readonly from: string;
  /** Height in pixels; default 860. */
  readonly height?: number;
  readonly before?: (page: Page) => Promise<unknown>;
}

const pictures: readonly Picture[] = [
  { file: "notebook.png", page: "01_lstm_hit_prediction.html", from: "#three-ways-to-split" },
  { file: "hit-or-flop.png", page: "hit-or-flop.html", from: ".app-head", height: 1180, before: judgeTypicalHit },
  { file: "train.png", page: "train.html", from: ".app-head", height: 1400, before: train },
];

async function judgeTypicalHit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Typical hit" }).click();
  await page.locator("#reasons svg, #reasons table, #reasons li").first().waitFor();
}

async function train(page: Page): Promise<void> {
  await page.locator("#speed").selectOption("");
  await page.locator("#start").click();
  await page.locator("#result:not([hidden])").waitFor({ timeout: 60_000 });
}

if (!existsSync(join(site, "index.html")))
  throw new Error("out/site is not built: run `npm run site` or `npm start` first");
const launched = await launchBrowser();
if ("notRun" in launched) throw new Error(launched.notRun);
mkdirSync(folder, { recursive: true });
const page = await launched.browser.newPage({ deviceScaleFactor: 1 });
for (const { file, page: name, from, height = 860, before } of pictures) {
  await page.setViewportSize({ width: 1280, height });
  await page.goto(pathToFileURL(join(site, name)).href);
  // A picture of what was found, not of how.
  const hide = page.getByRole("button", { name: "Hide code" });
  if (await hide.count()) await hide.click();
  await before?.(page);
  await page
    .locator(from)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: "start" }));
  // Figures are drawn when they come near.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(folder, file) });
  console.log(`site/pictures/${file}`);
}
await launched.browser.close();
