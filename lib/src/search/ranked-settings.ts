import type { Better } from "../evaluate/better";
import { mean } from "../evaluate/mean";
import { meanInterval } from "../evaluate/mean-interval";
import type { History } from "../train";
import type { Grid, Params } from "./settings";

/** One training of a search: a setting on a fold with a seed. A row for `evaluate.mainEffects`. */
export interface GridFit<G extends Grid = Grid> {
  readonly params: Params<G>;
  /** Number of the fold, from 0. */
  readonly fold: number;
  readonly seed: number;
  /** Of the fold's test rows; null where the fit failed. */
  readonly score: number | null;
  /** Of the rows it was trained on, dropout off; null where the fit failed and for a score of the caller's own. */
  readonly trainScore: number | null;
  /** Why there is no score. */
  readonly error?: string;
  /** How the training went, unless it failed. */
  readonly history?: History;
  /** What the model says of the fold's test rows, unless the fit failed. */
  readonly predicted?: Float64Array;
}

/** A setting over all folds and seeds. Its figures are null when one of its fits failed: the rest are easier folds. */
export interface GridSetting<G extends Grid = Grid> {
  readonly params: Params<G>;
  /** 1 for the best; settings with equal means have the same rank. */
  readonly rank: number | null;
  /** Mean over the folds of the mean over the seeds. */
  readonly mean: number | null;
  /**
   * Standard deviation (n - 1), standard error and ends of the 95 % t interval over the folds' means; with a single fold
   * over the seeds. The folds share most of their training rows, so the interval is rough: see `evaluate.crossValidate`.
   */
  readonly sd: number | null;
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /**
   * As `mean`, of the rows that the models were trained on: far better than `mean` where they overfit. Null where a fit
   * has no such score.
   */
  readonly trainMean: number | null;
  /** Fits of the setting: folds times seeds. */
  readonly fits: number;
  /** How many of them failed. */
  readonly failed: number;
  /** Mean seconds of training of a fit, when it was trained; null when all failed. */
  readonly seconds: number | null;
}

/** All settings of some fits, the best first, those with failed fits last; equal ones in the order of the fits. */
export function rankedSettings<G extends Grid>(fits: readonly GridFit<G>[], better: Better): GridSetting<G>[] {
  return ranked([...bySetting(fits).values()].map(summary), better);
}

/** The fits of each setting, by the setting as JSON. */
export function bySetting<G extends Grid>(fits: readonly GridFit<G>[]): Map<string, GridFit<G>[]> {
  const settings = new Map<string, GridFit<G>[]>();
  for (const fit of fits) {
    const key = JSON.stringify(fit.params);
    settings.set(key, [...(settings.get(key) ?? []), fit]);
  }
  return settings;
}

function summary<G extends Grid>(fits: readonly GridFit<G>[]): Omit<GridSetting<G>, "rank"> {
  const failed = fits.filter(({ score }) => score === null).length;
  const trained = fits.flatMap(({ history }) => history?.seconds ?? []);
  const seconds = trained.length > 0 ? mean(trained) : null;
  const rest = { params: fits[0].params, fits: fits.length, failed, seconds };
  const none = { mean: null, sd: null, se: null, low: null, high: null, trainMean: null };
  if (failed > 0) return { ...none, ...rest };
  const { estimate, sd, low, high, n } = meanInterval(units(fits, ({ score }) => score as number));
  const known = fits.every(({ trainScore }) => trainScore !== null);
  const trainMean = known ? mean(units(fits, ({ trainScore }) => trainScore as number)) : null;
  return { mean: estimate, sd, se: sd === null ? null : sd / Math.sqrt(n), low, high, trainMean, ...rest };
}

/** Each fold's mean over the seeds; with a single fold the seeds' scores. */
function units(fits: readonly GridFit[], scoreOf: (fit: GridFit) => number): number[] {
  const folds = new Map<number, number[]>();
  for (const fit of fits) folds.set(fit.fold, [...(folds.get(fit.fold) ?? []), scoreOf(fit)]);
  const scores = [...folds.values()];
  return scores.length > 1 ? scores.map(mean) : scores.flat();
}

function ranked<G extends Grid>(settings: readonly Omit<GridSetting<G>, "rank">[], better: Better): GridSetting<G>[] {
  const sign = better === "less" ? 1 : -1;
  const badness = ({ mean }: { readonly mean: number | null }) =>
    mean === null ? Number.POSITIVE_INFINITY : sign * mean;
  const sorted = [...settings].sort((a, b) => (badness(a) < badness(b) ? -1 : badness(a) > badness(b) ? 1 : 0));
  return sorted.map(({ params, ...rest }) => {
    const rank = rest.mean === null ? null : 1 + sorted.findIndex(({ mean }) => mean === rest.mean);
    return { params, rank, ...rest };
  });
}
