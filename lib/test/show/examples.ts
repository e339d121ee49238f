import { random } from "../../src/random";
import type { Figure } from "../../src/show";
import * as show from "../../src/show";
import { sigmoid } from "../../src/special";

/** A name that tries to be markup, a formula and a template at once. */
export const HOSTILE = `<script>alert("1")</script> & <b>$x^2$</b> %{y} </svg>`;

const days = Array.from({ length: 60 }, (_, at) => 17167 + at);

/** Labels and probabilities of a fair model and of one that says only yes or no. */
export function scoredRows(rows = 2000) {
  const rng = random(1, "show-test");
  const labels = Array.from({ length: rows }, () => (rng.uniform() < 0.3 ? 1 : 0));
  return {
    LSTM: { labels, probabilities: labels.map((label) => sigmoid(rng.normal(label ? 1.5 : -1.5, 1.2))) },
    Persistence: { labels, probabilities: labels.map((label) => (rng.uniform() < 0.05 ? 1 - label : label)) },
  };
}

/** The study's own figures by epoch. */
export const studyHistory = {
  epochs: 10,
  seconds: 33.2,
  accuracy: [0.9391, 0.9871, 0.9887, 0.9922, 0.9941, 0.9941, 0.993, 0.9914, 0.9906, 0.9941],
  loss: [0.2577, 0.0387, 0.0258, 0.0222, 0.0154, 0.0147, 0.0187, 0.0179, 0.0179, 0.0156],
  valAccuracy: [0.9812, 0.9812, 0.9844, 0.9891, 0.9937, 0.9953, 0.9906, 0.9891, 0.9922, 0.9937],
  valLoss: [0.0453, 0.0362, 0.0404, 0.0277, 0.0154, 0.0165, 0.0213, 0.0256, 0.0144, 0.0157],
};

const skippedHistory = {
  epochs: 0,
  accuracy: [],
  loss: [],
  valAccuracy: [],
  valLoss: [],
  note: "Loaded from the saved model: trained before on the same data with the same settings.",
};

const story = (title: string, at: number): show.Story => ({
  title,
  artist: "An Artist",
  remark: "called nine days ahead",
  rank: { days, values: days.map((_, day) => Math.max(1, 180 - 3 * day + 5 * at)) },
  probability: { days: days.slice(14), values: days.slice(14).map((_, day) => sigmoid((day - 20 - at) / 4)) },
  entered: days[44],
  called: at === 1 ? null : days[35],
});

const interval = (model: string, metric: string, estimate: number | null) => ({
  model,
  metric,
  estimate,
  low: estimate === null ? null : estimate - 0.006,
  high: estimate === null ? null : estimate + 0.004,
});

/** Points around a curve, always the same. */
export function cloud(points: number, seed: number): { x: number[]; y: number[] } {
  const rng = random(seed, "show-cloud");
  const x = Array.from({ length: points }, () => 5 + 100 * rng.uniform() * rng.uniform());
  return { x, y: x.map((value) => Math.round(101 - 0.8 * value + 10 * rng.uniform())) };
}

/** Logarithms of streams and what a fair model says of them. */
function targets(rows: number): { y: number[]; predicted: number[] } {
  const rng = random(6, "show-targets");
  const y = Array.from({ length: rows }, () => rng.normal(19, 1.2));
  return { y, predicted: y.map((value) => 19 + 0.8 * (value - 19) + rng.normal(0, 0.5)) };
}

