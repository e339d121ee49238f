import { describe, expect, test } from "vitest";
import type { KernelNetwork } from "../../src/kernels";
import type { NetworkSpec } from "../../src/kernels/spec";
import { philox4x32, random, streamKey } from "../../src/random";
import {
  batchesOf,
  dense,
  distance,
  drawData,
  drawWeights,
  dropout,
  float64,
  kernelStep,
  lstm,
  rowsOf,
  sgd,
  withNetwork,
} from "./cases";
import { differences, forward, totalLoss } from "./reference";

const n = 4000;
const loss = { kind: "meanSquaredError" } as const;

/**
 * A network that lets its dropout masks be seen: the input 1 becomes n ones, the masks fall on them, and the last
 * layer, whose weights are 0, says 0. With the target -0.5 the slope of its squared error is 1, so that its weights'
 * gradient is what came through the masks; with a learning rate of 1 the weights become minus that.
 */
function seeThrough(...rates: number[]): { spec: NetworkSpec; weights: Float32Array[] } {
  const ends = { bias: false };
  const layers = [dense(n, "linear", ends), ...rates.map(dropout), dense(1, "linear", ends)];
  return { spec: { input: [1], layers }, weights: [new Float32Array(n).fill(1), new Float32Array(n)] };
}

/** The masks of the first steps of an epoch, one row per step. */
function masksOf(rates: readonly number[], { epoch = 1, steps = 1, seed = 42 } = {}): number[][] {
  const { spec, weights } = seeThrough(...rates);
  return withNetwork(spec, weights, { loss, optimizer: sgd, batchSize: 1, seed }, (network) => {
    network.setTraining({ rows: steps, x: new Float32Array(steps).fill(1), y: new Float32Array(steps).fill(-0.5) });
    network.beginEpoch(epoch, 1);
    return Array.from({ length: steps }, () => {
      network.setWeights(weights);
      network.trainSteps(1);
      return Array.from(network.weights()[1], (value) => 0 - value);
    });
  });
}

const share = (mask: readonly number[]) => mask.filter((value) => value > 0).length / mask.length;
const agreement = (a: readonly number[], b: readonly number[]) => share(a.map((value, i) => (value === b[i] ? 1 : 0)));

/** Five standard deviations of a share among n: no honest draw is off by more. */
const tolerance = (p: number) => 5 * Math.sqrt((p * (1 - p)) / n);

describe("what training sees", () => {
  test.each([0.1, 0.2, 0.3, 0.5, 0.9])("rate %d: so many are kept, and scaled up", (rate) => {
    const [mask] = masksOf([rate]);
    expect(Math.abs(share(mask) - (1 - rate))).toBeLessThan(tolerance(rate));
    expect(new Set(mask)).toEqual(new Set([0, mask.find((value) => value > 0)]));
    expect(Math.max(...mask)).toBeCloseTo(1 / (1 - rate), 5);
  });

  test("rate 0: all of it", () => {
    expect(masksOf([0])).toEqual([new Array(n).fill(1)]);
  });

  test("steps, epochs, seeds and layers have masks of their own", () => {
    const rate = 0.3;
    const first = masksOf([rate], { steps: 3 });
    const others = [...first.slice(1), ...masksOf([rate], { epoch: 2 }), ...masksOf([rate], { seed: 43 })];
    const byChance = rate ** 2 + (1 - rate) ** 2;
    others.forEach((other, i) => {
      for (const mask of [first[0], ...others.slice(0, i)]) {
        expect(Math.abs(agreement(mask, other) - byChance)).toBeLessThan(tolerance(byChance));
      }
    });
    // Two layers, one after the other, keep what both keep.
    const [both] = masksOf([rate, rate]);
    expect(Math.abs(share(both) - (1 - rate) ** 2)).toBeLessThan(tolerance((1 - rate) ** 2));
  });

  test("neighbours are independent of each other", () => {
    const [mask] = masksOf([0.5]);
    for (const by of [1, 2, 4, 8]) {
      expect(Math.abs(agreement(mask.slice(by), mask.slice(0, -by)) - 0.5)).toBeLessThan(tolerance(0.5));
    }
  });

  test("the same seed gives the same masks, also when an epoch is taken out of order", () => {
    const again = masksOf([0.3], { epoch: 2, steps: 2 });
    expect(masksOf([0.3], { epoch: 2, steps: 2 })).toEqual(again);
    expect(masksOf([0.3], { epoch: 2, steps: 1 })).toEqual(again.slice(0, 1));
  });

  test("each row of a batch has its own", () => {
    // The rows 1 and 4: the sum of what came through tells which of them were kept.
    const { spec, weights } = seeThrough(0.5);
    const training = { loss, optimizer: sgd, batchSize: 2, seed: 42 };
    const sums = withNetwork(spec, weights, training, (network) => {
      // The mean over two rows halves the slopes: the targets -1 make them 1 again.
      network.setTraining({ rows: 2, x: Float32Array.of(1, 4), y: Float32Array.of(-1, -1) });
      network.beginEpoch(1, 1);
      network.trainSteps(1);
      return Array.from(network.weights()[1], (value) => 0 - value);
    });
    // 2 (first kept) + 8 (second kept): the four cases are equally likely.
    for (const value of [0, 2, 8, 10]) {
      const cases = share(sums.map((sum) => (sum === value ? 1 : 0)));
      expect(Math.abs(cases - 0.25), `${value}`).toBeLessThan(tolerance(0.25));
    }
  });
});

