import { expect, test } from "vitest";
import { launchBrowser } from "./browser";

test("a real browser starts, runs scripts and draws", async (context) => {
  const launched = await launchBrowser();
  if ("notRun" in launched) return context.skip(launched.notRun);
  const { browser } = launched;
  try {
    const page = await browser.newPage();
    await page.setContent("<p id=p></p><script>p.textContent = [1, 2].map((n) => n * 2)</script>");
    expect(await page.textContent("#p")).toBe("2,4");
    await page.close();
    const second = await browser.newPage();
    expect((await second.screenshot()).length).toBeGreaterThan(1000);
  } finally {
    await browser.close();
  }
});
