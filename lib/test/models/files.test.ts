import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { loadModel, readModelCard, saveModel } from "../../src/models/files";
import { mlp, predict, predictProbability } from "../../src/models/networks";
import { imputer } from "../../src/prepare/imputer";
import { onColumns } from "../../src/prepare/on-columns";
import { pipeline } from "../../src/prepare/pipeline";
import { standard } from "../../src/prepare/scalers";
import { random } from "../../src/random";
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
    expect(predictProbability((await loadModel(path)).model, x)).toEqual(predictProbability(second, x));
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

describe("a model saved with its preparation", () => {
  const rng = random(5, "files");
  const data = Float64Array.from({ length: 80 }, (_, i) => (i % 7 === 3 ? Number.NaN : 100 * rng.normal()));
  const train = { x: matrix(40, 2, data, ["bpm", "energy"]), y: new Float64Array(40), info: {} };
  const prepared = pipeline(train, [
    (rows) => imputer(rows, { strategy: "median", indicators: true }),
    onColumns(["bpm"], standard),
  ]);

  it("gives new rows the same digits when both are read back", async () => {
    const path = join(folder, "prepared");
    const net = mlp({ inputs: prepared.names.length, hidden: [3], output: "linear" });
    await saveModel(net, path, { about: { lambda: 0.05 }, pipeline: prepared });
    expect(readdirSync(path).sort()).toEqual(["card.json", "model.json", "pipeline.json", "weights.bin"]);
    const saved = await loadModel(path);
    expect(saved.card).toEqual({ about: { lambda: 0.05 } });
    expect(saved.pipeline?.names).toEqual(prepared.names);
    const fresh = matrix(2, 2, Float64Array.of(120, Number.NaN, Number.NaN, 7), ["bpm", "energy"]);
    const again = saved.pipeline?.apply(fresh) ?? fresh;
    expect(again).toEqual(prepared.apply(fresh));
    expect(predict(saved.model, again)).toEqual(predict(net, prepared.apply(fresh)));
    // Without one, the old one does not stay behind.
    await saveModel(net, path);
    expect(await loadModel(path)).toMatchObject({ pipeline: undefined, card: { about: {} } });
  });

  it("is refused when the two do not fit, or a file is no pipeline", async () => {
    const path = join(folder, "unfit");
    await expect(saveModel(model(), path, { pipeline: prepared })).rejects.toThrow(
      /gives 4 columns, the model takes 2/,
    );
    expect(existsSync(path)).toBe(false);
    await saveModel(model(), path, { pipeline: standard(matrix(2, 2, Float64Array.of(1, 2, 3, 5))) });
    expect((await loadModel(path)).pipeline?.kind).toBe("standard");
    writeFileSync(join(path, "pipeline.json"), "{");
    await expect(loadModel(path)).rejects.toThrow(/pipeline.json.*it is not JSON/);
    writeFileSync(join(path, "pipeline.json"), '{"format":"other"}');
    await expect(loadModel(path)).rejects.toThrow(/^pipeline.json: the saved model is damaged.*format other/);
    writeFileSync(join(path, "pipeline.json"), JSON.stringify(prepared));
    await expect(loadModel(path)).rejects.toThrow(/^pipeline.json: .* gives 4 columns, the model takes 2/);
    writeFileSync(join(path, "card.json"), "null");
    await expect(loadModel(path)).rejects.toThrow(/^card.json: .* it says nothing about a model/);
    rmSync(join(path, "card.json"));
    await expect(loadModel(path)).rejects.toThrow(/there is no saved model: no card.json .*unfit/);
    await expect(loadModel(join(folder, "never"))).rejects.toThrow(/there is no saved model.*never/);
  });
});
