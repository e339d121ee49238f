import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { fuseLstm } from "../../src/backend/fused-lstm";
import { lstmHitPredictor } from "../../src/models/networks";
import { random } from "../../src/random";
import { matrix } from "../../src/samples";
import { fit } from "../../src/train";
import { isNativeBuilt } from "./native";

type LstmOptions = Partial<Parameters<typeof tf.layers.lstm>[0]>;
type Apply = (x: tf.SymbolicTensor) => tf.SymbolicTensor | tf.SymbolicTensor[];

/** The layer that runs fused, but for what the options change. */
function lstm(units: number, options: LstmOptions = {}): tf.layers.Layer {
  const zeros = { kernelInitializer: "zeros", recurrentInitializer: "zeros" } as const;
  return tf.layers.lstm({ units, recurrentActivation: "sigmoid", ...zeros, ...options });
}

const applied =
  (layer: tf.layers.Layer): Apply =>
  (x) =>
    layer.apply(x) as tf.SymbolicTensor;

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

function numbers(stream: string, shape: number[], scale = 1): tf.Tensor {
  const rng = random(1, "fused lstm", stream);
  return tf.tensor(
    Float32Array.from({ length: sizeOf(shape) }, () => scale * rng.normal()),
    shape,
  );
}

/** A model of one input [batch, steps, inputs], its weights drawn. */
function drawn(shape: [number, number, number], apply: Apply, scale = 1): tf.LayersModel {
  const input = tf.input({ batchShape: shape });
  const model = tf.model({ inputs: input, outputs: apply(input) });
  tf.tidy(() => {
    model.setWeights(model.getWeights().map((weight, at) => numbers(`weight ${at}`, weight.shape, scale)));
  });
  return model;
}

/** Output, gradient of x and gradients of the weights, by the backend that is set, where the loss weighs the output by dy. */
function outputAndGradients(model: tf.LayersModel, x: tf.Tensor, dy: tf.Tensor): number[][] {
  return tf.tidy(() => {
    const f = (input: tf.Tensor) => model.apply(input, { training: true }) as tf.Tensor;
    const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(() => tf.sum(tf.mul(f(x), dy)) as tf.Scalar, weights);
    const made = [f(x), tf.grad(f)(x, dy), ...weights.map(({ name }) => grads[name])];
    return made.map((tensor) => [...tensor.dataSync()]);
  });
}

function expectNear(ours: readonly number[][], theirs: readonly number[][], bound = 1e-5): void {
  expect(ours.map(({ length }) => length)).toEqual(theirs.map(({ length }) => length));
  theirs.forEach((values, which) => {
    values.forEach((value, at) => {
      expect(Math.abs(ours[which][at] - value) / Math.max(1, Math.abs(value))).toBeLessThan(bound);
    });
  });
}

async function onCpu<T>(work: () => T): Promise<T> {
  await tf.setBackend("cpu");
  try {
    return work();
  } finally {
    await tf.setBackend("tensorflow");
  }
}

/** tfjs' loop takes the steps apart. */
async function usesLoop(model: tf.LayersModel, x: tf.Tensor): Promise<boolean> {
  const { kernelNames } = await tf.profile(() => tf.tidy(() => void model.predict(x)));
  return kernelNames.includes("Unpack");
}

const cases = [
  { batch: 3, steps: 5, inputs: 2, units: 4 },
  { batch: 1, steps: 7, inputs: 1, units: 3 },
  { batch: 5, steps: 2, inputs: 3, units: 1 },
  { batch: 32, steps: 14, inputs: 1, units: 64, scale: 0.2 },
  // Cells grow past the 3 at which TensorFlow's older operation clips.
  { batch: 4, steps: 30, inputs: 6, units: 5, scale: 3 },
].flatMap((size) => [false, true].map((returnSequences) => ({ scale: 1, ...size, returnSequences })));

