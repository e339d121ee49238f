import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { axeProblems, cutOff, drawFigures, overflow } from "./open-page";
import { publishSamples } from "./sample";
import { useSite, ways } from "./use-site";

const site = useSite(publishSamples);

/** Each page of the site, with what is there once it has become what it is to be. */
const pages: Record<string, (page: Page) => Promise<void>> = {
  "index.html": async () => {},
  "01_sample.html": drawFigures,
  "02_other_sample.html": drawFigures,
  "run/01_sample.html": drawFigures,
  "hit-or-flop.html": (page) => page.locator('#says:not([aria-busy="true"])').waitFor(),
  "decades.html": drawFigures,
  "bench.html": async () => {},
  "train.html": (page) => page.locator("#start:enabled").waitFor(),
};

const firstPaints: string[] = [];
afterAll(() => {
  if (firstPaints.length) console.log(`First contentful paint in ms, not asserted: ${firstPaints.join(", ")}`);
});

async function notePaint(page: Page, name: string): Promise<void> {
  const [paint] = await page.evaluate(() =>
    performance.getEntriesByName("first-contentful-paint").map(({ startTime }) => Math.round(startTime)),
  );
  firstPaints.push(`${name} ${paint}`);
}

describe.each(ways)("on $scheme, $look", ({ scheme, ...look }) => {
  test.for(Object.keys(pages))("%s is whole and quiet", async (name, context) => {
    const { page, complaints, close } = await site.open(context, scheme, name, look);
    await pages[name](page);
    expect(await cutOff(page), "labels cut off").toEqual([]);
    expect(await overflow(page), "wider than the window").toBeLessThanOrEqual(0);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper).toBe(look.colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 27)");
    if (scheme === "http://") await notePaint(page, name);
    else expect(await axeProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("sizes", () => {
  test.each(Object.keys(pages))("%s and its own scripts stay below 1 MB each", (name) => {
    const html = readFileSync(join(site.folder, name), "utf8");
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    const scripts = [...html.matchAll(/<script src="([^"]+)"/g)].map(([, file]) =>
      join(site.folder, dirname(name), file),
    );
    expect(scripts.length).toBeGreaterThan(0);
    const bytes = scripts.reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(1_000_000);
  });

  test("each forest comes in a script of its own of at most 6 MB", () => {
    const data = readdirSync(join(site.folder, "data")).filter((file) => file.startsWith("forest-"));
    expect(data).toHaveLength(8);
    for (const file of data)
      expect(statSync(join(site.folder, "data", file)).size, file).toBeLessThanOrEqual(6_000_000);
    // Quick forests are small; those of 200 trees are measured where they have been built.
    const full = join(__dirname, "..", "..", "out", "site", "data", "forest-all.js");
    if (existsSync(full)) expect(statSync(full).size).toBeLessThanOrEqual(6_000_000);
  });
});
