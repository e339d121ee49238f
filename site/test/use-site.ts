import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, type TestContext } from "vitest";
import { serve } from "../../tools/site/serve.mjs";
import { launchBrowser } from "../../tools/test/browser";
import { looks, type Opened, openPage } from "./open-page";
import { scratch } from "./sample";

export type Scheme = "file://" | "http://";

export const schemes: readonly Scheme[] = ["file://", "http://"];

/** Each look from files, and one over http: the same files come both ways, and look the same. */
export const ways = [
  ...looks.map((look) => ({ scheme: "file://" as Scheme, ...look })),
  ...looks.filter(({ look }) => look === "1440 px, light").map((look) => ({ scheme: "http://" as Scheme, ...look })),
];

/**
 * A site in a temporary folder, a browser and a server for it, all started once for a test file and closed after it.
 *
 * @param write publishes into the folder it is given; the site then lies in `folder/site`
 * @example
 * ```ts
 * const site = useSite(publishSamples);
 * test("opens", async (context) => {
 *   const { page, complaints, close } = await site.open(context, "file://", "train.html", { colorScheme: "dark" });
 *   expect(complaints).toEqual([]);
 *   await close();
 * });
 * ```
 */
export function useSite(write: (folder: string) => Promise<unknown>) {
  const { folder, remove } = scratch();
  const home = { "file://": `${pathToFileURL(join(folder, "site")).href}/`, "http://": "" };
  let launched: Awaited<ReturnType<typeof launchBrowser>>;
  let server: { close: () => Promise<void> } | undefined;
  beforeAll(async () => {
    await write(folder);
    const served = await serve({ folder: join(folder, "site") });
    server = served;
    home["http://"] = served.address;
    launched = await launchBrowser();
  });
  afterAll(async () => {
    if ("browser" in launched) await launched.browser.close();
    await server?.close();
    remove();
  });
  return {
    /** Where the pages lie. */
    folder: join(folder, "site"),
    address: (scheme: Scheme, name: string) => home[scheme] + name,
    /** Opens a page, by its file's name and anything after it ("train.html#x"). Skips the test without a browser. */
    open(context: TestContext, scheme: Scheme, name: string, options: BrowserContextOptions = {}): Promise<Opened> {
      if ("notRun" in launched) return context.skip(launched.notRun);
      return openPage(launched.browser, home[scheme] + name, options);
    },
  };
}
