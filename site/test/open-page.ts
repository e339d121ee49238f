/** Pages of the site in a real browser, with everything noted that a quiet, whole and accessible page does not do. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A phone and a screen, each light and dark: options of a browser context, with a name for tests. */
export const looks = [375, 1440].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({
    look: `${width} px, ${colorScheme}`,
    width,
    colorScheme,
    viewport: { width, height: 800 },
    hasTouch: width < 500,
    isMobile: width < 500,
  })),
);

export interface Opened {
  readonly page: Page;
  /** What the page did that it should not: still being added to while the page is open. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Opens an address in a context of its own (no memory of earlier pages) and waits until it has loaded. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = listen(page, baseOf(address));
  await page.goto(address);
  return { page, complaints, close: () => context.close() };
}

/** All that a page of the site may ask for lies below this address. */
function baseOf(address: string): string {
  return address.match(/^https?:\/\/[^/]+\/|^file:.*\/site\//)?.[0] ?? address;
}

/** Violations of the Content-Security-Policy are among the errors of the console, those of workers, too. */
function listen(page: Page, base: string): string[] {
  const complaints: string[] = [];
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
  return complaints;
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Labels of Plotly's figures that reach out of their box. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".plot")].flatMap((plot) => {
      const box = plot.getBoundingClientRect();
      return [...plot.querySelectorAll("text")]
        .filter((text) => {
          const { left, right, width } = text.getBoundingClientRect();
          return width > 0 && (left < box.left - 2 || right > box.right + 2);
        })
        .map((text) => text.textContent ?? "");
    }),
  );
}

/** Brings each figure near the screen and waits until Plotly has drawn it. */
export async function drawFigures(page: Page): Promise<void> {
  for (const frame of await page.locator(".frame:visible").all()) {
    await frame.scrollIntoViewIfNeeded();
    await frame.locator('xpath=self::*[@data-state="interactive"]').waitFor();
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds on the page as it stands, "rule: element: what to mend"; by WCAG 2.2 AA and good practice. */
export async function axeProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await (window as unknown as { axe: typeof import("axe-core") }).axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
      // It would ask for the style sheets again, which the pages' policy forbids.
      preload: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`),
    );
  });
}
