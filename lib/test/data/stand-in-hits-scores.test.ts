import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { openBackend } from "../../src/backend";
import * as load from "../../src/data/load";
import { entryOf } from "../../src/data/registry";
import { rawFolder } from "../../src/data/resolve";
import { fitLogisticRegression } from "../../src/models/linear-models";
import { mlp, predictProbability } from "../../src/models/networks";
import { fitRandomForest } from "../../src/models/tree-models";
import { samples, split, standard } from "../../src/prepare";
import type { Samples } from "../../src/samples";
import { fit } from "../../src/train";

type Scores = Record<"logistic" | "forest" | "network", number>;

/**
 * Accuracy on the real files: this test's own models, random splits 75 / 25 as scikit-learn's of the random_states.
 * Measured by this test with HITLAB_DATA, which checks them too.
 */
const cases = {
  "the 1990s": {
    decades: ["90s"] as load.Decade[],
    randomStates: [0, 1, 2],
    real: { logistic: 0.78841, forest: 0.84372, network: 0.84058 },
  },
  "all six decades": {
    decades: undefined,
    randomStates: [0],
    real: { logistic: 0.72891, forest: 0.78116, network: 0.7763 },
  },
};

beforeAll(async () => {
  await openBackend();
});

/** Mean accuracies over the splits: one split of a decade has a standard error of a point. */
async function scores({ decades, randomStates }: { decades?: load.Decade[]; randomStates: number[] }): Promise<Scores> {
  const { frame } = await load.hitPredictor(decades);
  const rows = samples(frame, { features: load.audioFeatures, target: "target" });
  const sums = { logistic: 0, forest: 0, network: 0 };
  for (const randomState of randomStates) {
    const parts = split(rows, { by: "random", like: "sklearn", randomState, testSize: 0.25 });
    const scaler = standard(parts.train);
    const [train, test] = [scaler.apply(parts.train), scaler.apply(parts.test)];
    sums.logistic += fitLogisticRegression(train).score(test);
    sums.forest += (await fitRandomForest(train, { nEstimators: 40, seed: 42 })).score(test);
    sums.network += await networkScore(train, test);
  }
  const mean = (sum: number) => sum / randomStates.length;
  return { logistic: mean(sums.logistic), forest: mean(sums.forest), network: mean(sums.network) };
}

async function networkScore(train: Samples, test: Samples): Promise<number> {
  const model = mlp({ inputs: 15, hidden: [64, 32], output: "sigmoid", seed: 42 });
  await fit(model, train, { epochs: 15, batchSize: 64, seed: 42 });
  const probability = predictProbability(model, test.x);
  return probability.filter((p, row) => (p > 0.5 ? 1 : 0) === test.y[row]).length / test.y.length;
}

const fetched = ["60s", "70s", "80s", "90s", "00s", "10s"].some((decade) =>
  existsSync(join(rawFolder(), entryOf(`hits-${decade}`).file ?? "")),
);

describe.each(Object.entries(cases))("models on %s", (_, { real, ...which }) => {
  const models = ["logistic", "forest", "network"] as const;

  it.skipIf(fetched)("score on the stand-in as on the real files, within 3 points", { timeout: 240_000 }, async () => {
    vi.stubEnv("HITLAB_DATA", "");
    const found = await scores(which);
    vi.unstubAllEnvs();
    for (const model of models) expect(Math.abs(found[model] - real[model]), model).toBeLessThan(0.03);
  });

  it.runIf(process.env.HITLAB_DATA)("score on the real files as recorded", { timeout: 240_000 }, async () => {
    const found = await scores(which);
    for (const model of models) expect(found[model], model).toBeCloseTo(real[model], 4);
  });
});
