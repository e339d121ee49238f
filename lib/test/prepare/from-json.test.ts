import fc from "fast-check";
import { expect, it } from "vitest";
import { HitlabError } from "../../src/errors";
import {
  imputer,
  logTransform,
  minMax,
  onColumns,
  oneHot,
  ordinal,
  pipeline,
  quantile,
  robust,
  standard,
  type Transformer,
  transformerFromJSON,
  winsorize,
} from "../../src/prepare";
import { matrix } from "../../src/samples";
import { samplesOf } from "./samples-of";

const inputs = matrix(4, 3, Float64Array.of(1, Number.NaN, 3, 4, 50, 6, 7, 80, 9, 10, 11, 12), ["a", "b", "c"]);
const train = {
  ...samplesOf([0, 1, 0, 1], { key: Int32Array.of(0, 1, 0, 2), decade: Float64Array.of(60, 70, 80, 90) }),
  x: inputs,
  values: { key: ["A", "B", "(missing)"] },
};

/** One of every kind, each inside of the others where that is possible. */
const everything = pipeline(train, [
  (rows) => imputer(rows, { strategy: "mean", indicators: true }),
  onColumns(["a", "b"], (rows) => logTransform(rows, { base: "10" })),
  (rows) => oneHot(rows, { columns: ["key"], unknown: "ignore" }),
  (rows) => ordinal(rows, { columns: ["decade"], unknown: -1 }),
  (rows) => pipeline(rows, [winsorize, (some) => quantile(some, { output: "normal" }), robust]),
  minMax,
  standard,
]);
const text = JSON.stringify(everything);

/** All places in a JSON value, from the root down. */
function paths(json: unknown): (string | number)[][] {
  if (typeof json !== "object" || json === null) return [[]];
  const keys = Array.isArray(json) ? json.map((_, i) => i) : Object.keys(json);
  const below = keys.flatMap((key) => paths((json as Record<string, unknown>)[key]).map((path) => [key, ...path]));
  return [[], ...below];
}

/** A copy with another value at that place. */
function replaced(json: unknown, [key, ...rest]: (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(json) ? [...json] : { ...(json as object) }) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, value);
  return copy;
}

it("gives the same digits for every kind of transformer", () => {
  const again = transformerFromJSON(JSON.parse(text));
  expect(again.apply(train)).toEqual(everything.apply(train));
  expect(JSON.stringify(again)).toBe(text);
});

it("reads a damaged file or says what is wrong, and never fails otherwise", () => {
  const places = paths(JSON.parse(text));
  const part = fc.oneof({ weight: 9, arbitrary: fc.jsonValue() }, fc.constant({ toString: 0 }));
  fc.assert(
    fc.property(fc.constantFrom(...places), part, (path, value) => {
      const damaged = replaced(JSON.parse(text), path, value);
      let read: Transformer;
      try {
        read = transformerFromJSON(damaged);
        read.apply(train);
      } catch (error) {
        expect(error).toBeInstanceOf(HitlabError);
        return;
      }
      expect(read.apply(train).x.names).toEqual(read.names);
    }),
    { numRuns: 2000 },
  );
});
