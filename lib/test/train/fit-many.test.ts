import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { HitlabError } from "../../src/errors";
import { root } from "../../src/paths";
import { type FitOptions, fit, fitMany, type History, halveEvery, type Trial, type TrialResult } from "../../src/train";
import { weightsOf } from "../../src/train/weights";
import { toyModel, toySamples } from "./toy";

const folder = mkdtempSync(join(tmpdir(), "hitlab-many-"));
beforeAll(async () => {
  await openBackend();
});
afterAll(() => rmSync(folder, { recursive: true }));

const train = toySamples(120, 3);
const validation = toySamples(50, 4);
const sampleWeights = Float64Array.from(train.y, (y) => 1 + y);

/** What a trial is to end with, whoever trains it. */
function outcome(model: tf.LayersModel, { seconds, note, ...history }: History) {
  return { weights: weightsOf(model), history };
}

const trial = (id: string, options: FitOptions, model: tf.LayersModel = toyModel()): Trial => ({
  id,
  model,
  train,
  options,
});

/** Trials of many kinds; two differ in their epochs only, and one stops early. */
function mixedTrials(): Trial[] {
  const long = { epochs: 6, validation, batchSize: 16 };
  return [
    trial("short", { ...long, epochs: 3 }),
    trial("long", long),
    trial("weighted", { epochs: 3, seed: 7, sampleWeights }),
    trial("rmsprop", { epochs: 2, schedule: halveEvery(1) }, toyModel(2, tf.train.rmsprop(0.01))),
    trial("early", { epochs: 40, validation, earlyStopping: { patience: 2 } }, toyModel(2, tf.train.adam(0.3))),
    trial("sgd", { epochs: 5, batchSize: 120 }, toyModel(3, tf.train.sgd(0.1))),
  ];
}

/** What `fit` makes of the same trials, one after the other. */
async function alone(trials: readonly Trial[]) {
  const outcomes: ReturnType<typeof outcome>[] = [];
  for (const { model, train, options } of trials) outcomes.push(outcome(model, await fit(model, train, options)));
  return outcomes;
}

const outcomes = (results: readonly TrialResult[]) => results.map(({ model, history }) => outcome(model, history));
const notes = (results: readonly TrialResult[]) => results.map(({ history }) => history.note);

/** A run that its result number `count` stops, as a kill would; returns how many results there were. */
async function killedAfter(count: number, trials: readonly Trial[], log: string): Promise<number> {
  let seen = 0;
  const onResult = () => {
    if (++seen === count) throw new Error("killed");
  };
  await expect(fitMany(trials, { workers: 1, log, onResult })).rejects.toThrow("killed");
  return seen;
}

describe("fitMany", () => {
  it.each([1, 2, 3])("with %i workers gives what fit gives, to the bit and in order", async (workers) => {
    const trials = mixedTrials();
    const heard: string[] = [];
    const results = await fitMany(trials, { workers, onResult: ({ id }) => heard.push(id) });
    expect(outcomes(results)).toEqual(await alone(mixedTrials()));
    expect(results.map(({ id }) => id)).toEqual(trials.map(({ id }) => id));
    expect(results.map(({ model }) => model)).toEqual(trials.map(({ model }) => model));
    expect(heard.sort()).toEqual(trials.map(({ id }) => id).sort());
    expect(results.every(({ history }) => history.engine === "kernels")).toBe(true);
  });

  it("has nothing to do for no trials", async () => {
    expect(await fitMany([])).toEqual([]);
  });

  it("leaves the optimizer's memory for a further fit, as fit does", async () => {
    const [many, once] = [mixedTrials(), mixedTrials()];
    await fitMany(many, { workers: 2 });
    await alone(once);
    expect(await alone(many)).toEqual(await alone(once));
    // And takes it up itself.
    expect(outcomes(await fitMany(many, { workers: 2 }))).toEqual(await alone(once));
  });

  it("leaves no tensors behind, and hears each trial's own progress", async () => {
    const told: [number, number][] = [];
    const progress = (done: number, total: number) => told.push([done, total]);
    const trials = [trial("a", { epochs: 2, progress }), trial("b", { epochs: 3, validation })];
    const before = tf.memory().numTensors;
    await fitMany(trials);
    expect(tf.memory().numTensors).toBe(before);
    expect(told.at(-1)).toEqual([2, 2]);
  });

  it("tells the whole progress: it never falls, names what runs, and reaches the whole once", async () => {
    const told: { done: number; total: number; text: string }[] = [];
    const trials = mixedTrials();
    await fitMany(trials, { workers: 2, progress: (done, total, text) => told.push({ done, total, text }) });
    const shares = told.map(({ done }) => done);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(told.filter(({ done, total }) => done === total)).toHaveLength(1);
    expect(told.map(({ text }) => text)).toContain('0 of 6 done, 1 running: "early"');
    expect(told.at(-1)).toEqual({ done: 6, total: 6, text: "6 of 6 done" });
  });
});

