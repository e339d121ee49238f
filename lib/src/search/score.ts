import { HitlabError } from "../errors";
import { type Better, checkBetter } from "../evaluate/better";
import { regression } from "../evaluate/regression";
import { scores } from "../evaluate/scores";

const ofNumbers = ["mse", "rmse", "mae", "medianAbsoluteError", "r2"] as const;
const ofClasses = ["accuracy", "precision", "recall", "f1", "rocAuc", "prAuc", "brier", "logLoss"] as const;
const errors: readonly string[] = ["mse", "rmse", "mae", "medianAbsoluteError", "brier", "logLoss"];

/** A score of `evaluate.regression` or `evaluate.scores`. */
export type ScoreName = (typeof ofNumbers)[number] | (typeof ofClasses)[number];

/** A score of the caller's own, from the targets and predictions of a fold's test rows. */
export type ScoreFunction = (y: Float64Array, predicted: Float64Array, fold: number) => number;

/** How fits are scored, and which way is better. */
export interface Scoring {
  /** "score" where it is the caller's own. */
  readonly name: string;
  /** Whether it is one of the library. */
  readonly named: boolean;
  readonly better: Better;
  /** The score; null where a named one is not defined for these targets. */
  readonly of: (y: Float64Array, predicted: Float64Array, fold: number) => number | null;
}

/** @throws HitlabError on an unknown score, one of the caller's own without `better`, and a name with the wrong one */
export function scoringOf(score: ScoreName | ScoreFunction, better: Better | undefined): Scoring {
  if (better !== undefined) checkBetter(better);
  if (typeof score !== "function") return namedScoring(score, better);
  if (better) return { name: "score", named: false, better, of: score };
  const remedy = 'pass better: "less" for an error, "more" for what is to be large';
  throw new HitlabError({ what: "a score of your own does not tell which way is better", remedy });
}

function namedScoring(name: ScoreName, better: Better | undefined): Scoring {
  const known = errors.includes(name) ? "less" : "more";
  const of = scorer(name);
  if (better && better !== known) {
    throw new HitlabError({ what: `of ${name}, ${known} is better`, value: better, remedy: "leave out better" });
  }
  return { name, named: true, better: known, of };
}

function scorer(name: ScoreName): Scoring["of"] {
  const number = ofNumbers.find((known) => known === name);
  if (number) return (y, predicted) => regression(y, predicted)[number];
  const share = ofClasses.find((known) => known === name);
  if (share) return (y, predicted) => scores(y, predicted)[share];
  const remedy = `pass one of ${[...ofNumbers, ...ofClasses].join(", ")}, or a function`;
  throw new HitlabError({ what: "there is no such score", value: name, remedy });
}

/**
 * Finds out before any training whether a fold's targets can be scored at all, by scoring them as their own predictions.
 * The caller's own score is not asked.
 *
 * @throws HitlabError on a target that the score does not take, and where it is not defined
 */
export function checkScorable({ name, named, of }: Scoring, y: Float64Array, fold: number): void {
  if (!named || of(y, y, fold) !== null) return;
  const what = `${name} is not defined on fold ${fold} (counted from 0): the targets of its test rows are all the same`;
  throw new HitlabError({ what, remedy: "make fewer folds, stratify them, or choose another score" });
}
