import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { loadModel, readModelCard, saveModel } from "../../src/models/files";
import { predictProbability } from "../../src/models/networks";
import { matrix } from "../../src/samples";

const folder = mkdtempSync(join(tmpdir(), "hitlab-files-"));
beforeAll(async () => {
  await openBackend();
});
afterAll(() => rmSync(folder, { recursive: true }));

const model = () => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
const card = (fingerprint: string) => ({ fingerprint, about: {} });

describe("saveModel", () => {
  it("saves and replaces, also with a slash at the folder's end", async () => {
    const path = join(folder, "slashed");
    await saveModel(model(), `${path}/`, card("first"));
    const second = model();
    await saveModel(second, `${path}/`, card("second"));
    expect(readdirSync(folder)).toEqual(["slashed"]);
    expect(readdirSync(path).sort()).toEqual(["card.json", "model.json", "weights.bin"]);
    expect(readModelCard(path)?.fingerprint).toBe("second");
    const x = matrix(1, 2, Float64Array.of(1, 2));
    expect(predictProbability(await loadModel(path), x)).toEqual(predictProbability(second, x));
  });

  it("deletes nothing that is not its own", async () => {
    const shared = join(folder, "shared");
    const thesis = join(shared, "thesis.txt");
    mkdirSync(shared);
    writeFileSync(thesis, "years of work");
    await expect(saveModel(model(), shared, card("x"))).rejects.toThrow(/"thesis.txt".*a folder of its own/);
    await expect(saveModel(model(), thesis, card("x"))).rejects.toThrow(/"thesis.txt"/);
    expect(existsSync(thesis)).toBe(true);

    mkdirSync(join(folder, "new.part"));
    writeFileSync(join(folder, "new.part", "draft.txt"), "mine");
    await expect(saveModel(model(), join(folder, "new"), card("x"))).rejects.toThrow(/"draft.txt"/);
  });
});
