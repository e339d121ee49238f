import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { binaryCrossentropy } from "../../src/train/cross-entropy";

beforeAll(async () => {
  await openBackend();
});

const labels = [0, 1, 1, 0.25, 1, 0];
const probabilities = [0.3, 0.9, 1e-3, 0.5, 0, 1];

/** The losses of the rows, and the slopes of their sum with weights, which tell the rows apart. */
function told(loss: (y: tf.Tensor, p: tf.Tensor) => tf.Tensor, shape: [number, number]): number[][] {
  return tf.tidy(() => {
    const y = tf.tensor2d(labels, shape);
    const p = tf.tensor2d(probabilities, shape);
    const weights = tf.range(1, shape[0] + 1);
    const slopes = tf.grad((outputs) => loss(y, outputs).mul(weights).sum())(p);
    return [[...loss(y, p).dataSync()], [...slopes.dataSync()]];
  });
}

it.each([[[6, 1]], [[3, 2]]] as [number, number][][])("is tfjs' binary cross-entropy and its slope: %j", (shape) => {
  const before = tf.memory().numTensors;
  const [losses, slopes] = told(binaryCrossentropy, shape);
  const theirs = told(tf.metrics.binaryCrossentropy, shape);
  expect(losses).toHaveLength(shape[0]);
  // Next to 1 a probability has few digits left: 1e-7 is 1.19e-7 to float32.
  for (const [at, loss] of theirs[0].entries()) expect(losses[at] / loss).toBeCloseTo(1, 4);
  for (const [at, slope] of theirs[1].entries()) expect(slopes[at]).toBeCloseTo(slope, Math.abs(slope) > 100 ? 1 : 4);
  // A certain and wrong probability is clipped: it does not move the loss.
  expect(slopes.slice(4).map(Math.abs)).toEqual([0, 0]);
  expect(tf.memory().numTensors).toBe(before);
});
