import { wilson } from "../../../../lib/src/evaluate/calibration";
import { formatNumber, percent } from "../../../../lib/src/show/format";
import { make } from "../../shared/dom";
import { defaults } from "../settings";
import type { TestScores, TrainingResult } from "../trainer";
import { table } from "./number-tables";
import { verdict } from "./verdict";
import { inWords, sameSettings, timeInWords } from "./words";

/**
 * What came of a training, in figures and words.
 *
 * @param looks how often this browser has shown figures of these very test songs, this time included
 */
export function resultParts(result: TrainingResult, looks: number): HTMLElement[] {
  const [constant] = result.baselines;
  const { title, text } = verdict(result, metricOf(constant.test));
  return [
    make("p", { class: "hint of-what", text: inWords(result.settings) }),
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
function testInterval(accuracy: number, songs: number): [low: number, high: number] {
  return wilson(Math.round(accuracy * songs), songs);
}

function scores({ history, test, songs }: TrainingResult): HTMLElement {
  const last = history.at(-1);
  const count = (rows: number) => `${formatNumber(rows)} songs`;
  if (test.task === "regression") {
    const mae = (name: string, value: number | undefined, rows: number) =>
      score(`${name} error`, formatNumber(value, 3), `${factor(value)}; ${count(rows)}`);
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
  const points = last ? Math.abs(100 * (last.metric - last.valMetric)) : 0;
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

/** What an error in natural logarithms is in streams, where its mean is a factor. */
function factor(error: number | undefined): string {
  if (error === undefined) return "no epoch was done";
  const times = Math.exp(error);
  return `typically off by a factor of ${times < 1000 ? formatNumber(times, 1) : "more than 1,000"}`;
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
function beaten({ task, baselines, songs }: TrainingResult): string {
  const { name, gain } = baselines.reduce((one, other) => (other.gain.mean < one.gain.mean ? other : one));
  const say = (value: number) => (task === "classification" ? formatNumber(100 * value, 1) : formatNumber(value, 3));
  const better = gain.mean >= 0;
  const [low, high] = better ? [gain.low, gain.high] : [-gain.high, -gain.low];
  const size = say(Math.abs(gain.mean));
  const what =
    task === "classification"
      ? `the network is right ${size} points ${better ? "more" : "less"} often than ${name}`
      : `the network's error is ${size} ${better ? "smaller" : "larger"} than that of ${name}`;
  const winner = better ? "the network knows more" : "the simpler model does better";
  const meaning = low > 0 ? `more than luck: ${winner}` : "which may be the luck of these songs";
  return `On the same ${formatNumber(songs.test)} songs ${what} (95% interval ${say(low)} to ${say(high)}), ${meaning}.`;
}

function looksInWords({ songs }: TrainingResult, looks: number): string {
  const which = `these ${formatNumber(songs.test)} test songs`;
  if (looks === 1)
    return `It is the first look at ${which} in this browser, so that no setting was chosen by them. Keep it so: choose by the validation figures.`;
  const times = looks === 2 ? "twice" : `${looks} times`;
  return `In this browser ${which} have been looked at ${times}. Whoever changes settings until the test figure pleases has chosen by the test songs, and their figure flatters: choose by validation, and look here last.`;
}

function effort({ seconds, parameters, weights, history, stopped, settings, task }: TrainingResult): string {
  const epochs = stopped ? `${history.length} of ${settings.epochs} epochs (stopped)` : `${history.length} epochs`;
  return `${epochs} in ${timeInWords(seconds)} of computing; ${formatNumber(parameters)} parameters, of ${formatNumber(weights.all)} weights ${formatNumber(weights.nearZero)} nearer to 0 than 0.001.${task === "classification" ? " The interval of the test accuracy is Wilson's; all intervals take songs as independent, which those of one artist are not." : ""}`;
}

function sameDigits({ settings, kind, stopped }: TrainingResult): HTMLElement[] {
  if (stopped || kind !== "real" || !sameSettings(settings, defaults)) return [];
  const link = make("a", { text: "notebook 02", attributes: { href: "02_nineties_classifier.html" } });
  return [make("p", { class: "hint" }, "Same songs, same seed, same digits: this is the network of ", link, ".")];
}
