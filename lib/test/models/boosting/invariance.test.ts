import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitGradientBoosting } from "../../../src/models/boosting/fit";
import type { GradientBoostingOptions } from "../../../src/models/boosting/options";
import { random } from "../../../src/random";
import { type Matrix, type Samples, takeRows } from "../../../src/samples";
import { problem, weights } from "./problem";

const all = problem(700, 7);
const options = { maxIterations: 15 };

function log(samples: Samples, more: GradientBoostingOptions = {}, at: Matrix = samples.x): Float64Array {
  return fitGradientBoosting(samples, { ...options, ...more }).decision(at);
}

/** The matrix with the columns that `order` names. */
function columns(x: Matrix, order: ArrayLike<number>): Matrix {
  const data = new Float64Array(x.rows * order.length);
  for (let r = 0; r < x.rows; r++) {
    for (let j = 0; j < order.length; j++) data[r * order.length + j] = x.data[r * x.columns + order[j]];
  }
  return { rows: x.rows, columns: order.length, data, names: Array.from(order, (j) => x.names[j]) };
}

describe("gradient boosting, to the last digit,", () => {
  it("does not see the order of the rows, nor that of their weights", () => {
    const property = fc.property(fc.integer({ min: 0, max: 1000 }), fc.boolean(), (seed, weighted) => {
      const order = random(seed).permutation(all.x.rows);
      const own = weighted ? weights(all.x.rows) : undefined;
      const theirs = own && Float64Array.from(order, (row) => own[row]);
      const shuffled = log(takeRows(all, order), theirs ? { sampleWeights: theirs } : {}, all.x);
      expect(shuffled).toEqual(log(all, own ? { sampleWeights: own } : {}));
    });
    fc.assert(property, { numRuns: 6 });
  });

  it("takes a whole weight for so many copies of the row", () => {
    const copies = Array.from({ length: all.x.rows }, (_, row) => 1 + (row % 3));
    const copied = takeRows(
      all,
      copies.flatMap((count, row) => new Array<number>(count).fill(row)),
    );
    const fine = { minSamplesLeaf: 1, maxLeafNodes: 12 };
    for (const maxBins of [255, 9]) {
      const weighted = log(all, { ...fine, maxBins, sampleWeights: copies });
      expect(log(copied, { ...fine, maxBins }, all.x)).toEqual(weighted);
    }
  });

  it("takes weights of 1 for none, and a weight of 0 for no row but in minSamplesLeaf", () => {
    const ones = new Float64Array(all.x.rows).fill(1);
    expect(log(all, { sampleWeights: ones })).toEqual(log(all));
    const some = Array.from({ length: 500 }, (_, row) => row);
    const zeros = ones.map((_, row) => (row < 500 ? 1 : 0));
    const fine = { minSamplesLeaf: 1, maxLeafNodes: 8 };
    expect(log(all, { ...fine, sampleWeights: zeros })).toEqual(log(takeRows(all, some), fine, all.x));
  });

  it("does not see a constant column, nor one that repeats another", () => {
    const constant = {
      ...all.x,
      columns: 8,
      data: new Float64Array(8 * all.x.rows).fill(3.5),
      names: [...all.x.names, "k"],
    };
    for (let r = 0; r < all.x.rows; r++) constant.data.set(all.x.data.subarray(7 * r, 7 * r + 7), 8 * r);
    const model = fitGradientBoosting({ ...all, x: constant }, options);
    expect(model.decision(constant)).toEqual(log(all));
    expect(model.gainImportances[7]).toBe(0);
    const twice = columns(all.x, [0, 1, 2, 3, 4, 5, 6, 0, 4]);
    expect(log({ ...all, x: twice })).toEqual(log(all));
  });

  it("sees a column's order only, not its values, at the rows it was fit on", () => {
    const cubes = { ...all.x, data: all.x.data.map((value) => 8 * value * value * value + 1) };
    expect(log({ ...all, x: cubes })).toEqual(log(all));
  });

  it("says the opposite for exchanged classes", () => {
    const opposite = { ...all, y: all.y.map((label) => 1 - label) };
    const [a, b] = [log(all), log(opposite)];
    expect(Math.max(...a.map((value, i) => Math.abs(value + b[i])))).toBeLessThan(1e-6);
  });
});

describe("gradient boosting", () => {
  it("does not see the order of the columns where no two splits are equally good", () => {
    // In a first tree rows of a class are alike, and splits of the same counts are; uneven weights tell them apart.
    // What is left are splits of leaves of one class, which gain nothing but a rounding: here as in scikit-learn.
    const draw = random(1);
    const more = { ...options, sampleWeights: Array.from(all.y, () => 0.5 + draw.uniform()) };
    const order = [6, 5, 4, 3, 2, 1, 0];
    const turned = columns(all.x, order);
    const model = fitGradientBoosting({ ...all, x: turned }, more);
    const other = fitGradientBoosting(all, more);
    const expected = other.decision(all.x);
    model.decision(turned).forEach((score, row) => {
      expect(score).toBeCloseTo(expected[row], 7);
    });
    model.gainImportances.forEach((share, j) => {
      expect(share).toBeCloseTo(other.gainImportances[order[j]], 7);
    });
  });
});
