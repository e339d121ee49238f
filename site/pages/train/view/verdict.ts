import { formatNumber, percent } from "../../../../lib/src/show/format";
import type { Settings } from "../settings";
import type { EpochFigures, Task, TrainingResult } from "../trainer";
import { optimizerNames } from "./words";

export interface Verdict {
  /** In a word or two. */
  readonly title: string;
  readonly text: string;
}

/** A rise of the validation loss by this share of its lowest value is called overfitting. */
const RISE = 0.05;
/** A network whose training figure is not this much better than the baseline's has hardly learnt. */
const LEAST = 0.03;
/** A single epoch may be high or low by luck: losses are compared as means of so many epochs. */
const EPOCHS_OF_A_MEAN = 5;
/** From such a learning rate on, steps may be what keeps a network from learning; measured on the nineties. */
const LARGE_RATE: Readonly<Record<Settings["optimizer"], number>> = { adam: 0.1, rmsprop: 0.1, sgd: 1 };
/** Where Keras begins. */
const USUAL_RATE: Readonly<Record<Settings["optimizer"], number>> = { adam: 0.001, rmsprop: 0.001, sgd: 0.01 };

/**
 * What the curves say about over- and underfitting, in words a class can check against them.
 *
 * @param baseline the metric of an answer that ignores the features
 */
export function verdict(
  result: Pick<TrainingResult, "history" | "task" | "settings" | "weights">,
  baseline: number,
): Verdict {
  const { history, task } = result;
  const last = history.at(-1);
  if (!last) return { title: "Nothing learnt", text: "It was stopped before the first epoch was done." };
  const held = runningMeans(history.map(({ valLoss }) => valLoss));
  const own = runningMeans(history.map(({ loss }) => loss));
  const best = held.indexOf(Math.min(...held));
  const rise = held[held.length - 1] / held[best] - 1;
  const gap = gapInWords(last, task);
  const gained = gain(last.metric, task, baseline);
  // First: what has learnt nothing cannot overfit, however its losses leap.
  if (gained < LEAST) return notLearnt(result, gained, gap);
  const lowest = `${meanInWords(history.length)}he validation loss was lowest around epoch ${best + 1}`;
  if (rise > RISE) return rising(lowest, rise, own[own.length - 1] > own[best], gap);
  if (history.length > 1 && best + 1 > 0.9 * history.length) {
    return {
      title: "Still learning",
      text: `The validation loss is at, or within a few epochs of, its lowest. ${gap} More epochs may still help.`,
    };
  }
  return {
    title: "Levelled off",
    text: `${lowest} and has risen by no more than ${percent(RISE, 0)} since. ${gap}`,
  };
}

/** Each value's mean with those before it, at most a fifth of all of them. */
function runningMeans(values: readonly number[]): number[] {
  const width = widthOfMeans(values.length);
  return values.map((_, at) => {
    const near = values.slice(Math.max(0, at - width + 1), at + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

function widthOfMeans(epochs: number): number {
  return Math.min(EPOCHS_OF_A_MEAN, Math.ceil(epochs / 5));
}

/** The beginning of a sentence: the lowest mean may stand elsewhere than the lowest value of the table. */
function meanInWords(epochs: number): string {
  const width = widthOfMeans(epochs);
  return width > 1 ? `Averaged over ${width} epochs, t` : "T";
}

/** It does not even know its training songs: by too large steps, a penalty, or for want of practice. */
function notLearnt(
  { settings, weights }: Pick<TrainingResult, "settings" | "weights">,
  gained: number,
  gap: string,
): Verdict {
  const { optimizer, learningRate, l1, l2 } = settings;
  const what = `Even on the songs it trains on it is ${gainInWords(gained)} than an answer that ignores the features. ${gap}`;
  if (learningRate >= LARGE_RATE[optimizer]) {
    const cause = `With a learning rate of ${learningRate} each step overshoots; Keras begins at ${USUAL_RATE[optimizer]} with ${optimizerNames[optimizer]}.`;
    return { title: "Steps too large", text: `${what} ${cause}` };
  }
  if (l1 + l2 > 0 && weights.nearZero > weights.all / 2) {
    const cause = `The penalty has pushed ${formatNumber(weights.nearZero)} of ${formatNumber(weights.all)} weights to almost 0: a smaller one would let it learn.`;
    return { title: "Underfitting", text: `${what} ${cause}` };
  }
  return { title: "Underfitting", text: `${what} More epochs, features or units, or a larger learning rate may help.` };
}

function gainInWords(gained: number): string {
  if (gained < -0.5) return "far worse";
  return gained <= 0 ? "no better" : "hardly better";
}

/** How much better the network is than an answer without features: that of the larger class, or the mean. */
function gain(metric: number, task: Task, baseline: number): number {
  return task === "classification" ? metric - Math.max(baseline, 1 - baseline) : 1 - metric / baseline;
}

/** The validation loss rises: alone, or with the training loss. */
function rising(lowest: string, rise: number, isOwnRising: boolean, gap: string): Verdict {
  const since = `${lowest} and is now ${percent(rise, 0)} above that`;
  if (isOwnRising) {
    return {
      title: "Unsteady",
      text: `${since}, and the training loss rose as well: the steps overshoot. ${gap} A smaller learning rate or a larger batch would steady it.`,
    };
  }
  return {
    title: "Overfitting",
    text: `${since}, while the training loss went on falling: what it learnt since then holds for the training songs only. ${gap} Fewer epochs, dropout, a penalty or fewer units would hold it back.`,
  };
}

/** How far training and validation lie apart, and which is better. */
function gapInWords({ metric, valMetric }: EpochFigures, task: Task): string {
  const gap = metric - valMetric;
  if (task === "regression")
    return `Mean absolute error: ${formatNumber(metric, 3)} in training, ${formatNumber(valMetric, 3)} in validation.`;
  const points = formatNumber(Math.abs(100 * gap), 1);
  return `Training accuracy is ${points} points ${gap >= 0 ? "above" : "below"} validation.`;
}
