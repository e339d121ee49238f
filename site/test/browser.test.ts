import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../../tools/site/serve.mjs";
import { launchBrowser } from "../../tools/test/browser";
import { publishSamples, scratch } from "./sample";

const { folder, remove } = scratch();
let browser: Browser | undefined;
let notRun = "";
let server: { address: string; close: () => Promise<void> } | undefined;
const home: Record<string, string> = { "file://": `${pathToFileURL(join(folder, "site")).href}/` };

beforeAll(async () => {
  await publishSamples(folder);
  server = await serve({ folder: join(folder, "site") });
  home["http://"] = server.address;
  const launched = await launchBrowser();
  if ("notRun" in launched) notRun = launched.notRun;
  else browser = launched.browser;
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  remove();
});

/** Opens a page of the site and notes all that a quiet page does not do. */
async function open(address: string, options: BrowserContextOptions = {}) {
  if (!browser) throw new Error(notRun);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const base = Object.values(home).find((start) => address.startsWith(start)) ?? "";
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url()))
      complaints.push(`asks ${request.url()}`);
  });
  page.on("requestfailed", (request) => complaints.push(`failed ${request.url()}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address);
  return { page, complaints, close: () => context.close() };
}

const drawn = '[data-figure][data-state="interactive"] .plot';

/** Brings each figure near the screen and waits until it is interactive. */
async function drawFigures(page: Page): Promise<void> {
  for (const frame of await page.locator("[data-figure]").all()) {
    await frame.scrollIntoViewIfNeeded();
    await frame.locator('xpath=self::*[@data-state="interactive"]').waitFor();
  }
}

/** Labels of figures that reach out of their box (runs in the page). */
function cutOff(): string[] {
  return [...document.querySelectorAll(".plot")].flatMap((plot) => {
    const box = plot.getBoundingClientRect();
    return [...plot.querySelectorAll("text")]
      .filter((text) => {
        const { left, right, width } = text.getBoundingClientRect();
        return width > 0 && (left < box.left - 2 || right > box.right + 2);
      })
      .map((text) => text.textContent ?? "");
  });
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe.each(["file://", "http://"])("on %s", (scheme) => {
  const looks = [375, 1440].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
  );

  // The same files come both ways: over http a page of each sort is enough.
  const names =
    scheme === "file://"
      ? ["index.html", "01_sample.html", "run/01_sample.html"]
      : ["index.html", "run/01_sample.html"];

  test.for(looks)("$width px, $colorScheme: pages are whole and quiet", async ({ width, colorScheme }, context) => {
    if (!browser) return context.skip(notRun);
    const options = { viewport: { width, height: 800 }, colorScheme, hasTouch: width < 500, isMobile: width < 500 };
    for (const name of names) {
      const { page, complaints, close } = await open(home[scheme] + name, options);
      await drawFigures(page);
      expect(await page.locator(drawn).count()).toBe(name === "index.html" ? 0 : 3);
      expect(await page.evaluate(cutOff), name).toEqual([]);
      expect(await overflow(page), name).toBeLessThanOrEqual(0);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(paper).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 27)");
      expect(complaints, name).toEqual([]);
      await close();
    }
  });
});

describe("a reader", () => {
  const address = () => `${home["file://"]}01_sample.html`;

  test("folds code, one cell or all, and finds it so again", async (context) => {
    if (!browser) return context.skip(notRun);
    const { page, complaints, close } = await open(address());
    const cells = page.locator("details.code[open]");
    const all = page.locator("[data-code-toggle]");
    expect(await cells.count()).toBe(4);
    await page.locator("details.code summary").first().press("Enter");
    expect(await cells.count()).toBe(3);
    await page.reload();
    expect(await cells.count()).toBe(3);
    await all.click();
    expect(await cells.count()).toBe(0);
    await page.reload();
    expect(await cells.count()).toBe(0);
    expect(await all.textContent()).toBe("Show code");
    await all.click();
    expect(await cells.count()).toBe(5);
    expect(complaints).toEqual([]);
    await close();
  });

  test("turns the colours and finds them so on the next page", async (context) => {
    if (!browser) return context.skip(notRun);
    const { page, close } = await open(address(), { colorScheme: "light" });
    const dark = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor === "rgb(20, 23, 27)");
    await page.getByRole("button", { name: "Dark colours" }).click();
    expect(await dark()).toBe(true);
    await page.goto(`${home["file://"]}index.html`);
    expect(await dark()).toBe(true);
    await page.getByRole("button", { name: "Light colours" }).click();
    expect(await dark()).toBe(false);
    await close();
  });

  test("copies code, hovers a figure, and nothing jumps when it becomes interactive", async (context) => {
    if (!browser) return context.skip(notRun);
    const { page, complaints, close } = await open(`${home["http://"]}01_sample.html`, {
      permissions: ["clipboard-read", "clipboard-write"],
      viewport: { width: 1200, height: 700 },
    });
    await page.locator(".copy").nth(1).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("show.table(charts.head(3)");
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    await drawFigures(page);
    expect(await height()).toBe(before);
    const frame = page.locator("[data-figure]").first();
    await frame.hover({ position: { x: 300, y: 120 } });
    await page.locator(".hoverlayer .hovertext").first().waitFor();
    const buttons = await frame.locator(".modebar-btn").evaluateAll((all) => all.map((button) => button.dataset.title));
    expect(buttons.filter((name) => !/^(Download|Zoom|Pan|Reset|Autoscale)/.test(name ?? ""))).toEqual([]);
    await page.locator("details.alt summary").first().click();
    expect(await page.locator("details.alt[open] p").first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  test("without scripts, or on paper, sees the pictures", async (context) => {
    if (!browser) return context.skip(notRun);
    const plain = await open(address(), { javaScriptEnabled: false });
    const picture = plain.page.locator("[data-figure] img").first();
    expect(await picture.isVisible()).toBe(true);
    expect(await plain.page.locator("[data-code-toggle]").isVisible()).toBe(false);
    await plain.close();
    const { page, close } = await open(address(), { colorScheme: "dark" });
    await drawFigures(page);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("[data-figure] img").first().isVisible()).toBe(true);
    expect(await page.locator(".plot").first().isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    await close();
  });

  test("comes to the text by the skip link and to everything by the keyboard", async (context) => {
    if (!browser) return context.skip(notRun);
    const { page, close } = await open(address());
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    const role = page.locator(".plot[role=img]").first();
    await drawFigures(page);
    expect(await role.getAttribute("aria-label")).toContain("Validation accuracy");
    await close();
  });
});
