import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { spareOperations } from "../../src/backend/spare-operations";
import { isNativeBuilt } from "./native";

describe.skipIf(!isNativeBuilt)("operations that native TensorFlow is spared", () => {
  const kernels = ["Reshape", "Cast", "Step"];
  const kernelsNow = () => kernels.map((name) => tf.getKernel(name, "tensorflow").kernelFunc);

  beforeAll(async () => {
    process.env.HITLAB_BACKEND = "tensorflow";
    await openBackend();
  });

  it("give what tfjs gives (but for the slope of relu at NaN), each result a tensor of its own, with its gradient", () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = tf.tensor2d([-1.5, 0, 2, Number.NaN, 1e-30, Number.POSITIVE_INFINITY], [2, 3]);
      expect([...x.step().dataSync()]).toEqual([0, 0, 1, 0, 1, 1]);
      expect([...tf.tensor1d([-2, 3]).step(0.5).dataSync()]).toEqual([0.5, 1]);
      expect([...tf.tensor1d([-2, 3], "int32").step().dataSync()]).toEqual([0, 1]);

      const same = x.reshape([2, 3]);
      const flat = x.reshape([6]);
      const cast = x.cast("float32");
      expect([same.shape, flat.shape, cast.dtype]).toEqual([[2, 3], [6], "float32"]);
      x.dispose();
      for (const tensor of [same, flat, cast]) expect(tensor.dataSync()[2]).toBe(2);
      expect([...tf.tensor1d([-1.5, 2.5]).cast("int32").dataSync()]).toEqual([-1, 2]);
      expect([...tf.tensor1d([0, 3], "int32").cast("bool").dataSync()]).toEqual([0, 1]);

      const slope = tf.grad((z) => z.reshape([2]).cast("float32").relu().square().sum());
      expect([...slope(tf.tensor1d([-1, 3])).dataSync()]).toEqual([0, 6]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it("are spared once, however often that is asked", () => {
    const registered = kernelsNow();
    spareOperations();
    expect(kernelsNow()).toEqual(registered);
  });
});
