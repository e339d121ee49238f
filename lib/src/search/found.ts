import { HitlabError } from "../errors";
import type { Better } from "../evaluate/better";
import type { History } from "../train";
import { bySetting, type GridFit, type GridSetting, rankedSettings } from "./ranked-settings";
import { asCell, type Grid, inWords, type Params, type Value } from "./settings";

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
    this.settings = rankedSettings(parts.fits, parts.better);
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
