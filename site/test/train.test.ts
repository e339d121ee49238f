/** "Train it" in a real browser: what a class does there, by keyboard and mouse, and that it comes to the same digits. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { openBackend } from "../../lib/src";
import { columnsOf } from "../pages/train/columns";
import { Engine } from "../pages/train/engine";
import { defaults, type Settings } from "../pages/train/settings";
import type { TrainingData } from "../pages/train/trainer";
import { axeProblems, overflow } from "./open-page";
import { publishSamples } from "./sample";
import { useSite, ways } from "./use-site";

const site = useSite((folder) => publishSamples(folder, []));
beforeAll(async () => {
  // It brings the kernels for Node.
  await openBackend();
});

/** A data script of the published site, as the page gets it. */
function payload(name: string): unknown {
  const text = readFileSync(join(site.folder, "data", `${name}.js`), "utf8");
  return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
}

/** The rows of the page's table of epochs, as Node computes them from the same songs. */
async function inNode(settings: Settings): Promise<string[][]> {
  const data =
    settings.data === "2023" ? { popularity: payload("popularity-2023") } : { songs: [payload("songs-90s")] };
  const deaf = { onEpoch: () => {}, onPicture: () => {} };
  const { history, task } = await new Engine().train(settings, data as TrainingData, deaf);
  const metric = (value: number) => (task === "classification" ? `${(100 * value).toFixed(2)}%` : value.toFixed(4));
  return history.map((each) => [
    String(each.epoch),
    each.loss.toFixed(4),
    each.valLoss.toFixed(4),
    metric(each.metric),
    metric(each.valMetric),
  ]);
}

/** The page's own table of epochs, opened. */
async function epochsShown(page: Page): Promise<string[][]> {
  await page.getByText("All epochs as a table").click();
  return page
    .locator("#epochs tbody tr")
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
}

async function trained(page: Page): Promise<void> {
  await page.locator("#runs tbody tr").last().waitFor();
  await page.locator("#start:enabled").waitFor();
}

/** Trains as fast as it goes and waits for the end. */
async function train(page: Page): Promise<void> {
  const before = await page.locator("#runs tbody tr").count();
  await page.selectOption("#speed", "");
  await page.locator("#start").click();
  await page.locator("#runs tbody tr").nth(before).waitFor();
  await page.locator("#start:enabled").waitFor();
}

