import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { lstmHitPredictor } from "../../src/models/networks";
import { chainOf, kernelWeights, readNetwork } from "../../src/models/read-network";

beforeAll(async () => {
  await openBackend();
});

const { dense, lstm, dropout, activation, flatten } = tf.layers;
const sequential = (...layers: tf.layers.Layer[]) => tf.sequential({ layers });

/** tfjs' default gates are not Keras' sigmoids. */
const gates = { recurrentActivation: "sigmoid" as const };

/** A layer of someone's own. */
class Twice extends tf.layers.Layer {
  static className = "Twice";
  override call(inputs: tf.Tensor[]): tf.Tensor {
    return inputs[0].mul(2);
  }
}

class Cubes extends tf.serialization.Serializable {
  static className = "Cubes";
  apply(x: tf.Tensor): tf.Scalar {
    return x.pow(3).sum() as tf.Scalar;
  }
  getConfig() {
    return {};
  }
}
tf.serialization.registerClass(Cubes);

describe("readNetwork", () => {
  it("reads study 1's network", () => {
    expect(readNetwork(lstmHitPredictor({ lookBack: 14 }))).toEqual({
      spec: {
        input: [14, 1],
        layers: [
          { kind: "lstm", units: 64, returnSequences: true },
          { kind: "dropout", rate: 0.2 },
          { kind: "lstm", units: 32, returnSequences: false },
          { kind: "dropout", rate: 0.2 },
          { kind: "dense", units: 16, activation: "relu", bias: true },
          { kind: "dense", units: 1, activation: "sigmoid", bias: true },
        ],
      },
    });
  });

  it.each(["linear", "relu", "sigmoid", "tanh", "softmax"] as const)(
    "reads dense and activation layers: %s",
    (name) => {
      const model = sequential(
        dense({ units: 3, activation: name, useBias: false, inputShape: [5] }),
        activation({ activation: name }),
      );
      const layers = [
        { kind: "dense", units: 3, activation: name, bias: false },
        { kind: "activation", activation: name },
      ];
      expect(readNetwork(model)).toEqual({ spec: { input: [5], layers } });
    },
  );

  it("reads penalties, leaves out those that are zero", () => {
    const { l1, l2, l1l2 } = tf.regularizers;
    const model = sequential(
      lstm({
        units: 2,
        kernelRegularizer: l1({ l1: 0.1 }),
        recurrentRegularizer: l2({ l2: 0.2 }),
        biasRegularizer: "l1l2",
        inputShape: [4, 3],
        ...gates,
      }),
      dense({ units: 1, kernelRegularizer: l1l2({ l1: 0.3, l2: 0.4 }), biasRegularizer: l2({ l2: 0 }) }),
    );
    expect(readNetwork(model)).toEqual({
      spec: {
        input: [4, 3],
        layers: [
          {
            kind: "lstm",
            units: 2,
            returnSequences: false,
            kernelPenalty: { l1: 0.1, l2: 0 },
            recurrentPenalty: { l1: 0, l2: 0.2 },
            biasPenalty: { l1: 0.01, l2: 0.01 },
          },
          { kind: "dense", units: 1, activation: "linear", bias: true, kernelPenalty: { l1: 0.3, l2: 0.4 } },
        ],
      },
    });
  });

  it("reads flattened input, sequences through dense layers, the input layer of a chain of tf.model", () => {
    const flat = sequential(flatten({ inputShape: [4, 3] }), dense({ units: 2 }));
    expect(readNetwork(flat)).toMatchObject({ spec: { input: [4, 3], layers: [{ kind: "flatten" }, { units: 2 }] } });
    const input = tf.input({ shape: [4, 3] });
    const steps = dense({ units: 5, activation: "relu" }).apply(input) as tf.SymbolicTensor;
    const outputs = lstm({ units: 4, ...gates }).apply(steps) as tf.SymbolicTensor;
    const read = readNetwork(tf.model({ inputs: input, outputs }));
    expect(read).toMatchObject({ spec: { input: [4, 3], layers: [{ kind: "dense", units: 5 }, { kind: "lstm" }] } });
  });

  it("reads what matters in training only all the same: frozen layers, constraints, dropout in an LSTM, seeds", () => {
    const model = sequential(
      lstm({ units: 2, dropout: 0.5, inputShape: [4, 3], ...gates }),
      dropout({ rate: 0.3, seed: 7 }),
      dense({ units: 1, kernelConstraint: "nonNeg", trainable: false }),
    );
    expect(readNetwork(model)).toEqual({
      spec: {
        input: [4, 3],
        layers: [
          { kind: "lstm", units: 2, returnSequences: false },
          { kind: "dropout", rate: 0.3 },
          { kind: "dense", units: 1, activation: "linear", bias: true },
        ],
      },
    });
  });

  it("says the same of a model that was saved and loaded", async () => {
    const model = lstmHitPredictor({ lookBack: 3 });
    const saved = { model: {} as tf.io.ModelArtifacts };
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved.model = artifacts;
        return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
      }),
    );
    const { modelTopology, weightSpecs, weightData } = saved.model;
    const loaded = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
    expect(readNetwork(loaded)).toEqual(readNetwork(model));
    expect(kernelWeights(loaded)).toEqual(kernelWeights(model));
  });

  const input = () => tf.input({ shape: [4] });
  const on = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) =>
    layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
  const unsupported: [string, () => tf.LayersModel, RegExp][] = [
    ["several inputs", () => severalInputs(), /the model has 2 inputs/],
    [
      "several outputs",
      () => {
        const x = input();
        return tf.model({ inputs: x, outputs: [on(dense({ units: 1 }), x), on(dense({ units: 1 }), x)] });
      },
      /the model has 2 outputs/,
    ],
    [
      "a branch",
      () => {
        const x = input();
        const sum = on(tf.layers.add({ name: "sum" }), on(dense({ units: 4 }), x), x);
        return tf.model({ inputs: x, outputs: sum });
      },
      /layer "sum" \(Add\) has 2 inputs.*one chain/,
    ],
    [
      "a shared layer",
      () => {
        const x = input();
        const shared = dense({ units: 4, name: "shared" });
        return tf.model({ inputs: x, outputs: on(shared, on(shared, x)) });
      },
      /layer "shared" \(Dense\) is used twice/,
    ],
    [
      "an LSTM with initial states",
      () => {
        const x = tf.input({ shape: [4, 3] });
        const [h, ...rest] = lstm({ units: 2, returnState: true, ...gates }).apply(x) as tf.SymbolicTensor[];
        const layer = lstm({ units: 2, name: "second", ...gates });
        return tf.model({ inputs: x, outputs: layer.apply(x, { initialState: [h, rest[1]] }) as tf.SymbolicTensor });
      },
      /layer "second" \(LSTM\) has 3 inputs/,
    ],
    ["a model without layers", () => tf.sequential(), /the model has 0 inputs/],
    [
      "images",
      () => sequential(dense({ units: 1, inputShape: [8, 8, 3] })),
      /input is \[8, 8, 3\].*\[steps, features\]/,
    ],
    [
      "sequences of any length",
      () => sequential(lstm({ units: 1, batchInputShape: [null, null, 3], ...gates })),
      /input is \[any, 3\]/,
    ],
    [
      "another layer of tfjs",
      () => sequential(tf.layers.gru({ units: 1, inputShape: [4, 3], name: "memory" })),
      /layer "memory" \(GRU\) is of a class that the kernels do not know; they know Dense, LSTM/,
    ],
    [
      "a masked input",
      () => sequential(tf.layers.masking({ inputShape: [4, 3] }), lstm({ units: 1, ...gates })),
      /\(Masking\) is of a class/,
    ],
    [
      "a layer of one's own",
      () => sequential(dense({ units: 1, inputShape: [4] }), new Twice({})),
      /\(Twice\) is of a/,
    ],
    [
      "a model inside a model",
      () => {
        const x = input();
        return tf.model({ inputs: x, outputs: on(sequential(dense({ units: 1, inputShape: [4] })), x) });
      },
      /\(Sequential\) is of a class/,
    ],
    [
      "another activation",
      () => sequential(dense({ units: 1, activation: "elu", inputShape: [4], name: "bend" })),
      /layer "bend" \(Dense\) has the activation "elu"; the kernels know linear, relu, sigmoid, tanh, softmax/,
    ],
    [
      "another activation as a layer",
      () => sequential(dense({ units: 1, inputShape: [4] }), activation({ activation: "softplus" })),
      /\(Activation\) has the activation "softplus"/,
    ],
    [
      "tfjs' default gates",
      () => sequential(lstm({ units: 1, inputShape: [4, 3] })),
      /recurrentActivation: "hardSigmoid"/,
    ],
    [
      "another cell",
      () => anLstm({ activation: "relu" }),
      /\(LSTM\) has activation: "relu"; the kernels know "tanh" only/,
    ],
    ["no bias", () => anLstm({ useBias: false }), /\(LSTM\) has useBias: false; the kernels know true only/],
    ["backwards", () => anLstm({ goBackwards: true }), /\(LSTM\) has goBackwards: true/],
    ["a state kept", () => anLstm({ stateful: true, batchInputShape: [2, 4, 3] }), /\(LSTM\) has stateful: true/],
    [
      "a state returned",
      () => {
        const x = tf.input({ shape: [4, 3] });
        const [outputs] = lstm({ units: 1, returnState: true, ...gates }).apply(x) as tf.SymbolicTensor[];
        return tf.model({ inputs: x, outputs });
      },
      /\(LSTM\) has returnState: true/,
    ],
    [
      "flattened later",
      () => sequential(dense({ units: 2, inputShape: [4, 3] }), flatten()),
      /\(Flatten\) is not the first layer/,
    ],
    [
      "flattened channels first",
      () => sequential(flatten({ inputShape: [4, 3], dataFormat: "channelsFirst" })),
      /\(Flatten\) has dataFormat: "channelsFirst"/,
    ],
    ["a sequence as output", () => sequential(dense({ units: 2, inputShape: [4, 3] })), /output is \[n, 4, 2\]/],
    ["no weights", () => sequential(dropout({ rate: 0.5, inputShape: [3] })), /the model has no weights/],
    [
      "an odd LSTM at the end",
      () => sequential(lstm({ units: 6, inputShape: [4, 3], ...gates, name: "six" }), dropout({ rate: 0.5 })),
      /layer "six" \(LSTM\) has 6 units, not a multiple of four/,
    ],
    [
      "an odd LSTM below an activation",
      () =>
        sequential(
          lstm({ units: 6, inputShape: [4, 3], ...gates, name: "six" }),
          activation({ activation: "softmax" }),
          dense({ units: 1 }),
        ),
      /layer "six" \(LSTM\) has 6 units, not a multiple of four/,
    ],
    [
      "another penalty",
      () =>
        sequential(dense({ units: 1, inputShape: [4], biasRegularizer: { className: "Cubes", config: {} } as never })),
      /\(Dense\) has the bias regularizer "Cubes"/,
    ],
  ];

  it.each(unsupported)("does not know %s, and says so", (_what, make, sentence) => {
    expect(readNetwork(make())).toEqual({ unsupported: expect.stringMatching(sentence) });
  });

  function severalInputs(): tf.LayersModel {
    const inputs = [input(), input()];
    return tf.model({ inputs, outputs: on(tf.layers.add(), ...inputs) });
  }

  function anLstm(options: object): tf.LayersModel {
    return sequential(lstm({ units: 1, inputShape: [4, 3], ...gates, ...options }));
  }
});

describe("kernelWeights", () => {
  it("gives copies, kernel, recurrent kernel and bias of each layer", () => {
    const model = sequential(
      lstm({ units: 2, inputShape: [4, 3], ...gates }),
      dense({ units: 5, useBias: false }),
      dense({ units: 1, trainable: false }),
    );
    const weights = kernelWeights(model);
    expect(weights.map(({ length }) => length)).toEqual([24, 16, 8, 10, 5, 1]);
    weights[0].fill(9);
    expect(kernelWeights(model)[0]).not.toContain(9);
  });

  it("keeps to the chain", () => {
    const model = sequential(dense({ units: 2, inputShape: [3] }), dropout({ rate: 0.1 }), dense({ units: 1 }));
    expect(chainOf(model)).toEqual(model.layers);
  });
});