describe("trials that differ in their epochs only", () => {
  const shared = (options: Partial<FitOptions>, rate: number): Trial[] =>
    [4, 30, 2, 30].map((epochs, at) =>
      trial(`${at}`, { epochs, validation, ...options }, toyModel(2, tf.train.adam(rate))),
    );

  it("are trained once, and each ends as if alone; their seconds sum up to the one training's", async () => {
    const results = await fitMany(shared({ schedule: halveEvery(3) }, 0.01), { workers: 2 });
    expect(outcomes(results)).toEqual(await alone(shared({ schedule: halveEvery(3) }, 0.01)));
    expect(notes(results)[0]).toBe('trained together with "1", "3", "2"');
    expect(results.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(results[1].history.seconds, 9);
    expect(results[2].history.seconds).toBeLessThan(results[1].history.seconds);
  });

  it.each([true, false])("stop early each for itself (restoreBestWeights: %s)", async (restoreBestWeights) => {
    const make = () => shared({ earlyStopping: { patience: 2, restoreBestWeights } }, 0.3);
    const results = await fitMany(make(), { workers: 2 });
    expect(outcomes(results)).toEqual(await alone(make()));
    expect(results[1].history.epochs).toBeLessThan(30);
    expect(notes(results)[1]).toMatch(/^stopped early: .*; trained together with/);
  });

  it("are trained apart where the learning rates of the common epochs differ", async () => {
    const make = () =>
      [2, 4].map((epochs) => {
        const schedule = { name: "down to 0", rate: (epoch: number) => 0.01 * (1 - epoch / (epochs + 1)) };
        return trial(`${epochs}`, { epochs, schedule });
      });
    const results = await fitMany(make());
    expect(outcomes(results)).toEqual(await alone(make()));
    expect(notes(results)).toEqual([undefined, undefined]);
  });

  it("are named in the note, of many the first three", async () => {
    const trials = [1, 2, 3, 4, 5].map((epochs) => trial(`${epochs}`, { epochs }));
    expect(notes(await fitMany(trials))[0]).toBe('trained together with "5", "4", "3" and 1 more');
  });

  it("are the same when their equal data come from different objects", async () => {
    const trials = [2, 3].map((epochs): Trial => ({ ...trial(`${epochs}`, { epochs }), train: toySamples(120, 3) }));
    expect(notes(await fitMany(trials))).toEqual(['trained together with "3"', 'trained together with "2"']);
  });
});

describe("with a log", () => {
  it("a killed run goes on from it and ends as an unbroken one", async () => {
    const log = join(folder, "killed.jsonl");
    expect(await killedAfter(3, mixedTrials(), log)).toBe(3);
    appendFileSync(log, '{"fingerprint":"cut o');
    const results = await fitMany(mixedTrials(), { workers: 2, log });
    expect(outcomes(results)).toEqual(await alone(mixedTrials()));
    const fromLog = results.filter(({ history }) => history.note?.endsWith("taken from the log"));
    expect(fromLog).toHaveLength(3);
    expect(fromLog.map(({ seconds }) => seconds)).toEqual([0, 0, 0]);
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).id).sort()).toEqual(
      mixedTrials()
        .map(({ id }) => id)
        .sort(),
    );
    expect((await fitMany(mixedTrials(), { log })).every(({ seconds }) => seconds === 0)).toBe(true);
  });

  it("tells first how far the log has brought it", async () => {
    const log = join(folder, "first.jsonl");
    await fitMany([trial("a", { epochs: 1 })], { log });
    const told: [number, string][] = [];
    const progress = (done: number, _total: number, text: string) => told.push([done, text]);
    await fitMany([trial("a", { epochs: 1 }), trial("b", { epochs: 3 })], { log, progress });
    expect(told[0]).toEqual([0.5, "1 of 2 done"]);
  });

  it("takes nothing that another seed, model, metric, schedule or set of rows would give", async () => {
    const log = join(folder, "others.jsonl");
    const rate = (factor: number) => ({ name: "own", rate: (_epoch: number, initial: number) => factor * initial });
    const unmeasured = () => {
      const model: tf.LayersModel = toyModel();
      model.compile({ optimizer: tf.train.adam(0.01), loss: "binaryCrossentropy" });
      return model;
    };
    const make = [
      () => trial("t", { epochs: 1, schedule: rate(0.25) }),
      () => trial("t", { epochs: 1 }, unmeasured()),
      () => trial("t", { epochs: 1 }),
      () => trial("t", { epochs: 1, schedule: rate(0.5) }),
      () => trial("t", { epochs: 1, seed: 1 }),
      () => trial("t", { epochs: 1 }, toyModel(5)),
      (): Trial => ({ ...trial("t", { epochs: 1 }), train: validation }),
    ];
    for (const one of make) expect(notes(await fitMany([one()], { log }))).toEqual([undefined]);
    for (const one of make) expect(notes(await fitMany([one()], { log }))).toEqual(["taken from the log"]);
  });
});

