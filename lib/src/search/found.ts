import { HitlabError } from "../errors";
import type { Better } from "../evaluate/better";
import { mean } from "../evaluate/mean";
import { meanInterval } from "../evaluate/mean-interval";
import type { History } from "../train";
import { asCell, type Grid, inWords, type Params, type Value } from "./settings";

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

/** A row of a search's table: a column per parameter, lists of numbers written as "64-32". */
export type GridRow<G extends Grid = Grid> = { readonly rank: number | null } & {
  readonly [Name in keyof G]: CellOf<G[Name][number]>;
} & {
  readonly mean: number | null;
  readonly sd: number | null;
  readonly trainMean: number | null;
  readonly failed: number;
};

type CellOf<V extends Value> = V extends readonly number[] ? string : V;

/** A search's results as plain data, without NaN. */
export interface GridJSON<G extends Grid = Grid> {
  readonly score: string;
  readonly better: Better;
  readonly rows: number;
  readonly tested: readonly (readonly number[])[];
  readonly fits: readonly (Omit<GridFit<G>, "history" | "predicted"> & {
    readonly history?: unknown;
    readonly predicted?: readonly number[];
  })[];
}

/** What a search was about, and its fits: all else follows from them. */
export interface FoundParts<G extends Grid> {
  /** Name of the score. */
  readonly score: string;
  readonly better: Better;
  /** Rows of the samples that the folds were made of. */
  readonly rows: number;
  /** Numbers of the test rows of each fold. */
  readonly tested: readonly Int32Array[];
  readonly fits: readonly GridFit<G>[];
}

/** What a search found. */
export class Found<G extends Grid = Grid> {
  /** Name of the score, "score" for a function. */
  readonly score: string;
  readonly better: Better;
  /** All settings, the best first, those with failed fits last; equal ones in the order of the grid. */
  readonly settings: readonly GridSetting<G>[];
  /** All fits in the order of the grid, of a setting fold by fold. */
  readonly fits: readonly GridFit<G>[];

  constructor(private readonly parts: FoundParts<G>) {
    this.score = parts.score;
    this.better = parts.better;
    this.fits = parts.fits;
    this.settings = ranked([...bySetting(parts.fits).values()].map(summary), parts.better);
  }

  /**
   * The setting with the best mean.
   *
   * @throws HitlabError if each setting has a failed fit: then none is known to be the best
   */
  get best(): GridSetting<G> {
    const [first] = this.settings;
    if (first.rank !== null) return first;
    const { params, fold, error } = this.fits.find(({ score }) => score === null) as GridFit<G>;
    const what = `each setting has a fit that failed, the first (${inWords(params)}, fold ${fold + 1}) thus: ${error}`;
    throw new HitlabError({ what, remedy: "mend what that says; found.table() tells how many failed" });
  }

  /**
   * The settings as rows for `show.table`, the best first. A search that was killed and run again gives the same table.
   */
  table(): GridRow<G>[] {
    return this.settings.map(({ rank, params, mean, sd, trainMean, failed }) => {
      const cells = Object.entries(params as Readonly<Record<string, Value>>).map(([name, value]) => [
        name,
        asCell(value),
      ]);
      return { rank, ...Object.fromEntries(cells), mean, sd, trainMean, failed } as GridRow<G>;
    });
  }

  /**
   * For each row of the samples that the folds were made of, what a setting's models say that did not see it: the mean
   * over all of them; NaN where no fold tests it.
   *
   * @throws HitlabError if the setting is not one of this search, or one of its fits failed
   */
  outOfFold(setting: Pick<GridSetting<G>, "params"> = this.best): Float64Array {
    const fits = this.fitsOf(setting.params);
    const sums = new Float64Array(this.parts.rows);
    const counts = new Float64Array(this.parts.rows);
    for (const { fold, predicted = [] } of fits) {
      this.parts.tested[fold].forEach((row, i) => {
        sums[row] += predicted[i];
        counts[row]++;
      });
    }
    return sums.map((sum, row) => (counts[row] > 0 ? sum / counts[row] : Number.NaN));
  }

  /** Plain data for a file; {@link gridFromJSON} makes the same of it again. */
  toJSON(): GridJSON<G> {
    const { tested, fits, ...rest } = this.parts;
    const plain = {
      ...rest,
      tested: tested.map((rows) => [...rows]),
      fits: fits.map(({ predicted, ...fit }) => (predicted ? { ...fit, predicted: [...predicted] } : fit)),
    };
    // There and back: figures that were not measured become null, as they will be in the file.
    return JSON.parse(JSON.stringify(plain)) as GridJSON<G>;
  }

  private fitsOf(params: Params<G>): GridFit<G>[] {
    const fits = bySetting(this.fits).get(JSON.stringify(params));
    if (!fits) {
      const remedy = "pass one of found.settings";
      throw new HitlabError({ what: "the search has no such setting", value: JSON.stringify(params), remedy });
    }
    const failed = fits.find(({ predicted }) => !predicted);
    if (failed) {
      const what = `${inWords(params)}: the fit of fold ${failed.fold} (counted from 0) failed, so it predicts nothing`;
      throw new HitlabError({ what, remedy: "pass a setting whose fits all have a score" });
    }
    return fits;
  }
}

/**
 * The results of a search from what its `toJSON` gave.
 *
 * @throws HitlabError for anything that is not the results of a search
 * @example
 * ```ts
 * const found = search.gridFromJSON(JSON.parse(readFileSync("grid.json", "utf8")));
 * ```
 */
export function gridFromJSON<G extends Grid = Grid>(json: GridJSON<G>): Found<G> {
  if (!Array.isArray(json?.fits) || !Array.isArray(json.tested)) {
    const remedy = "pass what found.toJSON() gave, or JSON.parse of its text";
    throw new HitlabError({ what: "these are not the results of a search", remedy });
  }
  const fits = json.fits.map(
    ({ history, predicted, ...fit }): GridFit<G> => ({
      ...fit,
      ...(history ? { history: withNaN(history) } : {}),
      ...(predicted ? { predicted: Float64Array.from(predicted) } : {}),
    }),
  );
  return new Found({ ...json, tested: json.tested.map((rows) => Int32Array.from(rows)), fits });
}

/** JSON has no NaN: figures that were not measured are null in it. */
function withNaN(history: unknown): History {
  return JSON.parse(JSON.stringify(history), (_key, value) => (value === null ? Number.NaN : value));
}

function bySetting<G extends Grid>(fits: readonly GridFit<G>[]): Map<string, GridFit<G>[]> {
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
