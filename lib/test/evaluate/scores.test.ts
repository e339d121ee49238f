import { describe, expect, it } from "vitest";
import { HitlabError } from "../../src/errors";
import {
  brier,
  type Confusion,
  calibrationCurve,
  classifier,
  confusionMatrix,
  logLoss,
  majority,
  prAuc,
  precisionRecallCurve,
  rocAuc,
  rocCurve,
  scores,
  wilson,
} from "../../src/evaluate";
import { quantileSorted } from "../../src/evaluate/quantile";
import { matrix } from "../../src/samples";
import golden from "./golden.json"; // made by golden.py

/** A case of golden.py: what is undefined for one class is null or absent there. */
interface Case extends Record<"accuracy" | "precision" | "recall" | "f1" | "brier" | "logLoss", number> {
  labels: number[];
  probabilities: number[];
  threshold: number;
  confusion: Confusion;
  rocAuc: number | null;
  prAuc: number | null;
  rocFalse?: number[][];
  rocTrue?: number[][];
  prFalse?: number[][];
  prTrue?: number[][];
  uniform?: number[][];
  quantile?: number[][];
}

const cases = Object.entries<Case>(golden.cases);
const bothClasses = cases.filter(([, { labels }]) => new Set(labels).size === 2);

/** Same length, same numbers to 12 digits. */
function expectClose(ours: ArrayLike<number>, theirs: readonly number[]) {
  expect(ours.length).toBe(theirs.length);
  theirs.forEach((value, i) => {
    expect(ours[i]).toBeCloseTo(value, 12);
  });
}

describe("scores against scikit-learn", () => {
  it.each(cases)("%s", (_, { labels, probabilities, threshold, confusion, ...theirs }) => {
    const ours = scores(labels, probabilities, { threshold });
    expect(ours.confusion).toEqual(confusion);
    expect(ours.rows).toBe(labels.length);
    for (const metric of ["accuracy", "precision", "recall", "f1", "brier", "logLoss"] as const) {
      expect(ours[metric], metric).toBeCloseTo(theirs[metric], 12);
    }
    for (const area of ["rocAuc", "prAuc"] as const) {
      if (theirs[area] === null) expect(ours[area], area).toBeNull();
      else expect(ours[area], area).toBeCloseTo(theirs[area], 12);
    }
  });

  it("gives the single metrics the same values", () => {
    const { labels, probabilities } = golden.cases.ties;
    const all = scores(labels, probabilities);
    expect(rocAuc(labels, probabilities)).toBe(all.rocAuc);
    expect(prAuc(labels, probabilities)).toBe(all.prAuc);
    expect(brier(labels, probabilities)).toBe(all.brier);
    expect(logLoss(labels, probabilities)).toBe(all.logLoss);
    expect(confusionMatrix(labels, probabilities)).toEqual(all.confusion);
  });

  it("scores the named rows only, and looks at no other", () => {
    const some = scores([0, 1, 1, 0], [0.2, Number.NaN, 0.9, 0.6], { rows: [0, 2, 3, 3] });
    expect(some).toEqual(scores([0, 1, 0, 0], [0.2, 0.9, 0.6, 0.6]));
  });
});

describe("curves against scikit-learn", () => {
  it.each(bothClasses)("ROC: %s", (_, { labels, probabilities, rocFalse, rocTrue }) => {
    const full = rocCurve(labels, probabilities, { dropIntermediate: false });
    const short = rocCurve(labels, probabilities);
    for (const [curve, theirs] of [
      [full, rocFalse],
      [short, rocTrue],
    ] as const) {
      expectClose(curve.falsePositiveRate, theirs?.[0] ?? []);
      expectClose(curve.truePositiveRate, theirs?.[1] ?? []);
      expect(curve.thresholds[0]).toBe(Number.POSITIVE_INFINITY);
      expectClose(curve.thresholds.slice(1), theirs?.[2] ?? []);
    }
  });

  it.each(cases.filter(([, { prTrue }]) => prTrue))("precision-recall: %s", (_, each) => {
    const full = precisionRecallCurve(each.labels, each.probabilities, { dropIntermediate: false });
    const short = precisionRecallCurve(each.labels, each.probabilities);
    for (const [curve, theirs] of [
      [full, each.prFalse],
      [short, each.prTrue],
    ] as const) {
      expectClose(curve.precision, theirs?.[0] ?? []);
      expectClose(curve.recall, theirs?.[1] ?? []);
      expectClose(curve.thresholds, theirs?.[2] ?? []);
    }
  });

  it.each(bothClasses)("calibration: %s", (_, each) => {
    for (const strategy of ["uniform", "quantile"] as const) {
      const bins = calibrationCurve(each.labels, each.probabilities, { strategy });
      expectClose(
        bins.map((bin) => bin.observed),
        each[strategy]?.[0] ?? [],
      );
      expectClose(
        bins.map((bin) => bin.predicted),
        each[strategy]?.[1] ?? [],
      );
      expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(each.labels.length);
      for (const { low, high, observed } of bins) expect(low <= observed && observed <= high).toBe(true);
    }
  });

  it("wilson agrees with statsmodels", () => {
    for (const [positives, rows, level, low, high] of golden.wilson) {
      expectClose(wilson(positives, rows, level), [low, high]);
    }
  });

  it("quantileSorted agrees with numpy", () => {
    const sorted = Float64Array.from(golden.quantiles.numbers).sort();
    for (const [q, value] of golden.quantiles.at) expect(quantileSorted(sorted, q)).toBe(value);
  });
});