it("a result from the log goes on with the next epochs' shuffles and masks", async () => {
  const log = join(folder, "goes-on.jsonl");
  // Gradient descent remembers nothing: what is left of the first training is its weights and its epochs.
  const make = () => toyModel(1, tf.train.sgd(0.1));
  const [whole, inTwo] = [make(), make()];
  await fitMany([trial("once", { epochs: 3 }, make())], { log });
  expect(notes(await fitMany([trial("once", { epochs: 3 }, inTwo)], { log }))).toEqual(["taken from the log"]);
  await fit(inTwo, train, { epochs: 1 });
  await fit(whole, train, { epochs: 4 });
  expect(weightsOf(inTwo)).toEqual(weightsOf(whole));
});

it("a trial with a checkpoint goes on from it", async () => {
  const checkpoint = join(folder, "checkpoints");
  const make = (progress?: FitOptions["progress"]) => trial("kept", { epochs: 6, validation, checkpoint, progress });
  const kill = (done: number, _total: number, text: string) => {
    if (text.startsWith("epoch 4:") && done === 4) throw new Error("killed");
  };
  const killed = make(kill);
  await expect(fit(killed.model, killed.train, killed.options)).rejects.toThrow("killed");
  expect(readdirSync(checkpoint)).toHaveLength(1);
  const results = await fitMany([make(), { ...make(), id: "twin" }]);
  expect(notes(results)[0]).toBe('resumed after epoch 4; trained together with "twin"');
  expect(outcomes(results)).toEqual(await alone([make(), make()]));
  expect(readdirSync(checkpoint)).toEqual([]);
});

describe("stops", () => {
  const endless = (id: string) => trial(id, { epochs: 200_000 });

  it.each(["of the call", "of a trial"])("when a signal %s aborts, and says what is done and kept", async (whose) => {
    const controller = new AbortController();
    const { signal } = controller;
    const log = join(folder, `${whose}.jsonl`);
    const [short, long] = [trial("short", { epochs: 1, seed: 1 }), endless("long")];
    const trials = whose === "of a trial" ? [short, { ...long, options: { ...long.options, signal } }] : [short, long];
    const options = { workers: 2, log, ...(whose === "of the call" ? { signal } : {}) };
    const going = fitMany(trials, { ...options, onResult: () => controller.abort() });
    await expect(going).rejects.toThrow(/stopped when 1 of 2 trials were done; .*jsonl keeps them.*go on from there/);
    await expect(going).rejects.toBeInstanceOf(HitlabError);
    expect(notes(await fitMany([trial("short", { epochs: 1, seed: 1 })], { log }))).toEqual(["taken from the log"]);
  });

  it("before any work when the signal has aborted already", async () => {
    const going = fitMany([endless("long")], { signal: AbortSignal.abort() });
    await expect(going).rejects.toThrow(/stopped when 0 of 1 trials were done.*with a log/);
  });

  it("at the first trial that fails, naming it and keeping its sentence", async () => {
    const steep = () => {
      const model: tf.LayersModel = toyModel();
      model.compile({ optimizer: tf.train.sgd(1e30), loss: "meanSquaredError" });
      return { ...trial("steep", { epochs: 9 }, model), train: { ...train, y: train.y.map((y) => 1e30 * y) } };
    };
    await expect(fitMany([endless("long"), steep()], { workers: 2 })).rejects.toThrow(
      /^trial "steep": the loss stopped being a finite number in epoch 1\. To mend it: lower the learning rate/,
    );
  });

  it("before any work on what fit refuses and on what comes twice", async () => {
    const onResult = () => expect.unreachable("nothing may be trained");
    const refused = (trials: Trial[], options = {}) => expect(fitMany(trials, { onResult, ...options })).rejects;
    const fine = () => trial("fine", { epochs: 1 });
    await refused([fine(), trial("none", { epochs: 0 })]).toThrow(/^trial "none": epochs must be a whole number/);
    await refused([fine(), trial("odd", { epochs: 1, seed: 0.5 })]).toThrow(/^trial "odd": a seed must be a whole/);
    await refused([trial("", { epochs: 1 }), trial("", { epochs: 1 })]).toThrow(/two trials have the same id/);
    await refused([fine(), fine()]).toThrow(/two trials have the same id \(found "fine"\)/);
    const { model } = fine();
    await refused([trial("a", { epochs: 1 }, model), trial("b", { epochs: 2 }, model)]).toThrow(/same model: "a", "b"/);
    const optimizer = tf.train.adam(0.01);
    const both = ["a", "b"].map((id) => trial(id, { epochs: 1 }, toyModel(1, optimizer)));
    await refused(both).toThrow(/same optimizer: "a", "b"/);
    for (const workers of [0, 1.5, Number.NaN]) await refused([fine()], { workers }).toThrow(/workers must be a whole/);
  });
});