/** Presses Tab until the element with this id has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by Tab to #${id}`);
}

const wide = { viewport: { width: 1440, height: 900 } };

describe("the page", () => {
  test.for(ways)(
    "is whole, quiet and accessible on $scheme, $look",
    async ({ scheme, look: _, width: __, ...look }, context) => {
      const { page, complaints, close } = await site.open(context, scheme, "train.html#epochs=3&hidden=8", look);
      expect(await axeProblems(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await train(page);
      // Hits and flops, each on the surface and in its legend.
      expect(await page.locator("#surface path.dots[d^=M]").count()).toBe(4);
      expect(await axeProblems(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  test("is small and there at once", async (context) => {
    const files = ["train.html", "assets/train.js", "assets/site.css", "assets/apps.css", "assets/train.css"];
    const bytes = files.reduce((sum, file) => sum + statSync(join(site.folder, file)).size, 0);
    expect(bytes).toBeLessThan(1_000_000);
    const { page, close } = await site.open(context, "file://", "train.html");
    const painted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const heard = (list: PerformanceObserverEntryList) => resolve(list.getEntries()[0].startTime);
          new PerformanceObserver(heard).observe({ type: "paint", buffered: true });
        }),
    );
    expect(painted).toBeLessThan(1000);
    await close();
  });
});

describe("a training", () => {
  test("goes by the keyboard alone, and its digits are those of Node", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", "train.html", wide);
    await tabTo(page, "epochs-wanted");
    await page.keyboard.type("5");
    await tabTo(page, "start");
    await page.keyboard.press("Enter");
    await trained(page);
    // Stop had the focus while Train could not have it.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("start");
    expect(await page.locator("#said").textContent()).toMatch(/^Done: 5 epochs, .* test accuracy [\d.]+%/);
    expect(await epochsShown(page)).toEqual(await inNode({ ...defaults, epochs: 5 }));
    expect(await page.locator("#weights svg").getAttribute("aria-label")).toContain("15 features to 64 units");
    expect(await page.locator("#surface svg").getAttribute("aria-label")).toMatch(
      /probability of a hit over danceability/,
    );
    expect(complaints).toEqual([]);
    await close();
  });

  test("of the streams of 2023 is a regression, with the digits of Node", async (context) => {
    const { page, close } = await site.open(context, "http://", "train.html", wide);
    await page.selectOption("#data-of", "2023");
    expect(await page.locator("#features input").count()).toBe(columnsOf("2023").length);
    await page.fill("#epochs-wanted", "4");
    await train(page);
    expect(await page.locator("#metric-title").textContent()).toContain("Mean absolute error");
    const settings: Settings = { ...defaults, data: "2023", features: columnsOf("2023"), epochs: 4 };
    expect(await epochsShown(page)).toEqual(await inNode(settings));
    expect(await page.locator("#result-body").textContent()).toContain("R² on test songs");
    await close();
  });

  test("is not needed to see the network as it begins, and of one feature there is no surface", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", "train.html#epochs=2", wide);
    const seen = page.locator("#surface-seen");
    await page.locator("#surface path.dots[d^=M]").first().waitFor();
    expect(await seen.textContent()).toContain("untrained");
    expect(await page.locator("#weights rect").count()).toBeGreaterThan(15);
    await page.selectOption("#surface-x", "tempo");
    await page.locator("#surface text.title", { hasText: "tempo (beats per minute)" }).waitFor();
    expect(await page.locator("#runs tbody tr").count()).toBe(0);
    await train(page);
    expect(await seen.textContent()).toBe("after epoch 2");
    await page.locator("#features button", { hasText: "None" }).click();
    await page.getByRole("checkbox", { name: "energy" }).check();
    await train(page);
    expect(await page.locator("#surface svg > *").count()).toBe(0);
    expect(await page.locator("#surface .waiting").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  test("stops when asked, and says what came of the epochs that were done", async (context) => {
    const { page, close } = await site.open(context, "file://", "train.html#epochs=500&hidden=8", wide);
    await page.selectOption("#speed", "10");
    await page.locator("#start").click();
    await page.locator("#loss .line-chart path[d*=L]").first().waitFor();
    await page.locator("#stop").click();
    await trained(page);
    expect(await page.locator("#state").textContent()).toMatch(/^Stopped after \d+ epochs/);
    expect(await page.locator("#runs .differs").textContent()).toContain("stopped after");
    await close();
  });

  test("that runs away says so, and the next one works", async (context) => {
    const runaway = "train.html#optimizer=sgd&rate=10&data=2023&features=all&activation=relu&epochs=50";
    const { page, close } = await site.open(context, "file://", runaway, wide);
    await page.selectOption("#speed", "");
    await page.locator("#start").click();
    const failure = page.locator("#failure:visible");
    await failure.waitFor();
    expect(await failure.textContent()).toMatch(/epoch.*learning rate/is);
    await page.fill("#learning-rate", "0.01");
    await page.fill("#epochs-wanted", "2");
    await train(page);
    expect(await page.locator("#failure").isVisible()).toBe(false);
    await close();
  });

  test("shows its surface on other features when asked", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", "train.html#epochs=2", wide);
    await train(page);
    await page.selectOption("#surface-x", "tempo");
    await page.locator("#surface text.title", { hasText: "tempo (beats per minute)" }).waitFor();
    // The same feature on both axes would be a line: they change places.
    await page.selectOption("#surface-y", "tempo");
    await page.locator("#surface text.title", { hasText: "acousticness (0 to 1)" }).waitFor();
    expect(await page.locator("#surface-x").inputValue()).toBe("acousticness");
    expect(complaints).toEqual([]);
    await close();
  });

  test("moves calmly where motion is to be reduced", async (context) => {
    const calm = { ...wide, reducedMotion: "reduce" as const };
    const { page, close } = await site.open(context, "file://", "train.html#epochs=20&hidden=8", calm);
    await page.evaluate(() => {
      const counted = window as unknown as { drawn: number };
      counted.drawn = 0;
      const drawing = document.querySelector("#surface svg") as Node;
      new MutationObserver(() => counted.drawn++).observe(drawing, { childList: true });
    });
    await page.selectOption("#speed", "10");
    const start = Date.now();
    await page.locator("#start").click();
    await trained(page);
    await page.waitForTimeout(1100);
    const drawn = await page.evaluate(() => (window as unknown as { drawn: number }).drawn);
    expect(drawn).toBeGreaterThan(1);
    expect(drawn).toBeLessThanOrEqual(2 + (Date.now() - start) / 1000);
    await close();
  });
});

describe("the form", () => {
  test("says what is wrong beside the field, and does not train", async (context) => {
    const { page, close } = await site.open(context, "file://", "train.html", wide);
    await page.fill("#learning-rate", "fast");
    await page.fill("#hidden-2", "1000");
    await page.locator("#features button", { hasText: "None" }).click();
    await page.locator("#start").click();
    expect(await page.locator("#learning-rate-problem").textContent()).toContain("Learning rate: a number from");
    expect(await page.locator("#hidden-problem").textContent()).toContain("(found 1000)");
    expect(await page.locator("#features-problem").textContent()).toBe("Choose at least one feature.");
    expect(await page.locator("#learning-rate").getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator("#state").textContent()).toBe("Not trained yet.");
    await page.getByRole("button", { name: "Study 2's network" }).click();
    expect(await page.locator(".problem:visible").count()).toBe(0);
    await close();
  });

  test("counts parameters, adds and removes layers", async (context) => {
    const { page, close } = await site.open(context, "file://", "train.html", wide);
    const parameters = page.locator(".parameters b");
    expect(await parameters.textContent()).toBe("3,137");
    await page.getByRole("button", { name: "Remove layer 1" }).click();
    expect(await parameters.textContent()).toBe(String(15 * 32 + 32 + 32 + 1));
    await page.getByRole("button", { name: "Add a layer" }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("hidden-2");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("4");
    expect(await parameters.textContent()).toBe(String(15 * 32 + 32 + 32 * 4 + 4 + 4 + 1));
    await close();
  });
});

describe("a link", () => {
  test("brings all settings along, and trains only when asked", async (context) => {
    const granted = { ...wide, permissions: ["clipboard-read", "clipboard-write"] };
    const { page, close } = await site.open(context, "http://", "train.html", granted);
    await page.fill("#dropout", "0.25");
    await page.selectOption("#optimizer", "rmsprop");
    await page.getByRole("checkbox", { name: "sections" }).uncheck();
    await page.getByLabel("the training rows only").check();
    // The address is the skip link's now, which must not cost the settings.
    await page.locator(".skip").press("Enter");
    await expect.poll(() => page.evaluate(() => location.hash)).toBe("#content");
    await page.waitForTimeout(100);
    await page.locator("#copy-link").click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await page.context().newPage();
    await other.goto(link);
    expect(await other.locator("#dropout").inputValue()).toBe("0.25");
    expect(await other.locator("#optimizer").inputValue()).toBe("rmsprop");
    expect(await other.getByRole("checkbox", { name: "sections" }).isChecked()).toBe(false);
    expect(await other.getByLabel("the training rows only").isChecked()).toBe(true);
    expect(await other.locator("#notice").textContent()).toContain("came with the link");
    expect(await other.locator("#state").textContent()).toBe("Not trained yet.");
    await close();
  });

  test("that is damaged or hostile says where, and the usual values stand", async (context) => {
    const damage = "data=70s&rate=%3Cimg%20src=x%20onerror=alert(1)%3E&hidden=64-9999&features=danceability,age&seed=7";
    const { page, complaints, close } = await site.open(context, "file://", `train.html#${damage}`, wide);
    expect(await page.locator("#notice").textContent()).toContain("damaged");
    expect(await page.locator("#learning-rate-problem").textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(await page.locator("#hidden-problem").textContent()).toContain("9999");
    expect(await page.locator("#features-problem").textContent()).toContain("age");
    expect(await page.locator("#learning-rate").inputValue()).toBe("0.001");
    expect(await page.locator("#data-of").inputValue()).toBe("70s");
    expect(await page.locator("#seed").inputValue()).toBe("7");
    expect(complaints).toEqual([]);
    await close();
  });

  test("that is damaged unfolds on a phone what is marked", async (context) => {
    const phone = { viewport: { width: 375, height: 800 } };
    const { page, close } = await site.open(context, "file://", "train.html#rate=fast", phone);
    expect(await page.locator("#learning-rate-problem").isVisible()).toBe(true);
    expect(await page.locator("#hidden").isVisible()).toBe(false);
    await close();
  });
});

describe("runs", () => {
  test("stand side by side, come back after a reload, load, download and go", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", "train.html#epochs=3&hidden=8", wide);
    await train(page);
    await page.fill("#dropout", "0.5");
    await train(page);
    const differs = page.locator("#runs .differs");
    expect(await differs.allTextContents()).toEqual([
      expect.stringContaining("90s, 15 features, 8 relu, Adam 0.001, 3 epochs"),
      expect.stringContaining("dropout 0 → 0.5"),
    ]);
    expect(await page.locator("#result-body").textContent()).toContain("have been looked at twice");
    expect(await page.locator("#runs path.line[d*=L]").count()).toBeGreaterThanOrEqual(2);
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as CSV" }).click();
    const csv = readFileSync(await (await downloading).path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(csv).toHaveLength(3);
    expect(csv[0]).toMatch(/^run,data,features,hidden,/);
    await page.reload();
    expect(await differs.count()).toBe(2);
    await train(page);
    expect(await page.locator("#result-body").textContent()).toContain("have been looked at 3 times");
    await page.getByRole("button", { name: "Remove run 3" }).click();
    await page.getByRole("button", { name: "Load the settings of run 1" }).click();
    expect(await page.locator("#dropout").inputValue()).toBe("0");
    await page.getByRole("button", { name: "Remove run 1" }).click();
    expect(await differs.count()).toBe(1);
    await page.getByRole("button", { name: "Remove all" }).click();
    await page.getByText("Each finished run comes here").waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