describe("what cannot be scored", () => {
  const bad: [string, () => unknown, RegExp][] = [
    ["a NaN", () => scores([0, 1], [0.1, Number.NaN]), /probability of row 1 .*found NaN.*missing values/],
    ["a logit", () => scores([0, 1], [-3.2, 0.4]), /probability of row 0 .*found -3.2.*not logits/],
    ["another label", () => scores([0, 1, 2], [0.1, 0.2, 0.3]), /label of row 2 .*found 2/],
    ["a NaN label", () => scores([0, Number.NaN], [0.1, 0.2]), /label of row 1 .*found NaN/],
    ["different lengths", () => scores([0, 1], [0.1]), /2 labels but 1 probabilities/],
    ["no rows", () => scores([], []), /no rows to score/],
    ["a row that is not there", () => scores([0, 1], [0.1, 0.2], { rows: [1, 2] }), /rows\[1\] .*found 2/],
    ["a threshold in percent", () => scores([0, 1], [0.1, 0.2], { threshold: 50 }), /threshold .*found 50/],
    ["rocAuc of one class", () => rocAuc([1, 1], [0.1, 0.2]), /only one of the two labels.*stratified/],
    ["prAuc without positives", () => prAuc([0, 0], [0.1, 0.2]), /average precision/],
    ["an ROC curve of one class", () => rocCurve([0, 0], [0.1, 0.2]), /ROC curve needs/],
    ["a PR curve without positives", () => precisionRecallCurve([0, 0], [0.1, 0.2]), /rows of label 1/],
    ["no bins", () => calibrationCurve([0, 1], [0.1, 0.2], { bins: 0 }), /bins .*found 0/],
    ["a level in percent", () => calibrationCurve([0, 1], [0.1, 0.2], { level: 95 }), /level .*found 95/],
    ["a share of nothing", () => wilson(0, 0), /at least one row/],
    ["training without rows", () => majority({ y: new Float64Array(0) }), /no training rows/],
    ["training on NaN", () => majority({ y: Float64Array.of(1, Number.NaN) }), /label of row 1/],
  ];
  it.each(bad)("%s", (_, attempt, message) => {
    expect(attempt).toThrow(HitlabError);
    expect(attempt).toThrow(message);
  });
});

describe("models", () => {
  const samples = (y: number[]) => ({
    x: matrix(y.length, 1, Float64Array.from(y)),
    y: Float64Array.from(y),
    info: {},
  });

  it("classifier scores what the model says", () => {
    const model = { predictProbability: (x: { data: Float64Array }) => x.data.map((value) => 0.1 + 0.8 * value) };
    const { accuracy, rocAuc: area, probabilities } = classifier(model, samples([0, 1, 1]));
    expect({ accuracy, area }).toEqual({ accuracy: 1, area: 1 });
    expectClose(probabilities, [0.1, 0.9, 0.9]);
  });

  it("majority gives every row the training share", () => {
    const model = majority(samples([0, 0, 0, 1]));
    expect(model.probability).toBe(0.25);
    const { accuracy, rocAuc: area, brier: error } = classifier(model, samples([0, 1, 0, 0]));
    expect({ accuracy, area, error }).toEqual({ accuracy: 0.75, area: 0.5, error: 0.25 * 0.75 });
  });
});
