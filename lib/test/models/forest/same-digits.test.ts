import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { trees } from "../../../src";
import type { DecisionTree } from "../../../src/models/decision-tree";
import { problem } from "./problems";

function hashOf(forest: { readonly trees: readonly DecisionTree[] }): string {
  const hash = createHash("sha256");
  for (const { feature, threshold, right, cover, value } of forest.trees) {
    for (const part of [feature, threshold, right, cover, value]) {
      hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** Hashes of the trees as one machine grew them: drawn rows and columns, counted rows, weights and means alike. */
describe("a random forest has the same digits on every machine", () => {
  const options = { nEstimators: 6, seed: 11 };

  it.each([
    [2, "97fa62d74af78d13"],
    [3, "ef96151d9756e822"],
  ])("with %d classes", async (classes, expected) => {
    expect(hashOf(await trees.fitRandomForest(problem(400, 6, classes).train, options))).toBe(expected);
  });

  it("with weights", async () => {
    const { train, weights } = problem(400, 6, 2);
    const sampleWeights = weights.map((weight) => weight / 3);
    expect(hashOf(await trees.fitRandomForest(train, { ...options, sampleWeights }))).toBe("462b36977f9e0033");
  });

  it("for a number", async () => {
    const { train } = problem(400, 6, 0);
    expect(hashOf(await trees.fitRandomForestRegressor(train, { ...options, maxFeatures: 2 }))).toBe(
      "c82f6ab67f906036",
    );
  });
});
