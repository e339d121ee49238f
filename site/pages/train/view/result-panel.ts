import { wilson } from "../../../../lib/src/evaluate/calibration";
import { formatNumber, percent } from "../../../../lib/src/show/format";
import { make } from "../../shared/dom";
import { defaults } from "../settings";
import type { TestScores, TrainingResult } from "../trainer";
import { table } from "./number-tables";
import { verdict } from "./verdict";
import { sameSettings, timeInWords } from "./words";

/**
 * What came of a training, in figures and words.
 *
 * @param looks how often the page has shown figures of these very test songs, this time included
 */
export function resultParts(result: TrainingResult, looks: number): HTMLElement[] {
  const [constant] = result.baselines;
  const { title, text } = verdict(result.history, result.task, metricOf(constant.test));
  return [
    scores(result),
    make("p", {}, make("b", { text: `${title}. ` }), text),
    comparison(result),
    make("p", { text: beaten(result) }),
    make("p", { text: looksInWords(result, looks) }),
    make("p", { class: "hint", text: effort(result) }),
    ...sameDigits(result),
  ];
}

/** Accuracy, or mean absolute error. */
export function metricOf(test: TestScores): number {
  return test.task === "classification" ? test.accuracy : test.mae;
}

/** 95 % interval of a test accuracy; it takes the songs as independent. */
export function testInterval(accuracy: number, songs: number): [low: number, high: number] {
  return wilson(Math.round(accuracy * songs), songs);
}

function scores({ history, test, songs, task }: TrainingResult): HTMLElement {
  const last = history.at(-1);
  const count = (rows: number) => `${formatNumber(rows)} songs`;
  if (test.task === "regression") {
    const mae = (name: string, value: number | undefined, rows: number) =>
      score(`${name} error`, formatNumber(value, 3), `typically off by a factor of ${factor(value)}; ${count(rows)}`);
    return make(
      "dl",
      { class: "scores" },
      mae("Training", last?.metric, songs.train),
      mae("Validation", last?.valMetric, songs.validation),
      mae("Test", test.mae, songs.test),
      score("R² on test songs", formatNumber(test.r2, 3), "share of the spread of log streams that it explains"),
    );
  }
  const [low, high] = testInterval(test.accuracy, songs.test);
  const share = (value: number | undefined) => percent(value ?? Number.NaN);
  const points = task === "classification" && last ? Math.abs(100 * (last.metric - last.valMetric)) : 0;
  return make(
    "dl",
    { class: "scores" },
    score("Training accuracy", share(last?.metric), count(songs.train)),
    score(
      "Validation accuracy",
      share(last?.valMetric),
      `${count(songs.validation)}; gap ${formatNumber(points, 1)} points`,
    ),
    score(
      "Test accuracy",
      share(test.accuracy),
      `${count(songs.test)}; 95% interval ${percent(low)} to ${percent(high)}`,
    ),
    score("ROC AUC", formatNumber(test.rocAuc, 3), "on the test songs; 0.5 is guessing"),
  );
}

/** What an error in natural logarithms is in streams. */
function factor(error: number | undefined): string {
  return error === undefined ? "—" : formatNumber(Math.exp(error), 1);
}

function score(name: string, value: string, note: string): HTMLElement {
  return make("div", {}, make("dt", { text: name }), make("dd", {}, make("b", { text: value }), note));
}

function comparison({ test, baselines }: TrainingResult): HTMLElement {
  const rows = [{ name: "this network", test }, ...baselines].map(({ name, test }) =>
    test.task === "classification"
      ? [name, percent(test.accuracy), formatNumber(test.rocAuc, 3)]
      : [name, formatNumber(test.mae, 3), formatNumber(test.r2, 3)],
  );
  const heads = test.task === "classification" ? ["accuracy", "ROC AUC"] : ["mean absolute error", "R²"];
  return table(["On the test songs", ...heads], rows);
}

/** Whether the network beats the best baseline by more than the luck of the test songs. */
function beaten({ test, baselines, songs }: TrainingResult): string {
  if (test.task === "regression")
    return `The smaller error is the better one, in natural logarithms; with ${formatNumber(songs.test)} test songs a small difference says little.`;
  const best = baselines.reduce((one, other) => (metricOf(other.test) > metricOf(one.test) ? other : one));
  const [low, high] = testInterval(test.accuracy, songs.test);
  const figure = metricOf(best.test);
  if (figure > high)
    return `The figure of ${best.name} lies above the network's interval: the simpler model does better here.`;
  if (figure < low)
    return `The figure of ${best.name} lies below the network's interval: a sign, on these test songs, that the network knows more.`;
  return `The figure of ${best.name} lies within the network's interval: on so few test songs the two can hardly be told apart.`;
}

function looksInWords({ songs }: TrainingResult, looks: number): string {
  const times = looks === 1 ? "once" : looks === 2 ? "twice" : `${looks} times`;
  const lesson =
    looks === 1
      ? "This first look is an honest one. Choose settings by the validation figures and the next looks stay nearly so."
      : "Whoever tries settings until the test figure pleases has chosen by the test songs, and their figure flatters. Choose by validation; look here once, at the end.";
  return `These ${formatNumber(songs.test)} test songs have been looked at ${times} since the page was opened. ${lesson}`;
}

function effort({ seconds, parameters, weights, history, stopped, settings, task }: TrainingResult): string {
  const epochs = stopped ? `${history.length} of ${settings.epochs} epochs (stopped)` : `${history.length} epochs`;
  return `${epochs} in ${timeInWords(seconds)} of computing; ${formatNumber(parameters)} parameters, of ${formatNumber(weights.all)} weights ${formatNumber(weights.nearZero)} nearer to 0 than 0.001.${task === "classification" ? " The interval is Wilson's and takes songs as independent, which those of one artist are not." : ""}`;
}

function sameDigits({ settings, kind, stopped }: TrainingResult): HTMLElement[] {
  if (stopped || kind !== "real" || !sameSettings(settings, defaults)) return [];
  const link = make("a", { text: "notebook 02", attributes: { href: "02_nineties_classifier.html" } });
  return [make("p", { class: "hint" }, "Same songs, same seed, same digits: this is the network of ", link, ".")];
}
