import { describe, expect, test } from "vitest";
import { axeProblems, drawFigures } from "./open-page";
import { publishSamples } from "./sample";
import { useSite } from "./use-site";

const site = useSite(publishSamples);

describe("a reader", () => {
  const name = "01_sample.html";

  test("folds code, one cell or all, and finds it so again", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", name);
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
    const { page, close } = await site.open(context, "file://", name, { colorScheme: "light" });
    const dark = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor === "rgb(20, 23, 27)");
    await page.getByRole("button", { name: "Dark colours" }).click();
    expect(await dark()).toBe(true);
    await page.goto(site.address("file://", "index.html"));
    expect(await dark()).toBe(true);
    await page.getByRole("button", { name: "Light colours" }).click();
    expect(await dark()).toBe(false);
    await close();
  });

  test("copies code, hovers a figure, and nothing jumps when it becomes interactive", async (context) => {
    const { page, complaints, close } = await site.open(context, "http://", name, {
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

  test("enlarges a figure over the window, by mouse or keyboard, and comes back to where it was", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", name, {
      viewport: { width: 1200, height: 700 },
    });
    const enlarge = page.getByRole("button", { name: "Enlarge figure 1" });
    await enlarge.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Figure 1" });
    await dialog.locator(".frame[data-state=interactive]").waitFor();
    const plot = await dialog.locator(".plot").boundingBox();
    expect(plot?.width).toBeGreaterThan(1000);
    // The points of the enlarged drawing lie where the pointer is.
    await dialog.locator(".scatterlayer .point").nth(1).hover({ force: true });
    await dialog.locator(".hoverlayer .hovertext").first().waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await dialog.count()).toBe(0);
    expect(await enlarge.evaluate((button) => button === document.activeElement)).toBe(true);
    await enlarge.click();
    await page.getByRole("button", { name: "Close" }).click();
    expect(await page.locator("dialog .frame").count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  test("enlarges the picture where Plotly does not load", async (context) => {
    const { page, close } = await site.open(context, "file://", "index.html");
    await page.route("**/plotly.min.js", (route) => route.abort());
    await page.goto(site.address("file://", name));
    await page.getByRole("button", { name: "Enlarge figure 1" }).click();
    await page.locator("dialog .frame img").waitFor();
    expect((await page.locator("dialog .frame img").boundingBox())?.width).toBeGreaterThan(1000);
    await close();
  });

  test("without scripts, or on paper, sees the pictures", async (context) => {
    const plain = await site.open(context, "file://", name, { javaScriptEnabled: false });
    const picture = plain.page.locator("[data-figure] img").first();
    expect(await picture.isVisible()).toBe(true);
    expect(await plain.page.locator("[data-code-toggle]").isVisible()).toBe(false);
    await plain.close();
    const { page, close } = await site.open(context, "file://", name, { colorScheme: "dark" });
    await drawFigures(page);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("[data-figure] img").first().isVisible()).toBe(true);
    expect(await page.locator(".plot").first().isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    await close();
  });

  test("comes to the text by the skip link and to everything by the keyboard", async (context) => {
    const { page, close } = await site.open(context, "file://", name);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    const role = page.locator(".plot [role=img]").first();
    await drawFigures(page);
    expect(await role.getAttribute("aria-label")).toContain("Validation accuracy");
    await close();
  });
});
