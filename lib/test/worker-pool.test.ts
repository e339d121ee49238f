import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../src/paths";
import { doJobs, type PoolSettings } from "../src/worker-pool";

const folder = mkdtempSync(join(tmpdir(), "hitlab-pool-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A job is JavaScript for the worker; `turns` is shared with it. */
interface Job {
  readonly code: string;
  readonly turns: Int32Array;
}

/** Workers run what was built. */
const built = (file: string) => JSON.stringify(join(root, "lib", "dist", file));
const file = join(folder, "worker.js");
writeFileSync(
  file,
  `const { serveJobs } = require(${built("worker-pool.js")});
   const { HitlabError } = require(${built("errors.js")});
   serveJobs(async ({ code, turns }, tell) => eval("(async () => {" + code + "})()"));`,
);

const turns = new Int32Array(new SharedArrayBuffer(4));
const forever = "while (true) Atomics.add(turns, 0, 1)";

async function run(codes: readonly string[], settings: Partial<PoolSettings<Job, unknown>> = {}): Promise<unknown[]> {
  const told: unknown[] = [];
  const jobs: Job[] = codes.map((code) => ({ code, turns }));
  await doJobs<Job, unknown>(jobs, {
    file,
    workers: 2,
    name: (job) => `job ${jobs.indexOf(job)}`,
    data: (job) => job,
    told: (_job, message) => told.push(message),
    ...settings,
  });
  return told;
}

/** Whether a worker with the job `forever` is at it. */
async function turning(): Promise<boolean> {
  const before = Atomics.load(turns, 0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return Atomics.load(turns, 0) !== before;
}

describe("doJobs", () => {
  it("does every job once, and the workers are used again", async () => {
    const code = (i: number) => `globalThis.jobs = (globalThis.jobs ?? 0) + 1; tell([${i}, globalThis.jobs])`;
    const told = (await run([0, 1, 2, 3, 4, 5, 6].map(code))) as [number, number][];
    expect(told.map(([job]) => job).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(Math.max(...told.map(([, nth]) => nth))).toBeGreaterThan(1);
    expect(await run([])).toEqual([]);
  });

  it("names the job that failed, keeps its sentence, and stops the others", async () => {
    const fails = "throw new HitlabError({ what: 'too steep', value: 7, remedy: 'lower the rate' })";
    await expect(run([forever, fails])).rejects.toThrow("job 1: too steep (found 7). To mend it: lower the rate.");
    await expect(run([forever, "null.x"])).rejects.toThrow(/^job 1: TypeError.*null/);
    expect(await turning()).toBe(false);
  });

  it("says that a worker died, of what, and what it last wrote", async () => {
    await expect(run([forever, "process.exit(7)"])).rejects.toThrow(/^job 1: its worker died: it ended with status 7/);
    const loses = "console.log('last'); setTimeout(() => { throw new Error('lost') }, 50); await new Promise(() => {})";
    await expect(run([loses])).rejects.toThrow(/^job 0: its worker died: Error: lost \(it wrote: last\)/);
    const hoards = "const all = []; while (true) all.push(Array.from({ length: 1e5 }, String))";
    await expect(run([forever, hoards], { heapMb: 20 })).rejects.toThrow(/^job 1: its worker died: .*memory/);
    expect(await turning()).toBe(false);
  });

  it("says so when the worker's file is not there", async () => {
    const none = join(folder, "none.js");
    await expect(run(["tell(1)"], { file: none })).rejects.toThrow(/^job 0: its worker died: .*none\.js/);
  });

  it("stops at once when the signal aborts, also before the start", async () => {
    const controller = new AbortController();
    const started: Job[] = [];
    const settings = { signal: controller.signal, started: (job: Job) => started.push(job) };
    const going = run([forever, forever, forever], settings);
    while (!(await turning()));
    controller.abort(new Error("enough"));
    await expect(going).rejects.toThrow("enough");
    expect(await turning()).toBe(false);
    await expect(run([forever], settings)).rejects.toThrow("enough");
    expect(started).toHaveLength(2);
  });

  it("ends when the receiver of the messages throws", async () => {
    const told = () => {
      throw new Error("no more");
    };
    await expect(run(["tell(1); await new Promise(() => {})", forever], { told })).rejects.toThrow("no more");
    expect(await turning()).toBe(false);
  });
});