describe("failures that are kept", () => {
  const onError = "keep";
  const steep = (id: string, epochs: number, engine?: FitOptions["engine"]) => {
    const model: tf.LayersModel = toyModel();
    model.compile({ optimizer: tf.train.sgd(1e30), loss: "meanSquaredError" });
    return { ...trial(id, { epochs, engine }, model), train: { ...train, y: train.y.map((y) => 1e30 * y) } };
  };
  const diverged =
    "the loss stopped being a finite number in epoch 1. To mend it: lower the learning rate or scale the";

  it.each([1, 2])("leave the others with %i workers as they are", async (workers) => {
    const heard: string[] = [];
    const told: [number, number, string][] = [];
    const trials = [steep("a", 9), ...mixedTrials(), steep("b", 4), steep("c", 2, "tfjs")];
    const results = await fitMany(trials, {
      ...{ workers, onError, onResult: ({ id }) => heard.push(id) },
      progress: (done, total, text) => told.push([done, total, text]),
    });
    const failures = results.filter(({ error }) => error);
    expect(results.map(({ id }) => id)).toEqual(trials.map(({ id }) => id));
    expect(failures.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    for (const { error } of failures) {
      expect(error).toBeInstanceOf(HitlabError);
      expect(error?.message.startsWith(diverged)).toBe(true);
    }
    const trained = results.filter((result) => !result.error);
    expect(outcomes(trained)).toEqual(await alone(mixedTrials()));
    expect(heard.sort()).toEqual(trained.map(({ id }) => id).sort());
    expect(told.filter(([done, total]) => done === total)).toEqual([[9, 9, "9 of 9 done"]]);
  });

  it("leave trials of the same run that end before as they are, and the log without a line", async () => {
    const log = join(folder, "late.jsonl");
    // Steep only from the fourth epoch on.
    const schedule = { name: "late", rate: (epoch: number) => (epoch < 4 ? 0.01 : 1e30) };
    const make = (epochs: number) => {
      const model: tf.LayersModel = toyModel();
      model.compile({ optimizer: tf.train.sgd(0.01), loss: "meanSquaredError" });
      return trial(`${epochs}`, { epochs, schedule }, model);
    };
    for (const workers of [1, 2]) {
      const results = await fitMany([3, 9, 6].map(make), { workers, onError, log });
      expect(results.map(({ error }) => error?.fault.what)).toEqual([
        undefined,
        ...[4, 4].map((epoch) => `the loss stopped being a finite number in epoch ${epoch}`),
      ]);
      expect(outcomes(results.filter((result) => !result.error))).toEqual(await alone([make(3)]));
    }
    expect(readFileSync(log, "utf8").trimEnd().split("\n")).toHaveLength(1);
  });

  it("are those of trainings: what is refused before any work, a mistake of the caller and a stop end all", async () => {
    await expect(fitMany([trial("none", { epochs: 0 })], { onError })).rejects.toThrow(/^trial "none": epochs must/);
    const onResult = () => {
      throw new Error("own mistake");
    };
    await expect(fitMany([trial("fine", { epochs: 1 })], { onError, onResult })).rejects.toThrow("own mistake");
    const going = fitMany([trial("fine", { epochs: 1 })], { onError, signal: AbortSignal.abort() });
    await expect(going).rejects.toThrow(/stopped when 0 of 1/);
    await expect(fitMany([], { onError: "ignore" as never })).rejects.toThrow(/onError is "throw" or "keep"/);
  });
});

describe("models that the kernels do not support", () => {
  const own = (id: string, engine?: FitOptions["engine"]) => {
    const model: tf.LayersModel = toyModel();
    const loss = (labels: tf.Tensor, output: tf.Tensor) => tf.losses.meanSquaredError(labels, output);
    model.compile({ optimizer: tf.train.adam(0.01), loss: loss as never, metrics: ["accuracy"] });
    return trial(id, { epochs: 2, engine }, model);
  };

  it("are trained by tfjs beside the others, with progress and log", async () => {
    const log = join(folder, "tfjs.jsonl");
    const make = () => [own("own"), trial("toy", { epochs: 2 }), trial("asked", { epochs: 2, engine: "tfjs" })];
    const told: string[] = [];
    const results = await fitMany(make(), { log, progress: (_done, _total, text) => told.push(text) });
    expect(results.map(({ history }) => history.engine)).toEqual(["tfjs wasm", "kernels", "tfjs wasm"]);
    expect(outcomes(results)).toEqual(await alone(make()));
    expect(told).toContain('1 of 3 done, 1 running: "own"');
    expect(outcomes(await fitMany(make(), { log }))).toEqual(outcomes(results));
  });

  it("stop with the signal, and are refused where the kernels are asked for", async () => {
    const controller = new AbortController();
    const onResult = () => controller.abort();
    const going = fitMany([own("a"), own("b")], { signal: controller.signal, onResult });
    await expect(going).rejects.toThrow(/stopped when 1 of 2/);
    await expect(fitMany([own("own", "kernels")])).rejects.toThrow(/^trial "own": the kernels cannot train this model/);
  });
});

describe("the process", () => {
  /** Runs JavaScript in a Node of its own, which must end by itself. */
  const ran = (code: string, ...flags: string[]) => {
    const options = { cwd: root, encoding: "utf8", stdio: "pipe", timeout: 25_000 } as const;
    return execFileSync(process.execPath, [...flags, "-e", code], options).trim();
  };
  const built = (file: string) => JSON.stringify(join(root, "lib", "dist", file));

  it("can end after a failure: no worker is left", () => {
    const code = `
      const { doJobs } = require(${built("worker-pool.js")});
      const { kernelsModule } = require(${built("kernels/index.js")});
      const pool = { file: ${built("train/fit-worker.js")}, workers: 2, workerData: kernelsModule() };
      doJobs([{}, {}], { ...pool, name: () => "job", data: (job) => job, told: () => {} })
        .catch((error) => console.log(error.name, error.message));`;
    expect(ran(code)).toMatch(/^HitlabError job: TypeError/);
  });

  it("starts its workers without tfjs", () => {
    const code = `
      try { require(${built("train/fit-worker.js")}) } catch {}
      const loaded = (word) => Object.keys(require.cache).some((file) => file.includes(word));
      console.log(loaded("tensorflow"), loaded("kernel-trainer"));`;
    expect(ran(code)).toBe("false true");
  });

  it("shares inputs and targets once for all trials, and gives their memory back", () => {
    const code = `
      // Node makes a small shared buffer of its own when this is first loaded.
      require("node:worker_threads");
      let [made, freed] = [0, 0];
      const registry = new FinalizationRegistry(() => freed++);
      globalThis.SharedArrayBuffer = class extends SharedArrayBuffer {
        constructor(bytes) { super(bytes); made++; registry.register(this); }
      };
      const tf = require("@tensorflow/tfjs");
      const { fitMany } = require(${built("train/index.js")});
      const { matrix } = require(${built("samples.js")});
      const rows = (count) => ({ x: matrix(count, 2, new Float64Array(2 * count)), y: new Float64Array(count).fill(1), info: {} });
      const trial = (epochs) => {
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
        model.compile({ optimizer: tf.train.sgd(0.01 * epochs), loss: "meanSquaredError" });
        return { id: String(epochs), model, train: rows(50), options: { epochs, engine: "kernels", validation: rows(20) } };
      };
      (async () => {
        await tf.setBackend("cpu");
        await fitMany([1, 2, 3].map(trial), { workers: 2 });
        for (let tries = 0; tries < 50 && freed < made; tries++) {
          gc();
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        console.log(made, freed);
      })();`;
    expect(ran(code, "--expose-gc")).toBe("4 4");
  });
});
