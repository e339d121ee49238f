import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import {
  imputer,
  minMax,
  onColumns,
  oneHot,
  pipeline,
  pipelineFromJSON,
  type Step,
  samples,
  standard,
  transformerFromJSON,
} from "../../src/prepare";
import { type Matrix, matrix, takeRows } from "../../src/samples";

const cell = fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { freq: 5 });
const row = fc.record({ key: fc.option(fc.constantFrom("A", "B", "C")), tempo: cell, plays: cell });
const rows = fc
  .array(row, { minLength: 2, maxLength: 30 })
  .filter((songs) => songs.some(({ tempo }) => tempo !== null) && songs.some(({ plays }) => plays !== null));

function samplesOfRows(songs: readonly { key: string | null; tempo: number | null; plays: number | null }[]) {
  const frame = pl.DataFrame([
    pl.Series(
      "key",
      songs.map(({ key }) => key),
      pl.Utf8,
    ),
    pl.Series(
      "tempo",
      songs.map(({ tempo }) => tempo),
      pl.Float64,
    ),
    pl.Series(
      "plays",
      songs.map(({ plays }) => plays),
      pl.Float64,
    ),
    pl.Series(
      "y",
      songs.map((_, at) => at),
      pl.Float64,
    ),
  ]);
  return samples(frame, { features: ["tempo", "plays"], target: "y", info: ["key"], missing: "keep" });
}

const fit = (train: ReturnType<typeof samplesOfRows>) =>
  pipeline(train, [
    (some) => imputer(some, { strategy: "median", indicators: true }),
    onColumns(["plays"], standard),
    (some) => oneHot(some, { columns: ["key"], unknown: "ignore" }),
    minMax,
  ]);

