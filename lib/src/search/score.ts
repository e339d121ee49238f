import { HitlabError } from "../errors";
import { mean } from "../evaluate/mean";
import { scores } from "../evaluate/scores";

/** Mean squared error, mean absolute error, coefficient of determination; share of rows right, area under the ROC. */
export type ScoreName = "mse" | "mae" | "r2" | "accuracy" | "rocAuc";

/** A score of the caller's own, of the targets and predictions of a fold's test rows. */
export type ScoreFunction = (y: Float64Array, predicted: Float64Array, fold: number) => number;

export type Better = "less" | "more";

/** How fits are scored, and which way is better. */
export interface Scoring {
  /** "score" where it is the caller's own. */
  readonly name: string;
  readonly better: Better;
  /** null where the score is not defined. */
  readonly of: (y: Float64Array, predicted: Float64Array, fold: number) => number | null;
}

const named: Readonly<Record<ScoreName, Omit<Scoring, "name">>> = {
  mse: { better: "less", of: (y, predicted) => mean(y.map((value, i) => (value - predicted[i]) ** 2)) },
  mae: { better: "less", of: (y, predicted) => mean(y.map((value, i) => Math.abs(value - predicted[i]))) },
  r2: { better: "more", of: r2 },
  accuracy: { better: "more", of: (y, predicted) => scores(y, predicted).accuracy },
  rocAuc: { better: "more", of: (y, predicted) => scores(y, predicted).rocAuc },
};

/** @throws HitlabError on an unknown score, one of the caller's own without `better`, and a name with the wrong one */
export function scoringOf(score: ScoreName | ScoreFunction, better: Better | undefined): Scoring {
  if (better !== undefined && better !== "less" && better !== "more") {
    throw new HitlabError({ what: 'better is "less" or "more"', value: better, remedy: "pass one of the two" });
  }
  if (typeof score === "function") {
    if (better) return { name: "score", better, of: score };
    const remedy = 'pass better: "less" for an error, "more" for what is to be large';
    throw new HitlabError({ what: "a score of your own does not tell which way is better", remedy });
  }
  const known = Object.hasOwn(named, score) ? named[score] : undefined;
  if (!known) {
    const remedy = `pass one of ${Object.keys(named).join(", ")}, or a function`;
    throw new HitlabError({ what: "there is no such score", value: score, remedy });
  }
  if (better && better !== known.better) {
    throw new HitlabError({
      what: `of ${score}, ${known.better} is better`,
      value: better,
      remedy: "leave out better",
    });
  }
  return { name: score, ...known };
}

/** 1 - squared error / squared distance from the mean; null where all targets are the same. */
function r2(y: Float64Array, predicted: Float64Array): number | null {
  const centre = mean(y);
  const squares = (from: (row: number) => number) => y.reduce((sum, value, row) => sum + (value - from(row)) ** 2, 0);
  const spread = squares(() => centre);
  return spread === 0 ? null : 1 - squares((row) => predicted[row]) / spread;
}
