import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium as playwright } from "playwright-core";

const require = createRequire(import.meta.url);

/**
 * A real headless browser for tests: the Chromium that comes from npm where it runs (Linux x64), else an installed
 * Chrome or Edge. Where there is none the reason comes back, so that a test can say "not run" instead of failing.
 *
 * @example
 * ```ts
 * const launched = await launchBrowser();
 * if ("notRun" in launched) return context.skip(launched.notRun);
 * const page = await launched.browser.newPage();
 * ```
 */
export async function launchBrowser(): Promise<{ browser: Browser } | { notRun: string }> {
  const reasons: string[] = [];
  const ways: [string, () => Promise<Browser>][] = [
    ["Chrome", () => playwright.launch({ channel: "chrome", headless: true })],
    ["Edge", () => playwright.launch({ channel: "msedge", headless: true })],
  ];
  if (process.platform === "linux" && process.arch === "x64") ways.unshift(["Chromium from npm", launchBundled]);
  for (const [name, launch] of ways) {
    try {
      return { browser: await launch() };
    } catch (error) {
      reasons.push(`${name}: ${firstLine(error)}`);
    }
  }
  return { notRun: `not run: no browser starts here (${reasons.join("; ")})` };
}

/** Starts the npm Chromium; where the system lacks its libraries (a bare container), with those it brings along. */
async function launchBundled(): Promise<Browser> {
  const { folder, args } = await unpack();
  const executablePath = join(folder, "chromium");
  const env = { ...process.env } as Record<string, string>;
  try {
    return await playwright.launch({ executablePath, args, env, headless: true });
  } catch (error) {
    if (!/shared librar|cannot open shared object/.test(String(error))) throw error;
    const libraries = [join(folder, "al2023", "lib"), env.LD_LIBRARY_PATH].filter(Boolean).join(":");
    const withLibraries = { ...env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, "fonts") };
    return playwright.launch({ executablePath, args, env: withLibraries, headless: true });
  }
}

/**
 * Unpacks the browser once per version, into node_modules/.cache. The package itself would unpack into the system's
 * temporary folder under a fixed name, where a half-written or another version's file would be taken for the browser.
 */
async function unpack(): Promise<{ folder: string; args: string[] }> {
  const main = require.resolve("@sparticuz/chromium");
  const home = join(dirname(main), "..", "..");
  const { default: bundled } = await import("@sparticuz/chromium");
  const { version } = require(join(home, "package.json")) as { version: string };
  const cache = join(home, "..", "..", ".cache", "hitlab-browser");
  const folder = join(cache, version);
  if (!existsSync(folder)) {
    const part = join(cache, `${version}.${process.pid}`);
    mkdirSync(part, { recursive: true });
    await within(part, async () => {
      await bundled.executablePath();
      const tools = (await import(pathToFileURL(join(home, "build", "esm", "lambdafs.js")).href)) as {
        inflate(file: string): Promise<string>;
      };
      await tools.inflate(join(home, "bin", "al2023.tar.br"));
    });
    if (existsSync(folder)) rmSync(part, { recursive: true });
    else renameSync(part, folder);
  }
  // One process for all is a crutch for AWS Lambda (closing one page ends the browser); the two others hide faults.
  const unwanted = ["--single-process", "--disable-web-security", "--allow-running-insecure-content"];
  return { folder, args: bundled.args.filter((arg) => !unwanted.includes(arg)) };
}

/** Runs `work` while the system's temporary folder is `folder` (the package asks for it at each step). */
async function within(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
}