describe.skipIf(!isNativeBuilt)("an LSTM layer on native TensorFlow (needs npm run native)", () => {
  beforeAll(async () => {
    process.env.HITLAB_BACKEND = "tensorflow";
    expect((await openBackend()).name).toBe("tensorflow");
  });

  it.each(cases)(
    "gives the output and gradients of tfjs' loop: $batch x $steps x $inputs, $units units, sequences $returnSequences",
    async (c) => {
      const shape = [c.batch, c.steps, c.inputs] as [number, number, number];
      const model = drawn(shape, applied(lstm(c.units, { returnSequences: c.returnSequences })), c.scale);
      const x = numbers("x", shape, c.scale);
      const dy = numbers("dy", model.outputs[0].shape as number[]);
      expect(await usesLoop(model, x)).toBe(false);
      const fused = outputAndGradients(model, x, dy);
      expectNear(fused, await onCpu(() => outputAndGradients(model, x, dy)));
    },
  );

  it("gives them through two layers, and for a weight that is not trained", async () => {
    const [first, second] = [lstm(4, { returnSequences: true }), lstm(3)];
    const model = drawn([3, 6, 2], (x) => applied(second)(applied(first)(x) as tf.SymbolicTensor));
    const [x, dy] = [numbers("x", [3, 6, 2]), numbers("dy", [3, 3])];
    for (const isTrained of [true, false]) {
      first.trainable = isTrained;
      const fused = outputAndGradients(model, x, dy);
      expect(fused.length).toBe(isTrained ? 8 : 5);
      expectNear(fused, await onCpu(() => outputAndGradients(model, x, dy)));
    }
  });

  it("takes a series of one step, whose gradient tfjs' loop cannot find", () => {
    const [x, dy] = [numbers("x", [2, 1, 3]), numbers("dy", [2, 4])];
    const [output, dx] = outputAndGradients(drawn([2, 1, 3], applied(lstm(4))), x, dy);
    expect(output.every((value) => Math.abs(value) < 1)).toBe(true);
    expect(dx.length).toBe(6);
  });

  // Keras 3.15.1 on TensorFlow 2.21:
  //
  //   wave = lambda shape, step: (0.8 * np.sin(step * np.arange(1, np.prod(shape) + 1))).reshape(shape).astype("float32")
  //   for sequences in (False, True):
  //       layer = keras.layers.LSTM(2, return_sequences=sequences)
  //       x, dy = tf.constant(wave((2, 3, 2), 0.7)), wave((2, 3, 2) if sequences else (2, 2), 0.3)
  //       layer.build(x.shape)
  //       layer.set_weights([wave((2, 8), 0.9), wave((2, 8), 1.1), wave((8,), 1.3)])
  //       with tf.GradientTape() as tape:
  //           tape.watch(x)
  //           output = layer(x)
  //           loss = tf.reduce_sum(output * dy)
  //       for tensor in [output, *tape.gradient(loss, [x, *layer.trainable_weights])]:
  //           print([float(f"{value:.6f}") for value in np.ravel(tensor)])
  it.each([
    {
      returnSequences: false,
      keras: [
        [0.087402, 0.079435, -0.299344, 0.1948],
        [
          -0.009929, 0.001563, -0.041508, -0.025312, 0.013069, 0.036631, 0.003096, 0.003938, -0.030229, -0.006906,
          -0.243672, -0.124871,
        ],
        [
          -0.028288, 0.013669, -0.004643, 0.024039, 0.156991, 0.194323, -0.058756, 0.044019, -0.032193, 0.018816,
          0.00364, 0.022133, 0.137849, 0.186893, -0.054252, 0.037905,
        ],
        [
          -0.00201, 0.000355, 0.004181, -0.00093, -0.013371, -0.005743, 0.0009, -0.002632, -0.003426, 0.008416,
          -0.002628, 0.008194, 0.049377, 0.057708, -0.013884, 0.019423,
        ],
        [-0.007278, 0.067151, -0.012763, 0.045444, 0.272682, 0.321252, -0.055176, 0.119872],
      ],
    },
    {
      returnSequences: true,
      keras: [
        [
          -0.325157, 0.188697, -0.174503, 0.13258, 0.087402, 0.079435, 0.172695, 0.058775, -0.029253, 0.220201,
          -0.299344, 0.1948,
        ],
        [
          -0.202206, -0.017325, -0.356224, -0.190593, 0.014166, 0.085653, 0.027183, 0.081788, -0.111095, -0.099349,
          0.074328, 0.013891,
        ],
        [
          -0.08166, 0.008013, -0.030061, 0.002679, 0.196892, 0.178985, -0.088138, 0.005802, -0.090245, 0.007736,
          0.012089, -0.009748, 0.164198, 0.179292, -0.070631, -0.004591,
        ],
        [
          -0.006213, -0.011127, 0.025111, -0.008961, -0.087528, -0.063915, 0.011043, -0.024111, 0.005271, 0.004514,
          -0.012627, 0.00245, 0.069758, 0.015109, -0.002821, 0.010698,
        ],
        [0.084931, 0.093954, -0.063262, 0.017632, 0.664185, 0.398021, 0.039046, 0.177257],
      ],
    },
  ])("gives what Keras gives, sequences $returnSequences", ({ returnSequences, keras }) => {
    const wave = (shape: number[], step: number) =>
      tf.tensor(
        Float32Array.from({ length: sizeOf(shape) }, (_, at) => 0.8 * Math.sin(step * (at + 1))),
        shape,
      );
    const model = drawn([2, 3, 2], applied(lstm(2, { returnSequences })));
    model.setWeights([wave([2, 8], 0.9), wave([2, 8], 1.1), wave([8], 1.3)]);
    const dy = wave(returnSequences ? [2, 3, 2] : [2, 2], 0.3);
    expectNear(outputAndGradients(model, wave([2, 3, 2], 0.7), dy), keras, 2e-6);
  });

  const kept: Record<string, Apply> = {
    "a hard sigmoid": applied(lstm(3, { recurrentActivation: "hardSigmoid" })),
    "another activation": applied(lstm(3, { activation: "relu" })),
    "no bias": applied(lstm(3, { useBias: false })),
    "dropout of inputs": applied(lstm(3, { dropout: 0.5 })),
    "dropout of states": applied(lstm(3, { recurrentDropout: 0.5 })),
    "time backwards": applied(lstm(3, { goBackwards: true })),
    "returned states": applied(lstm(3, { returnState: true })),
    "kept states": applied(lstm(3, { stateful: true })),
    "a mask": (x) => lstm(3).apply(tf.layers.masking().apply(x)) as tf.SymbolicTensor,
    "given states": (x) => {
      const state = () => tf.layers.dense({ units: 3 }).apply(tf.layers.flatten().apply(x)) as tf.SymbolicTensor;
      return lstm(3).apply(x, { initialState: [state(), state()] }) as tf.SymbolicTensor;
    },
  };
  it.each(Object.keys(kept))("with %s keeps tfjs' loop", async (name) => {
    const model = drawn([2, 4, 2], kept[name]);
    const x = tf.tidy(() => tf.mul(numbers("x", [2, 4, 2]), tf.tensor([1, 1, 0, 1], [1, 4, 1])));
    expect(await usesLoop(model, x)).toBe(true);
    const outputs = () => {
      model.resetStates();
      return tf.tidy(() => [model.predict(x)].flat().map((tensor) => [...tensor.dataSync()]));
    };
    expectNear(outputs(), await onCpu(outputs));
  });

  it("keeps no memory, neither of tfjs nor of TensorFlow", () => {
    const model = drawn([4, 6, 2], applied(lstm(5)));
    const [x, dy] = [numbers("x", [4, 6, 2]), numbers("dy", [4, 5])];
    const { binding } = tf.backend() as unknown as { binding: { getNumOfTensors(): number } };
    const held = () => [tf.memory().numTensors, tf.memory().numDataBuffers, binding.getNumOfTensors()];
    outputAndGradients(model, x, dy);
    const before = held();
    for (let step = 0; step < 50; step++) {
      outputAndGradients(model, x, dy);
      tf.tidy(() => void model.predict(x));
    }
    expect(held()).toEqual(before);
  });

  it("is registered by openBackend, once", async () => {
    const { prototype } = tf.serialization.SerializationMap.getMap().classNameMap.LSTM[0];
    const call = Reflect.get(prototype, "call");
    fuseLstm();
    await openBackend();
    expect(Reflect.get(prototype, "call")).toBe(call);
  });

  it("trains study 1's network as the kernels do", async () => {
    const rng = random(1, "training");
    const x = matrix(
      96,
      14,
      Float64Array.from({ length: 96 * 14 }, () => rng.normal()),
    );
    const y = Float64Array.from({ length: 96 }, (_, row) => Number(x.data[row * 14 + 13] > 0));
    const losses = async (engine: "kernels" | "tfjs") => {
      const model = lstmHitPredictor({ lookBack: 14, learningRate: 0.01 });
      // The two engines draw other masks.
      for (const layer of model.layers) if (layer.getClassName() === "Dropout") Reflect.set(layer, "rate", 0);
      const history = await fit(model, { x, y, info: {} }, { epochs: 5, batchSize: 32, engine });
      expect(history.engine).toBe(engine === "tfjs" ? "tfjs tensorflow" : "kernels");
      return history.loss;
    };
    const [ours, kernels] = [await losses("tfjs"), await losses("kernels")];
    expect(ours[4]).toBeLessThan(0.9 * ours[0]);
    expectNear([[...ours]], [[...kernels]], 1e-4);
  });
});
