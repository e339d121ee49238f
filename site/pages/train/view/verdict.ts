import { formatNumber, percent } from "../../../../lib/src/show/format";
import type { EpochFigures, Task } from "../trainer";

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

/**
 * What the curves say about over- and underfitting, in words a class can check against them.
 *
 * @param baseline the metric of an answer that ignores the features
 */
export function verdict(history: readonly EpochFigures[], task: Task, baseline: number): Verdict {
  const last = history.at(-1);
  if (!last) return { title: "Nothing learnt", text: "It was stopped before the first epoch was done." };
  const held = runningMeans(history.map(({ valLoss }) => valLoss));
  const own = runningMeans(history.map(({ loss }) => loss));
  const best = held.indexOf(Math.min(...held));
  const rise = held[held.length - 1] / held[best] - 1;
  const gap = gapInWords(last, task);
  if (rise > RISE) return rising(best + 1, rise, own[own.length - 1] > own[best], gap);
  if (gain(last.metric, task, baseline) < LEAST) {
    return {
      title: "Underfitting",
      text: `Even on the songs it trains on it is hardly better than an answer that ignores the features. ${gap} A larger learning rate, more epochs or units, or a smaller penalty would let it learn.`,
    };
  }
  if (history.length > 1 && best + 1 > 0.9 * history.length) {
    return {
      title: "Still learning",
      text: `The validation loss is at, or within a few epochs of, its lowest. ${gap} More epochs may still help.`,
    };
  }
  return {
    title: "Levelled off",
    text: `The validation loss was lowest around epoch ${best + 1} and has risen by no more than ${percent(RISE, 0)} since. ${gap}`,
  };
}

/** Each value's mean with those before it, at most a fifth of all of them. */
function runningMeans(values: readonly number[]): number[] {
  const width = Math.min(EPOCHS_OF_A_MEAN, Math.ceil(values.length / 5));
  return values.map((_, at) => {
    const near = values.slice(Math.max(0, at - width + 1), at + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

/** How much better the network is than an answer without features: that of the larger class, or the mean. */
function gain(metric: number, task: Task, baseline: number): number {
  return task === "classification" ? metric - Math.max(baseline, 1 - baseline) : 1 - metric / baseline;
}

/** The validation loss rises: alone, or with the training loss. */
function rising(best: number, rise: number, isOwnRising: boolean, gap: string): Verdict {
  const since = `The validation loss was lowest around epoch ${best} and is now ${percent(rise, 0)} above that`;
  if (isOwnRising) {
    return {
      title: "Unsteady",
      text: `${since}, and the training loss rose as well: it strides past what it looks for. ${gap} A smaller learning rate or a larger batch would steady it.`,
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
