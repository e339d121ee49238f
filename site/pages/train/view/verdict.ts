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

/**
 * What the curves say about over- and underfitting, in words a class can check against them.
 *
 * @param baseline the metric of the best answer that ignores the features
 */
export function verdict(history: readonly EpochFigures[], task: Task, baseline: number): Verdict {
  const last = history.at(-1);
  if (!last) return { title: "Nothing learnt", text: "It was stopped before the first epoch was done." };
  const best = history.reduce((lowest, each) => (each.valLoss < lowest.valLoss ? each : lowest));
  const rise = last.valLoss / best.valLoss - 1;
  const gap = gapInWords(last, task);
  const gain = task === "classification" ? last.metric - baseline : 1 - last.metric / baseline;
  if (rise > RISE && last.loss > best.loss) {
    return {
      title: "Unsteady",
      text: `After epoch ${best.epoch} the training loss rose as well as the validation loss: it strides past what it looks for. ${gap} A smaller learning rate or a larger batch would steady it.`,
    };
  }
  if (rise > RISE) {
    return {
      title: "Overfitting",
      text: `The validation loss was lowest after epoch ${best.epoch} and is now ${percent(rise, 0)} above that, while the training loss went on falling: what it learnt since then holds for the training songs only. ${gap} Fewer epochs, dropout, a penalty or fewer units would hold it back.`,
    };
  }
  if (gain < LEAST) {
    return {
      title: "Underfitting",
      text: `Even on the songs it trains on it is hardly better than an answer that ignores the features. ${gap} A larger learning rate, more epochs or units, or a smaller penalty would let it learn.`,
    };
  }
  if (history.length > 1 && best.epoch > 0.9 * history.length) {
    return {
      title: "Still learning",
      text: `The validation loss is at, or within a few epochs of, its lowest. ${gap} More epochs may still help.`,
    };
  }
  return {
    title: "Levelled off",
    text: `The validation loss was lowest after epoch ${best.epoch} and has risen by no more than ${percent(RISE, 0)} since. ${gap}`,
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
