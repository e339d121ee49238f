import { readFileSync } from "node:fs";
import { parse } from "papaparse";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { axeProblems, drawFigures, looks, overflow } from "./open-page";
import { publishSamples } from "./sample";
import { schemes, useSite } from "./use-site";

const site = useSite((folder) => publishSamples(folder, []));

/** The rows of the file that a press on the button gives. */
async function downloaded(page: Page, within: string): Promise<{ name: string; rows: Record<string, string>[] }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(within).getByRole("button", { name: "Download CSV" }).click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  const { data, errors } = parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return { name: download.suggestedFilename(), rows: data };
}

const heads = (page: Page) => page.locator(".heat:not(.closing) tbody th").allTextContents();

// As it opens, every-page.test.ts looks at it.
test.for(looks)("stays whole, quiet and accessible with intervals and as a table at $look", async (look, context) => {
  const { page, complaints, close } = await site.open(context, "file://", "decades.html", look);
  await page.getByText("Show intervals").click();
  await page.locator("#glance").getByRole("button", { name: "Show as table" }).click();
  expect(await overflow(page)).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

describe.each(schemes)("the page Decades on %s", (scheme) => {
  test("what is chosen changes figures, sentences, tables and files alike, and stays in the address", async (context) => {
    const { page, complaints, close } = await site.open(context, scheme, "decades.html");
    for (const decade of ["70s", "80s", "90s", "00s"]) await page.getByLabel(decade, { exact: true }).uncheck();
    await page.getByRole("radio", { name: "Flops" }).check();
    await page.getByLabel("Feature shown large").selectOption("loudness");
    await drawFigures(page);
    expect(new URL(page.url()).hash).toBe("#feature=loudness&decades=60s,10s&classes=flops");
    expect(await page.locator("#shown").textContent()).toMatch(/songs of the 60s and 10s, flops only; loudness large/);
    const alts = () =>
      page.locator('.frame [role="img"]:visible').evaluateAll((all) => all.map((each) => each.ariaLabel));
    expect(await alts()).toEqual([
      "Median loudness. Flops: 60s −12.7 dB, 10s −7.2 dB.",
      expect.stringMatching(/^loudness in the 60s\. flops: median −12\.7/),
      expect.stringMatching(/^loudness in the 10s\. flops: median −7\.2/),
    ]);
    expect(await page.locator(".says").textContent()).toMatch(/louder than flops in every decade shown/);
    expect(await page.locator("#glance .line.hits").count()).toBe(0);

    const trend = await downloaded(page, "#trend-figure");
    expect(trend.name).toBe("decades-loudness.csv");
    expect(trend.rows.map(({ decade, class: kind }) => `${decade} ${kind}`)).toEqual(["60s flops", "10s flops"]);
    expect(Number(trend.rows[0].median)).toBeCloseTo(-12.7, 0);
    const spread = await downloaded(page, "#spread-figure");
    expect(new Set(spread.rows.map(({ decade, class: kind }) => `${decade} ${kind}`)).size).toBe(2);
    const all = await downloaded(page, "#glance");
    expect(all.rows).toHaveLength(15 * 2);
    const aucs = await downloaded(page, "#heat");
    expect(aucs.rows).toHaveLength(15 * 2);

    await page.reload();
    await expect.poll(() => page.getByLabel("70s", { exact: true }).isChecked()).toBe(false);
    expect(await page.locator("#feature").textContent()).toBe("loudness");
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("the page Decades", () => {
  test("shows the figures of the real songs whatever songs are here", async (context) => {
    const { page, close } = await site.open(context, "file://", "decades.html");
    const banner = await page.getByRole("complementary", { name: "Data of this page" }).textContent();
    expect(banner).toMatch(/41,106 songs by 11,904 artists/);
    await close();
  });

  test("its heat table is sorted by the keyboard, and its file follows", async (context) => {
    const { page, close } = await site.open(context, "file://", "decades.html");
    const before = await heads(page);
    await page.locator('[data-sort="name"]').focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const column = page.locator('.heat th[aria-sort]:has([data-sort="60s"])');
    expect(await column.getAttribute("aria-sort")).toBe("descending");
    const sorted = await heads(page);
    expect(sorted.slice(0, 2)).toEqual(["valence", "energy"]);
    expect([...sorted].sort()).toEqual([...before].sort());
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.sort)).toBe("60s");
    expect(await page.locator('#heat [role="status"]').textContent()).toBe("Sorted by 60s, descending.");
    await page.keyboard.press("Space");
    expect(await column.getAttribute("aria-sort")).toBe("ascending");
    expect(await heads(page)).toEqual([...sorted].reverse());
    const { rows } = await downloaded(page, "#heat");
    expect(rows.filter(({ decade }) => decade === "60s").map(({ feature }) => feature)).toEqual([...sorted].reverse());
    await page.getByLabel("60s", { exact: true }).uncheck();
    expect(await heads(page)).toEqual(before);
    await close();
  });

  test("shows any figure as a table, which follows what is chosen, and the figure again", async (context) => {
    const { page, complaints, close } = await site.open(context, "http://", "decades.html");
    const trend = page.locator("#trend-figure");
    await trend.getByRole("button", { name: "Show as table" }).press("Enter");
    expect(await trend.locator(".frame").isVisible()).toBe(false);
    expect(await trend.locator("tbody tr").count()).toBe(12);
    await page.getByLabel("Feature shown large").selectOption("tempo");
    await page.getByLabel("Hits", { exact: true }).check();
    expect(await trend.locator("tbody tr").count()).toBe(6);
    expect(await trend.locator("caption").textContent()).toMatch(/^tempo by decade/);
    await trend.getByRole("button", { name: "Show as figure" }).click();
    await drawFigures(page);
    const alt = await trend.locator('[role="img"]').getAttribute("aria-label");
    expect(alt).toMatch(/^Median tempo\. Hits: 60s 116 beats per minute/);
    expect(complaints).toEqual([]);
    await close();
  });

  test("a press on a small figure shows that feature large and goes there", async (context) => {
    const { page, close } = await site.open(context, "file://", "decades.html");
    const card = page.getByRole("button", { name: /^speechiness/ });
    await card.press("Enter");
    expect(await card.getAttribute("aria-pressed")).toBe("true");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("speechiness");
    expect(new URL(page.url()).hash).toBe("#feature=speechiness");
    await close();
  });

  test("keeps one decade at least and says why", async (context) => {
    const { page, close } = await site.open(context, "file://", "decades.html#decades=80s");
    await page.getByLabel("80s", { exact: true }).click();
    expect(await page.getByLabel("80s", { exact: true }).isChecked()).toBe(true);
    expect(await page.locator("#shown").textContent()).toMatch(/80s stay: the page needs one decade/);
    await close();
  });

  test("takes nothing from its address but what it knows", async (context) => {
    const address = `decades.html#feature=<img src=x onerror=alert(1)>&decades=60s,</script>&classes=${"x".repeat(10_000)}`;
    const { page, complaints, close } = await site.open(context, "file://", address);
    expect(await page.locator("#feature").textContent()).toBe("danceability");
    expect(await page.locator("#shown").textContent()).toMatch(/songs of the 60s, hits and flops; danceability/);
    expect(complaints).toEqual([]);
    await close();
  });

  test("judges the study's ten closing sentences: nine hold, energy is disputed", async (context) => {
    const { page, close } = await site.open(context, "file://", "decades.html");
    const rows = page.locator("[data-claim]");
    const verdicts = await rows.evaluateAll((all) =>
      all.map((row) => `${(row as HTMLElement).dataset.claim} ${row.querySelector(".verdict")?.textContent}`),
    );
    expect(verdicts).toHaveLength(10);
    expect(verdicts.filter((each) => !each.endsWith(" holds"))).toEqual(["energy disputed"]);
    expect(await page.locator('[data-claim="energy"] .auc').count()).toBe(6);
    expect(await page.locator("#claims a").getAttribute("href")).toBe("04_multi_model_comparison.html");
    await close();
  });

  test("has figures that fit on paper, and on the screen again", async (context) => {
    const { page, close } = await site.open(context, "file://", "decades.html");
    await drawFigures(page);
    const box = () => page.locator("#trend-figure .main-svg").first().getAttribute("viewBox");
    const tell = (event: string) => page.evaluate((name) => void dispatchEvent(new Event(name)), event);
    await tell("beforeprint");
    expect(await box()).toMatch(/^0 0 \d{3,} \d{3}$/);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#trend-figure .plot").isVisible()).toBe(true);
    expect(await page.locator("#controls").isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });
    await tell("afterprint");
    expect(await box()).toBeNull();
    await close();
  });

  test("without the script that draws, says so and keeps the numbers", async (context) => {
    const { page, close } = await site.open(context, "http://", "decades.html");
    await page.route(/plotly/, (route) => route.abort());
    await page.reload();
    const trend = page.locator("#trend-figure");
    await trend.scrollIntoViewIfNeeded();
    await trend.locator(".problem").waitFor();
    expect(await trend.locator(".problem").textContent()).toMatch(/plotly\.min\.js did not load.*in the table/);
    await trend.getByRole("button", { name: "Show as table" }).click();
    expect(await trend.locator("tbody tr").count()).toBe(12);
    await close();
  });
});