/** One of each kind of figure, each with a hostile name where names come from data. */
export const examples: Readonly<Record<string, () => Figure>> = {
  history: () => show.historyFigure(studyHistory, { caption: "The study's own run." }),
  "history-skipped": () => show.historyFigure(skippedHistory),
  confusion: () =>
    show.confusionFigure({ trueNegative: 573, falsePositive: 3, falseNegative: 1, truePositive: 63 }, [
      "Not a Hit",
      "Hit",
    ]),
  roc: () => show.rocFigure(scoredRows()),
  "precision-recall": () => show.precisionRecallFigure(scoredRows()),
  calibration: () => show.calibrationFigure(scoredRows()),
  intervals: () =>
    show.intervalsFigure(
      [
        interval("LSTM (streams + rank)", "accuracy", 0.9762),
        interval(HOSTILE, "accuracy", 0.9816),
        interval("LSTM (streams + rank)", "rocAuc", 0.9963),
        interval(HOSTILE, "rocAuc", null),
        interval("LSTM (streams + rank)", "brier", 0.018),
        interval(HOSTILE, "brier", 0.0195),
      ],
      { title: "Persistence is a hair better", caption: "95 % intervals over songs." },
    ),
  "intervals-reference": () =>
    show.intervalsFigure(
      [
        interval("Boosting", "accuracy", 0.0004),
        interval("Logistic", "accuracy", -0.0007),
        interval(HOSTILE, "accuracy", 0.012),
      ],
      { title: "Only one is better than the network", reference: 0, digits: 4 },
    ),
  importance: () =>
    show.importanceFigure(
      [
        { feature: "tempo", importance: 0.0004, low: -0.002, high: 0.003 },
        { feature: HOSTILE, importance: 0.081, low: 0.074, high: 0.088 },
        { feature: "random 1", importance: -0.0003, low: -0.002, high: 0.0015, control: true },
        { feature: "energy", importance: 0.021 },
        { feature: "random 2", importance: 0.0007, low: -0.001, high: 0.0025, control: true },
      ],
      { title: "Tempo counts for no more than noise", value: "drop in accuracy" },
    ),
  "lines-intervals": () =>
    show.linesFigure(
      [
        {
          name: "forest",
          x: [500, 1000, 2000],
          y: [0.74, 0.76, 0.78],
          low: [0.72, 0.75, 0.775],
          high: [0.76, 0.77, 0.785],
        },
        {
          name: "network",
          x: [500, 1000, 2000],
          y: [0.72, null, 0.77],
          low: [0.7, 0.1, 0.76],
          high: [0.74, 0.2, 0.78],
        },
      ],
      { title: "More songs still help", x: "songs to train on", y: { title: "accuracy", format: "percent" } },
    ),
  bars: () =>
    show.barsFigure(
      [
        { label: HOSTILE, value: 9800 },
        { label: "Drake", value: 12045, strong: true },
        { label: "A name so long that it cannot stand beside its bar without being cut", value: 122 },
      ],
      { title: "Drake holds the most chart days", value: "days in the Top 200", sorted: true },
    ),
  "bars-grouped": () =>
    show.barsFigure(
      ["LSTM", "Logistic"].flatMap((label, l) =>
        ["random", "by song", "by time"].map((group, g) => ({ label, group, value: 0.97 - 0.01 * l - 0.02 * g })),
      ),
      { title: "Every split tells another story", value: { title: "accuracy", format: "percent" } },
    ),
  lines: () =>
    show.linesFigure(
      [
        ...Array.from({ length: 5 }, (_, at) => ({
          name: "q",
          quiet: true,
          x: days,
          y: days.map((_, day) => 190 - day - at * 9),
        })),
        { name: HOSTILE, x: days, y: days.map((_, day) => 200 - 3 * day) },
        { name: "probability", x: days, y: days.map((_, day) => sigmoid((day - 30) / 5)), axis: "right" },
      ],
      {
        title: "The probability rises before the rank does, and this title is long enough to need a second line",
        x: { title: "day", format: "days" },
        y: { title: "rank", reversed: true, range: [1, 200] },
        right: { title: "probability of a hit", format: "percent", range: [0, 1] },
        thresholds: [{ value: 50, label: "Top 50" }],
      },
    ),
  "lines-bands": () => {
    const lambdas = Array.from({ length: 20 }, (_, at) => 10 ** (at / 5 - 5));
    const y = lambdas.map((_, at) => 0.5 + (at - 8) ** 2 / 900);
    const many = Array.from({ length: 900 }, (_, at) => 1e-5 * 1.01 ** at);
    return show.linesFigure(
      [
        {
          name: "L1",
          x: lambdas,
          y,
          low: y.map((value) => value - 0.02),
          high: y.map((value, at) => (at === 6 ? null : value + 0.03)),
          band: true,
        },
        {
          name: HOSTILE,
          x: many,
          y: many.map(() => 0.6),
          low: many.map(() => 0.58),
          high: many.map(() => 0.62),
          band: true,
        },
      ],
      {
        title: "L1 is best at a thousandth",
        x: { title: "lambda", log: true },
        y: { title: "validation loss", log: true },
        thresholds: [
          { value: 0.0004, label: "best", axis: "x" },
          { value: 0.002, label: "1 SE", axis: "x" },
          { value: 0.65, label: "guessing" },
        ],
      },
    );
  },
  effects: () => {
    const row = (
      parameter: string,
      values: unknown[],
      means: (number | null)[],
      share: number | null,
    ): show.Effect => ({
      parameter,
      levels: values.map((value, at) => ({ value, mean: means[at], failed: means[at] === null ? 4 : 0 })),
      differences: [
        { label: `${parameter}: first to last`, estimate: -0.41, low: -0.8, high: share === 0.09 ? 0.1 : -0.02 },
      ],
      share,
    });
    return show.effectsFigure(
      [
        row("learningRate", [0.001, 0.01], [2.08, 1.67], 0.09),
        row(HOSTILE, ["a", HOSTILE, "c"], [1.6, 1.8, 2.1], null),
        row("epochs", [50, 100], [2.24, 1.52], 0.28),
        row("batchSize", [16, 32], [1.61, null], 0.15),
        row("dropout", [0, 0.1, 0.2, 0.3, 0.4], [2.1, 2, 1.9, 1.8, 1.9], 0.1),
        row("neurons", [64], [1.7], 0),
      ],
      { title: "Epochs decide", score: "mean squared error" },
    );
  },
  histogram: () =>
    show.histogramFigure(
      days.map((day) => day % 17),
      { title: "Half of the calls come a week ahead", x: "days ahead", things: "songs", bins: { width: 1 } },
    ),
  "histogram-groups": () => {
    const { labels, probabilities } = scoredRows().LSTM;
    const of = (label: number) => probabilities.filter((_, at) => labels[at] === label);
    return show.histogramFigure(
      { hits: of(1), "not hits": of(0) },
      { title: "The classes part at one half", x: { title: "probability", format: "percent" }, share: true, bins: 20 },
    );
  },
  heat: () =>
    show.heatFigure(
      [
        [0.9762, 0.9721],
        [0.722, null],
      ],
      {
        title: "Every model loses a little when songs are kept apart",
        rows: ["LSTM", "Majority"],
        columns: ["random", "by song"],
        format: "percent",
      },
    ),
  "heat-parted": () =>
    show.heatFigure(
      [
        [0.632, 0.71],
        [0.297, 0.156],
        [0.51, null],
      ],
      {
        title: "Instrumentalness alone tells hits from flops, danceability nearly",
        rows: ["danceability", "instrumentalness", HOSTILE],
        columns: ["60s", "10s"],
        columnTitle: "decade",
        headings: "top",
        centre: 0.5,
        digits: 3,
      },
    ),
  contributions: () =>
    show.contributionsFigure(
      {
        contributions: {
          rows: 2,
          columns: 4,
          names: ["danceability", "key", HOSTILE, "duration_ms"],
          data: Float64Array.of(0, 0, 0, 0, 0.113, 0.004, -0.002, -0.083),
        },
        base: 0.4987,
      },
      { row: 1, values: [0.78, 5, "x", 259360], most: 2, rowName: HOSTILE, title: "Its beat speaks for this song" },
    ),
  "contributions-log-odds": () =>
    show.contributionsFigure(
      { contributions: { rows: 1, columns: 2, names: ["a", "b"], data: Float64Array.of(-0.5, 0.02) }, base: -0.2 },
      { prediction: "log-odds of a hit", title: "Its beat speaks against this song" },
    ),
  "small-multiples": () =>
    show.smallMultiplesFigure(
      ["danceability", HOSTILE, "mode", "tempo"].map((title, at) => ({
        title,
        remark: at === 3 ? "beats per minute, as far as anybody can count them" : "0 to 1",
        ...(at === 2 ? { format: "percent", range: [0, 1] } : {}),
        series: ["hits", "flops"].map((name, s) => ({
          name,
          x: ["60s", "70s", "80s"],
          y: [0.5 + 0.1 * s, at === 3 ? null : 0.6, 0.7 - 0.1 * at],
          ...(at === 2 ? {} : { low: [0.4, 0.4, 0.3], high: [0.7, 0.8, 0.9 + 0.1 * s] }),
        })),
      })),
      { x: "decade", title: "Hits and flops part", caption: "Lines: medians. Bands: the middle half." },
    ),
  scatter: () => {
    const { x, y } = cloud(900, 3);
    return show.scatterFigure(
      [
        { name: "others", quiet: true, x: x.map((value) => value * 1.4), y: y.map((value) => value * 0.6) },
        { name: HOSTILE, x, y, labels: x.map((_, at) => `${HOSTILE} ${at}`) },
        { name: "a few", x: [2, 30, null, 5], y: [9, Number.NaN, 3, 40] },
      ],
      {
        title: "What is streamed is looked up",
        x: { title: "streams (millions)", log: true },
        y: { title: "rank", reversed: true },
        thresholds: [
          { value: 12, label: `median ${HOSTILE}`, axis: "x" },
          { value: 50, label: "Top 50" },
        ],
      },
    );
  },
  "scatter-classes": () => {
    const { x } = cloud(4600, 4);
    const of = (above: boolean) => x.filter((value) => value > 20 === above);
    return show.scatterFigure(
      [
        { name: "flops", x: of(false), y: of(false).map(() => 0) },
        { name: "hits", x: of(true), y: of(true).map(() => 1) },
      ],
      {
        title: "The score tells the class",
        x: "score",
        y: { title: "class", ticks: [0, 1].map((value) => ({ value, label: `${value}` })) },
        jitter: [0, 0.3],
        plotHeight: 200,
      },
    );
  },
  "scatter-identity": () => {
    const { x, y } = cloud(100, 5);
    return show.scatterFigure([{ name: "songs", x, y }], {
      title: "Two measures of one thing",
      x: { title: "one", range: [0, 150] },
      y: "the other",
      identity: true,
    });
  },
  "actual-predicted": () => {
    const { y, predicted } = targets(952);
    return show.actualPredictedFigure(
      y,
      { forest: predicted, [HOSTILE]: predicted.map((value) => 19 + (value - 19) / 2) },
      { title: "The forest follows", unit: "streams", logarithms: "ln", labels: y.map((_, at) => `song ${at}`) },
    );
  },
  "actual-predicted-intervals": () => {
    const { y, predicted } = targets(190);
    const intervals = { low: predicted.map((value) => value - 1), high: predicted.map((value) => value + 1) };
    return show.actualPredictedFigure(y, predicted, { title: "Nine of ten", unit: HOSTILE, intervals });
  },
  correlations: () => {
    const names = Array.from({ length: 33 }, (_, at) => (at === 7 ? HOSTILE : `in_apple_playlists_${at}`));
    const values = names.map((_, r) => names.map((_, c) => (r === c ? 1 : (((r * c) % 17) - 8) / 14)));
    return show.correlationsFigure({ names, values }, { title: "Some go together", mark: ["in_apple_playlists_20"] });
  },
  "correlations-few": () =>
    show.correlationsFigure(
      {
        names: ["energy", HOSTILE, "bpm"],
        values: [
          [1, -0.7512, 0.04],
          [-0.7512, 1, null],
          [0.04, null, 1],
        ],
      },
      { title: "One pair", caption: "Of a few songs." },
    ),
  stories: () =>
    show.storiesFigure([story("Despacito", 0), story(HOSTILE, 1), story("방탄소년단 とても長い曲名 ".repeat(5), 2)], {
      title: "Three songs: two called, one not",
      threshold: 0.4,
    }),
};
