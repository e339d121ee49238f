import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { fit } from "../../src/train";
import { weightsOf } from "../../src/train/weights";
import { killAfter, toyModel, toySamples } from "./toy";

const folder = mkdtempSync(join(tmpdir(), "hitlab-checkpoint-"));
beforeAll(async () => {
  await openBackend();
});
afterAll(() => rmSync(folder, { recursive: true }));

const train = toySamples(150, 3);
const validation = toySamples(60, 4);

describe("a checkpoint", () => {
  it("goes on after a kill with the weights of an unbroken training", async () => {
    const options = { epochs: 6, validation, earlyStopping: { patience: 20 } };
    const unbroken = toyModel();
    const whole = await fit(unbroken, train, options);

    const killed = toyModel();
    const saved = { ...options, checkpoint: folder };
    await expect(fit(killed, train, { ...saved, progress: killAfter(4) })).rejects.toThrow("killed");
    const resumed = toyModel();
    const told: [number, number, string][] = [];
    const rest = await fit(resumed, train, { ...saved, progress: (...state) => told.push(state) });

    expect(rest.note).toBe("resumed after epoch 4");
    expect(rest.loss).toEqual(whole.loss);
    expect(weightsOf(resumed)).toEqual(weightsOf(unbroken));
    expect(told[0]).toEqual([4, 6, "resumed after epoch 4"]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is not taken up for other data, outlives their training, and is refused when damaged", async () => {
    const options = { epochs: 4, checkpoint: folder };
    await expect(fit(toyModel(), train, { ...options, progress: killAfter(2) })).rejects.toThrow("killed");
    const files = readdirSync(folder);
    expect(files).toEqual([expect.stringMatching(/^training-[0-9a-f]{12}\.checkpoint$/)]);

    const other = await fit(toyModel(), toySamples(150, 9), options);
    expect(other.note).toBeUndefined();
    expect(readdirSync(folder)).toEqual(files);

    const file = join(folder, files[0]);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, -8));
    await expect(fit(toyModel(), train, options)).rejects.toThrow(/checkpoint is damaged/);
    writeFileSync(file, whole);
    expect((await fit(toyModel(), train, options)).note).toBe("resumed after epoch 2");
  });

  it("is refused before the training for an optimizer that cannot tell its state", async () => {
    const model = toyModel(1, tf.train.adamax(0.01));
    const before = weightsOf(model);
    const training = fit(model, train, { epochs: 1, checkpoint: folder });
    await expect(training).rejects.toThrow(/cannot be checkpointed.*Adamax.*use Adam, or leave out checkpoint/);
    expect(weightsOf(model)).toEqual(before);
  });
});
