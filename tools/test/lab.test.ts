import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listNotebooks } from "../front/notebooks.mjs";
import { launchBrowser } from "./browser";
import { root, scratchFolder, writeNotebook } from "./scratch";

interface Cell {
  readonly cell_type: string;
  readonly source: string | string[];
  readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
}

const plotly = "application/vnd.plotly.v1+json";
const oneFigure = [
  'import { show } from "hitlab";',
  'show.figure({ data: [{ type: "scatter", x: [1, 2, 3], y: [2, 1, 3] }], layout: {} }, { title: "It bends", alt: "A line" });',
];

/** The code of the first study up to its first figure; without a study, one figure of our own. */
function firstCells(): string[] {
  const name = listNotebooks().find((known: string) => known !== "00_index");
  if (!name) return oneFigure;
  const { cells } = JSON.parse(readFileSync(join(root, "notebooks", `${name}.ipynb`), "utf8")) as { cells: Cell[] };
  const code = cells.filter((cell) => cell.cell_type === "code");
  const at = code.findIndex((cell) => cell.outputs?.some(({ data }) => data && plotly in data));
  return at < 0 ? oneFigure : code.slice(0, at + 1).map((cell) => [cell.source].flat().join(""));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 8899;
}

let lab: ChildProcess | undefined;
let browser: Browser | undefined;
let notRun = "";
let said = "";
let address = "";
let folder = "";

/** Starts `npm run lab` as a user would; settings and run-time files of its own. */
async function startLab(): Promise<void> {
  const port = await freePort();
  const env = {
    ...process.env,
    HITLAB_EFFORT: "quick",
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
  };
  const args = [join(root, "tools", "lab.mjs"), "--no-browser", `--ServerApp.port=${port}`];
  lab = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      address = /http:\/\/127\.0\.0\.1:\d+\/lab\S*token=\w+/.exec(said)?.[0] ?? "";
      if (address) resolve();
    };
    lab?.stdout?.on("data", hear);
    lab?.stderr?.on("data", hear);
    lab?.on("close", () => reject(new Error(`JupyterLab ended: ${said}`)));
  });
  await untilAnswered(`${new URL(address).origin}/api`);
}

/** JupyterLab names its address a moment before it answers there. */
async function untilAnswered(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`JupyterLab does not answer: ${said}`);
}

beforeAll(async () => {
  const launched = await launchBrowser();
  if ("notRun" in launched) {
    notRun = launched.notRun;
    return;
  }
  browser = launched.browser;
  folder = scratchFolder("lab");
  mkdirSync(join(folder, "runtime"));
  writeNotebook(join(folder, "first_cells.ipynb"), firstCells());
  await startLab();
});

afterAll(async () => {
  await browser?.close();
  if (!lab || lab.exitCode !== null) return;
  const ended = new Promise((resolve) => lab?.on("close", resolve));
  lab.kill("SIGTERM");
  await ended;
});

test("JupyterLab listens on this computer only, and wants its token", async (context) => {
  if (notRun) return context.skip(notRun);
  const { origin, searchParams } = new URL(address);
  expect(searchParams.get("token")).toMatch(/^\w{20,}$/);
  expect((await fetch(`${origin}/api/contents`)).status).toBe(403);
  // What a user reads before the address: no stack trace of a program of JupyterLab's.
  expect(said).not.toMatch(/Fail to get|Error:/);
  const specs = await fetch(`${origin}/api/kernelspecs?token=${searchParams.get("token")}`);
  const { kernelspecs } = (await specs.json()) as { kernelspecs: Record<string, { spec: { display_name: string } }> };
  expect(kernelspecs.tslab?.spec.display_name).toBe("TypeScript");
});

test("in a real browser a notebook's first cells run and show an interactive figure", async (context) => {
  if (notRun || !browser) return context.skip(notRun);
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  const { origin, searchParams } = new URL(address);
  const file = relative(root, join(folder, "first_cells.ipynb")).replaceAll("\\", "/");
  await page.goto(`${origin}/lab/tree/${file}?token=${searchParams.get("token")}`);
  await page.waitForSelector(".jp-NotebookPanel .jp-CodeCell", { timeout: 60_000 });
  // Asked to run before its kernel is up, the Lab would ask for a kernel instead.
  await page.locator("#jp-main-statusbar", { hasText: "TypeScript | Idle" }).waitFor({ timeout: 60_000 });
  await page.locator(".lm-MenuBar-itemLabel", { hasText: /^Run$/ }).click();
  await page.locator(".lm-Menu-itemLabel", { hasText: /^Run All Cells$/ }).click();
  const figure = page.locator(".js-plotly-plot").first();
  const complaint = page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]').first();
  try {
    await figure.or(complaint).first().waitFor({ state: "visible", timeout: 150_000 });
    expect(await complaint.allTextContents()).toEqual([]);
    await figure.scrollIntoViewIfNeeded();
  } finally {
    await page.screenshot({ path: join(folder, "lab.png") });
  }
  expect(await figure.locator("svg.main-svg").count()).toBeGreaterThan(0);
  // Interactive: pointing at it brings up the tools that a picture does not have.
  await figure.hover();
  expect(await figure.locator(".modebar-btn").count()).toBeGreaterThan(0);
  expect(await complaint.count()).toBe(0);
  await page.close();
});