const layers = [lstm(8, { returnSequences: true }), dropout(0.5), lstm(5), dropout(0.5), dense(1, "sigmoid")];
const binary = { kind: "binaryCrossentropy" } as const;
const training = { loss: binary, optimizer: { ...sgd, learningRate: 0.1 }, batchSize: 4, seed: 42 };

test("prediction and validation see no dropout, and take nothing from the training's masks", () => {
  const spec = { input: [5, 2], layers };
  const rng = random(1, "dropout off");
  const [weights, data] = [drawWeights(spec, rng), drawData(spec, binary, 10, rng)];
  const { output } = forward(spec, float64(weights), Float64Array.from(data.x), 10);
  const epoch = (look: (network: KernelNetwork) => void) =>
    withNetwork(spec, weights, training, (network) => {
      network.setTraining(data);
      network.setValidation(data);
      look(network);
      network.beginEpoch(1, 0.1);
      for (let step = 0; step < 3; step++) {
        network.trainSteps(1);
        look(network);
      }
      return network.weights();
    });
  const undisturbed = epoch(() => {});
  const watched = epoch((network) => {
    const before = network.predict(data.x, 10);
    expect(network.validate()).toEqual(network.validate());
    expect(network.predict(data.x, 10)).toEqual(before);
  });
  expect(watched).toEqual(undisturbed);
  withNetwork(spec, weights, training, (network) => {
    expect(distance(network.predict(data.x, 10), output.data)).toBeLessThan(1e-5);
  });
});

test("the same seed trains to the same digits, another one to others", () => {
  const spec = { input: [5, 2], layers };
  const rng = random(2, "dropout seeds");
  const [weights, data] = [drawWeights(spec, rng), drawData(spec, binary, 10, rng)];
  const after = (seed: number) =>
    withNetwork(spec, weights, { ...training, seed }, (network) => {
      network.setTraining(data);
      for (const epoch of [1, 2]) {
        network.beginEpoch(epoch, 0.1);
        network.trainSteps(10);
      }
      return network.weights();
    });
  expect(after(42)).toEqual(after(42));
  expect(after(43)).not.toEqual(after(42));
});

/**
 * The mask of a dropout layer over a batch, [rows, steps, units], drawn anew by random.ts: element i of the kernels'
 * [steps, rows, width], where an LSTM's units are filled up to a width of four's multiple, takes the (i mod 8)-th half
 * word of the block floor(i / 8), low half first, and is kept if that is at least rate * 65536.
 */
function maskOf(at: { layer: number; rate: number; rows: number; steps: number; units: number; width: number }) {
  const { layer, rate, rows, steps, units, width } = at;
  const words = new Uint32Array(4);
  const kept = (i: number) => {
    philox4x32([i >>> 3, 0, layer, 1], [42, streamKey("fit", "dropout")], words);
    return ((words[(i & 7) >> 1] >>> (16 * (i & 1))) & 0xffff) >= Math.round(rate * 65_536);
  };
  return Float64Array.from({ length: rows * steps * units }, (_, i) => {
    const [row, step, unit] = [Math.floor(i / (steps * units)), Math.floor(i / units) % steps, i % units];
    return kept((step * rows + row) * width + unit) ? 1 / (1 - rate) : 0;
  });
}

test("an LSTM's steps, a batch's rows and two layers: the gradient is that of these very masks", () => {
  const stack = [lstm(5, { returnSequences: true }), dropout(0.2), lstm(4), dropout(0.5), dense(1, "sigmoid")];
  const spec = { input: [3, 2], layers: stack };
  const rng = random(3, "masks");
  const [weights, drawnData] = [drawWeights(spec, rng), drawData(spec, binary, 6, rng)];
  const masks = [
    maskOf({ layer: 1, rate: 0.2, rows: 6, steps: 3, units: 5, width: 8 }),
    maskOf({ layer: 3, rate: 0.5, rows: 6, steps: 1, units: 4, width: 4 }),
  ];
  const { gradient } = kernelStep(spec, weights, binary, drawnData, 42);
  const batch = rowsOf(drawnData, batchesOf(6, 6, 42, 1)[0]);
  const slopes = differences((at) => totalLoss(spec, at, binary, batch, masks), float64(weights));
  const flat = gradient.flatMap((array) => Array.from(array));
  expect(distance(flat, slopes)).toBeLessThan(1e-4);
});
