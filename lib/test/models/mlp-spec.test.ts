import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import type { NetworkSpec } from "../../src/kernels";
import { initialWeights } from "../../src/models/initial-weights";
import { initializeWeights } from "../../src/models/initialize";
import { type MlpOptions, mlpSpec } from "../../src/models/mlp-spec";
import { lstmHitPredictor, mlp } from "../../src/models/networks";
import { kernelWeights, readNetwork } from "../../src/models/read-network";
import { readTraining } from "../../src/models/read-training";

beforeAll(async () => {
  await openBackend();
});

const layers = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
const rate = fc.constantFrom(0, 0.2, 0.5);
const strength = fc.constantFrom(0, 1e-4, 0.05);

/** One number for all layers or one per layer, as the options allow. */
const perLayer = (value: fc.Arbitrary<number>, count: number) =>
  fc.oneof(value, fc.array(value, { minLength: count, maxLength: count }));

const options: fc.Arbitrary<MlpOptions> = layers.chain((hidden) =>
  fc
    .record(
      {
        inputs: fc.integer({ min: 1, max: 9 }),
        hidden: fc.constant(hidden),
        output: fc.constantFrom("sigmoid" as const, "softmax" as const, "linear" as const),
        classes: fc.integer({ min: 2, max: 4 }),
        loss: fc.constantFrom("meanSquaredError" as const, "meanAbsoluteError" as const, "huber" as const),
        activation: fc.constantFrom("relu" as const, "tanh" as const, "sigmoid" as const),
        dropout: perLayer(rate, hidden.length),
        l1: perLayer(strength, hidden.length),
        l2: perLayer(strength, hidden.length),
        optimizer: fc.constantFrom("adam" as const, "rmsprop" as const, "sgd" as const),
        learningRate: fc.constantFrom(0.003, 0.1),
        seed: fc.nat({ max: 0xffffffff }),
      },
      { requiredKeys: ["inputs", "hidden", "output"] },
    )
    .map(({ loss, ...rest }) => (rest.output === "linear" ? { ...rest, loss } : rest)),
);

describe("mlpSpec", () => {
  it("says what the readers say of the model that networks.mlp builds, and starts from the same weights", () => {
    fc.assert(
      fc.property(options, (given) => {
        const model = mlp(given);
        const { network, ...training } = mlpSpec(given);
        expect({ spec: network }).toEqual(readNetwork(model));
        expect(training).toEqual(readTraining(model));
        expect(initialWeights(network, given.seed ?? 42)).toEqual(kernelWeights(model));
        model.dispose();
      }),
      { numRuns: 150, seed: 42 },
    );
  });

  it("refuses what networks.mlp refuses, in the same words", () => {
    const wrong = [
      { hidden: [8, 0] },
      { hidden: [8], dropout: 1 },
      { hidden: [8, 4], l1: [0.1] },
      { hidden: [8], l2: -1 },
      { hidden: [8], learningRate: 0 },
      { hidden: [8], loss: "huber" },
    ] as const;
    for (const options of wrong) {
      const given: MlpOptions = { inputs: 3, output: "sigmoid", ...options };
      expect(messageOf(() => mlpSpec(given))).toMatch(/To mend it/);
      expect(messageOf(() => mlpSpec(given))).toBe(messageOf(() => mlp(given)));
    }
  });
});

function messageOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
}

describe("initialWeights", () => {
  it("draws the weights of an LSTM as initializeWeights does", () => {
    const model = lstmHitPredictor({ lookBack: 5, features: 2, seed: 9 });
    const read = readNetwork(model) as { readonly spec: NetworkSpec };
    expect(initialWeights(read.spec, 9)).toEqual(kernelWeights(model));
  });

  it("counts what a flatten lets through, and leaves out biases that a layer has not", () => {
    const zeros = { kernelInitializer: "zeros" as const };
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [3, 4] }),
        tf.layers.dense({ units: 5, useBias: false, ...zeros }),
        tf.layers.dense({ units: 1, ...zeros }),
      ],
    });
    initializeWeights(model, 7);
    const read = readNetwork(model) as { readonly spec: NetworkSpec };
    expect(initialWeights(read.spec, 7).map(({ length }) => length)).toEqual([60, 5, 1]);
    expect(initialWeights(read.spec, 7)).toEqual(kernelWeights(model));
  });
});
