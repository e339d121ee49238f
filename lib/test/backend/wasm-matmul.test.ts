import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { transposeBeforeMatMul } from "../../src/backend/wasm-matmul";
import { random } from "../../src/random";

beforeAll(async () => {
  expect((await openBackend()).name).toBe("wasm");
});

const flags = [false, true];
/** [matrices of a, of b, rows, inner, columns]; none: rank 2. */
const sizes = [
  { batch: [[], []], m: 5, k: 7, n: 3 },
  { batch: [[], []], m: 1, k: 4, n: 1 },
  { batch: [[1], [1]], m: 4, k: 1, n: 6 },
  { batch: [[3], [3]], m: 5, k: 2, n: 4 },
  {
    batch: [
      [2, 2],
      [2, 2],
    ],
    m: 3,
    k: 5,
    n: 2,
  },
];
const cases = sizes.flatMap((size) =>
  flags.flatMap((transposeA) => flags.map((transposeB) => ({ ...size, transposeA, transposeB }))),
);

type Case = (typeof cases)[number];

function numbers(stream: string, shape: number[]): tf.Tensor {
  const rng = random(1, "matmul", stream);
  const length = shape.reduce((product, size) => product * size, 1);
  return tf.tensor(
    Float32Array.from({ length }, () => rng.normal()),
    shape,
  );
}

function factors({ batch, m, k, n, transposeA, transposeB }: Case): [tf.Tensor, tf.Tensor] {
  const a = numbers("a", [...batch[0], ...(transposeA ? [k, m] : [m, k])]);
  return [a, numbers("b", [...batch[1], ...(transposeB ? [n, k] : [k, n])])];
}

/** Product and gradients of both factors, by the backend that is set. */
function productAndGradients(c: Case): number[][] {
  return tf.tidy(() => {
    const [a, b] = factors(c);
    const product = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, c.transposeA, c.transposeB);
    const dy = numbers("dy", [...c.batch[0], c.m, c.n]);
    const made = [product(a, b), ...tf.grads(product)([a, b], dy)];
    expect(made[1].shape).toEqual(a.shape);
    expect(made[2].shape).toEqual(b.shape);
    return made.map((tensor) => [...tensor.dataSync()]);
  });
}

async function onCpu<T>(work: () => T): Promise<T> {
  await tf.setBackend("cpu");
  try {
    return work();
  } finally {
    await tf.setBackend("wasm");
  }
}

describe("transposeBeforeMatMul", () => {
  it.each(cases)("agrees with the cpu backend: $batch $m x $k x $n, $transposeA $transposeB", async (c) => {
    const expected = await onCpu(() => productAndGradients(c));
    const ours = productAndGradients(c);
    ours.forEach((values, which) => {
      expect(values.length).toBe(expected[which].length);
      values.forEach((value, i) => {
        expect(Math.abs(value - expected[which][i])).toBeLessThan(1e-5);
      });
    });
  });

  it("agrees where one matrix meets several", async () => {
    const products = () =>
      flags.flatMap((transposeA) =>
        flags.map((transposeB) => {
          const c: Case = { batch: [[3], [1]], m: 4, k: 2, n: 5, transposeA, transposeB };
          return tf.tidy(() => [...tf.matMul(...factors(c), transposeA, transposeB).dataSync()]);
        }),
      );
    const expected = await onCpu(products);
    products().forEach((values, which) => {
      values.forEach((value, i) => {
        expect(Math.abs(value - expected[which][i])).toBeLessThan(1e-5);
      });
    });
  });

  it("keeps no memory", () => {
    const all = () => cases.map(productAndGradients);
    all();
    const before = [tf.memory().numTensors, tf.memory().numDataBuffers, tf.engine().backend.numDataIds()];
    all();
    expect([tf.memory().numTensors, tf.memory().numDataBuffers, tf.engine().backend.numDataIds()]).toEqual(before);
  });

  it("is registered by openBackend, once", async () => {
    const kernel = tf.getKernel("BatchMatMul", "wasm");
    transposeBeforeMatMul();
    await openBackend();
    expect(tf.getKernel("BatchMatMul", "wasm")).toBe(kernel);
  });

  it("serves the gradients of dense layers and LSTMs: no product is asked for a transposed factor", () => {
    const kernel = tf.getKernel("BatchMatMul", "wasm");
    const asked: boolean[] = [];
    const loop: tf.KernelFunc = (params) => {
      asked.push(Boolean(params.attrs?.transposeA || params.attrs?.transposeB));
      return kernel.kernelFunc(params);
    };
    // Below ours stands a kernel that notes what it is asked for; above it, another ours.
    register({ ...kernel, kernelFunc: loop });
    try {
      transposeBeforeMatMul();
      tf.tidy(() => {
        const model = tf.sequential({
          layers: [
            tf.layers.lstm({ units: 3, inputShape: [4, 2] }),
            tf.layers.dense({ units: 2, activation: "relu" }),
            tf.layers.dense({ units: 1, activation: "sigmoid" }),
          ],
        });
        const loss = () => (model.apply(tf.ones([5, 4, 2]), { training: true }) as tf.Tensor).sum() as tf.Scalar;
        tf.variableGrads(loss);
      });
    } finally {
      register(kernel);
    }
    expect(asked.length).toBeGreaterThan(10);
    expect(asked).not.toContain(true);
  });
});

function register(kernel: tf.KernelConfig): void {
  tf.unregisterKernel("BatchMatMul", "wasm");
  tf.registerKernel(kernel);
}