describe("pipeline", () => {
  it("fits each step on the train rows as the earlier ones leave them, and does no more than they", () => {
    fc.assert(
      fc.property(rows, rows, (ours, theirs) => {
        const [train, test] = [samplesOfRows(ours), samplesOfRows(theirs)];
        const fill = imputer(train, { strategy: "median", indicators: true });
        const encoder = oneHot(fill.apply(train), { columns: ["key"], unknown: "ignore" });
        const scaled = onColumns(["plays"], standard)(fill.apply(train));
        const last = minMax(encoder.apply(scaled.apply(fill.apply(train))));
        const joined = fit(train);
        expect(joined.names).toEqual(last.names);
        expect(joined.inputs).toEqual(["tempo", "plays"]);
        for (const some of [train, test]) {
          const expected = last.apply(encoder.apply(scaled.apply(fill.apply(some))));
          expect(joined.apply(some)).toEqual(expected);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("gives the same digits after a trip through JSON, whatever rows it is applied to", () => {
    fc.assert(
      fc.property(rows, rows, (ours, theirs) => {
        const [train, test] = [samplesOfRows(ours), samplesOfRows(theirs)];
        const joined = fit(train);
        const text = JSON.stringify(joined);
        const again = pipelineFromJSON(JSON.parse(text));
        expect(JSON.stringify(again)).toBe(text);
        expect(again.names).toEqual(joined.names);
        expect(again.apply(test)).toEqual(joined.apply(test));
        expect(transformerFromJSON(JSON.parse(text)).apply(test)).toEqual(joined.apply(test));
        expect(takeRows(joined.apply(test), [0])).toEqual(joined.apply(takeRows(test, [0])));
      }),
      { numRuns: 20 },
    );
  });

  it("learns nothing from other rows than train", () => {
    const train = samplesOfRows([
      { key: "A", tempo: 100, plays: 1 },
      { key: null, tempo: null, plays: 3 },
    ]);
    const joined = fit(train);
    const before = JSON.stringify(joined);
    const test = samplesOfRows([{ key: "C", tempo: 200, plays: null }]);
    const { x } = joined.apply(test);
    expect(x.names).toEqual(["tempo", "plays", "tempo missing", "key=(missing)", "key=A"]);
    expect([...x.data]).toEqual([100, 0.5, 0, 0, 0]);
    expect(JSON.stringify(joined)).toBe(before);
  });

  it("may have no steps, be a step of another, and names the step that failed", () => {
    const x = matrix(2, 2, Float64Array.of(1, 2, 3, 6), ["a", "b"]);
    expect(pipeline(x, []).apply(x)).toEqual(x);
    const nested = pipeline(x, [(some) => pipeline(some, [standard]), minMax]);
    expect([...pipelineFromJSON(JSON.parse(JSON.stringify(nested))).apply(x).data]).toEqual([0, 0, 1, 1]);
    const holes = { ...x, data: Float64Array.of(1, Number.NaN, 3, 6) };
    expect(() => pipeline(holes, [(some) => imputer(some, { strategy: "mean", columns: ["a"] }), minMax])).toThrow(
      /column "b": step 2 of the pipeline: row 0 .* is not a finite number \(found NaN\)/,
    );
    expect(() => pipeline(x, [minMax]).apply(holes)).toThrow(/column "b": step 1 \(minMax\) of the pipeline: row 0/);
    expect(() => pipeline(x, minMax as unknown as [])).toThrow(/needs a list of steps/);
    expect(() => pipeline(x, [minMax]).apply({ ...x, names: ["b", "a"] })).toThrow(
      /this pipeline was fit on the columns a, b/,
    );
  });

  it("refuses files of other things, and steps that do not fit one another", () => {
    const x = matrix(2, 2, Float64Array.of(1, 2, 3, 6), ["a", "b"]);
    const good = JSON.parse(
      JSON.stringify(
        pipeline(x, [(some) => imputer(some, { strategy: "mean", indicators: true }), onColumns(["b"], minMax)]),
      ),
    );
    const [fill, some] = good.steps;
    const bad = (change: object) => () => pipelineFromJSON({ ...good, ...change });
    expect(() => pipelineFromJSON(null)).toThrow(/format undefined, version undefined/);
    expect(bad({ version: 2 })).toThrow(/version 2/);
    expect(bad({ inputs: ["a", "a"] })).toThrow(/inputs is no list of different names/);
    expect(bad({ inputs: ["b", "a"] })).toThrow(/step 1 was fit on other columns/);
    expect(bad({ steps: {} })).toThrow(/steps is no list/);
    expect(bad({ steps: [null] })).toThrow(/format undefined/);
    expect(bad({ steps: [{ ...fill, kind: "other" }] })).toThrow(/kind other/);
    expect(bad({ steps: [{ ...fill, fill: [1] }] })).toThrow(/imputer: fill is not 2 numbers/);
    expect(bad({ steps: [{ ...fill, fill: [1, null] }] })).toThrow(/imputer: fill is not 2 numbers/);
    expect(bad({ steps: [{ ...fill, columns: ["c", "a"] }] })).toThrow(/columns names other columns/);
    expect(bad({ steps: [{ ...fill, strategy: "mode" }] })).toThrow(/strategy is none of mean, median, constant/);
    expect(bad({ steps: [fill, { ...some, columns: ["a"] }] })).toThrow(/fit on other columns/);
  });
});

describe("a step", () => {
  const x = matrix(2, 1, Float64Array.of(1, 2), ["a"]);

  it("is refused where it is a transformer that was fit before, or nothing that learns", () => {
    const refusal = /a step must be a function that learns .* \(found "minMax"\).*prepare.standard/;
    expect(() => pipeline(x, [minMax(x) as unknown as Step])).toThrow(refusal);
    expect(() => onColumns(["a"], minMax(x) as unknown as Step)(x)).toThrow(refusal);
    expect(() => pipeline(x, ["minMax" as unknown as Step])).toThrow(/^step 1 of the pipeline: .* \(found "minMax"\)/);
  });

  it("is refused where it returns rows instead of a transformer", () => {
    const changes = ((rows: Matrix) => minMax(rows).apply(rows)) as unknown as Step<Matrix>;
    expect(() => pipeline(x, [changes])).toThrow(/^step 1 of the pipeline: a step must return what it has learned/);
  });
});

describe("onColumns", () => {
  it("leaves the others as they are and keeps all places; what is appended comes last", () => {
    const x = matrix(2, 3, Float64Array.of(1, Number.NaN, 3, 5, Number.NaN, 6), ["a", "b", "c"]);
    const scaled = onColumns(["c", "a"], minMax)(x);
    expect([scaled.inputs, scaled.names]).toEqual([x.names, x.names]);
    expect([...scaled.apply(x).data]).toEqual([0, Number.NaN, 0, 1, Number.NaN, 1]);
    const filled = onColumns(["b"], (some) => imputer(some, { strategy: "constant", value: 7, indicators: true }))(x);
    expect(filled.apply(x)).toEqual(
      matrix(2, 4, Float64Array.of(1, 7, 3, 1, 5, 7, 6, 1), ["a", "b", "c", "b missing"]),
    );
    expect(() => onColumns(["d"], minMax)(x)).toThrow(/no such column \(found "d"\)/);
    const taken = { ...x, names: ["a", "b", "b missing"] };
    const indicate = onColumns(["b"], (some) => imputer(some, { strategy: "constant", value: 7, indicators: true }));
    expect(() => indicate(taken)).toThrow(/same name \(found "b missing"\)/);
  });
});
