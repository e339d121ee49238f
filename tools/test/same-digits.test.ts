import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import golden from "../../lib/test/kernels/golden/studies.json";
import { wasmFile } from "../front/kernels.mjs";
import { hashesOf, studiesScript } from "../front/same-digits.mjs";
import { launchBrowser } from "./browser";

/** What the bundled script leaves in a page. */
declare const studies: { trainStudies(wasm: Uint8Array): Record<string, Uint8Array> };

test("in a browser each study's network gets the same digits as in Node", async (context) => {
  const launched = await launchBrowser();
  if ("notRun" in launched) return context.skip(launched.notRun);
  const { browser } = launched;
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await studiesScript() });
    const wasm = readFileSync(wasmFile).toString("base64");
    const trained = await page.evaluate((text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      return Object.entries(studies.trainStudies(bytes)).map(([study, result]) => [study, Array.from(result)] as const);
    }, wasm);
    expect(hashesOf(Object.fromEntries(trained))).toEqual(golden);
  } finally {
    await browser.close();
  }
});
