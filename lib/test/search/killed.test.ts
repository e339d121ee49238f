import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { root } from "../../src/paths";

const folder = mkdtempSync(join(tmpdir(), "hitlab-killed-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A search in a Node of its own, as a kernel would run it; it ends by writing its table and notes. */
function program(log?: string): string {
  const built = (file: string) => JSON.stringify(join(root, "lib", "dist", file));
  return `
    const tf = require("@tensorflow/tfjs");
    const { networks, matrix, openBackend, prepare, random, search } = require(${built("index.js")});
    const rng = random(1);
    const x = matrix(400, 5, Float64Array.from({ length: 2000 }, () => rng.normal()));
    const y = Float64Array.from({ length: 400 }, (_, row) => x.data[5 * row] + 0.1 * rng.normal());
    (async () => {
      await openBackend();
      const found = await search.grid({
        grid: { rate: [0.001, 0.01, 1e10], units: [16, 32], epochs: [40, 80] },
        folds: prepare.kFold({ x, y, info: {} }, { folds: 3 }),
        build: ({ rate, units }, { inputs, seed }) => {
          const zeros = { kernelInitializer: "zeros" };
          const model = tf.sequential();
          model.add(tf.layers.dense({ units, inputShape: [inputs], activation: "relu", ...zeros }));
          model.add(tf.layers.dense({ units: 1, ...zeros }));
          networks.initializeWeights(model, seed);
          model.compile({ optimizer: tf.train.adam(rate), loss: "meanSquaredError" });
          return model;
        },
        options: ({ epochs }) => ({ epochs, batchSize: 8 }),
        score: "mse",
        workers: 2,
        log: ${JSON.stringify(log)},
      });
      const fromLog = found.fits.filter(({ history }) => history?.note?.endsWith("taken from the log")).length;
      console.log(JSON.stringify({ table: found.table(), predicted: [...found.outOfFold()], fromLog }));
    })();`;
}

const lines = (log: string) => (existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0);

const whole = (code: string) =>
  JSON.parse(execFileSync(process.execPath, ["-e", code], { cwd: root, encoding: "utf8" }));

it("a search that SIGKILL ended in the middle goes on from its log and gives the same table", async () => {
  const log = join(folder, "log.jsonl");
  const child = spawn(process.execPath, ["-e", program(log)], { cwd: root, stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("exit", (_code, signal) => resolve(signal)));
  while (lines(log) < 5 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  const done = lines(log);
  expect(done).toBeLessThan(24);
  const [again, unbroken] = [whole(program(log)), whole(program())];
  expect(again.fromLog).toBe(done);
  expect({ ...again, fromLog: 0 }).toEqual(unbroken);
  // 24 of 36 fits are trained, each once: the other 12 diverge, which the log does not keep.
  expect(lines(log)).toBe(24);
}, 60_000);
