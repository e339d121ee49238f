import { expect, it } from "vitest";
import { bootstrap, compare, compareTo, pairedBootstrap } from "../../src/evaluate";
import { random } from "../../src/random";

const rng = random(1, "compare");
const labels = Array.from({ length: 60 }, () => rng.integer(0, 2));
const [a, b] = [0, 1].map(() => Array.from(labels, (y) => (y + 2 * rng.uniform()) / 3));
const options = { metrics: ["accuracy", "brier"] as const, samples: 50 };

it("lists each model's intervals, as bootstrap gives them", () => {
  const rows = compare(labels, { A: a, B: b }, options);
  expect(rows.map(({ model, metric }) => `${model} ${metric}`)).toEqual([
    "A accuracy",
    "A brier",
    "B accuracy",
    "B brier",
  ]);
  expect(rows[3]).toMatchObject({ low: bootstrap(labels, b, options).brier.low });
});

it("lists differences to a reference: positive where the model's value is higher", () => {
  const [first] = compareTo(labels, b, { A: a }, options);
  const { estimate, low, high } = pairedBootstrap(labels, a, b, options).accuracy;
  expect(first).toEqual({ model: "A", metric: "accuracy", estimate, low, high });
});
