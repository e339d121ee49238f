import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../src/paths";

it("loads one tfjs-core, whichever package asks for it: danfo's tensors are ours", () => {
  const from = createRequire(join(root, "lib", "package.json"));
  const tf = from("@tensorflow/tfjs") as typeof import("@tensorflow/tfjs");
  const danfo = from("danfojs-node") as { tensorflow: unknown };
  from("@tensorflow/tfjs-backend-wasm");
  const cores = Object.keys(from.cache).filter((file) => /tf-core\.node\.js$/.test(file));
  expect(cores).toHaveLength(1);
  expect((danfo.tensorflow as typeof tf).Tensor).toBe(tf.Tensor);
});

it("is the tfjs-core of native TensorFlow, too", () => {
  const from = createRequire(join(root, "lib", "package.json"));
  const native = createRequire(from.resolve("@tensorflow/tfjs-node-gpu/package.json"));
  expect(native.resolve("@tensorflow/tfjs")).toBe(from.resolve("@tensorflow/tfjs"));
});
