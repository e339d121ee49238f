import { HitlabError } from "../errors";
import { rowsBy } from "../prepare/rows-by";
import { correctedMeanInterval } from "./corrected-mean-interval";
import { fullGrid, type GridRun, levelIn, type ScoredFit, valueText } from "./full-grid";
import { mean } from "./mean";
import type { MeanInterval } from "./mean-interval";

export interface MainEffectsOptions {
  /** Level of the intervals; 0.95 by default. */
  readonly level?: number;
  /**
   * What tells the blocks apart whose differences the intervals are taken of. Default both: each fold with each seed is
   * a block. ["fold"] takes the mean over seeds first, which is right when the question is about other rows.
   */
  readonly blocks?: readonly ("fold" | "seed")[];
  /** Rows tested / rows trained in a fold, to allow for the overlap of folds (see `correctedMeanInterval`). Default 0. */
  readonly testedToTrained?: number;
}

/** What one value of a hyperparameter gave, all else taken together. */
export interface LevelMean<Value> {
  readonly value: Value;
  /** Mean score of its fits that did not fail; null if all did. */
  readonly mean: number | null;
  readonly fits: number;
  readonly failed: number;
}

/** What going from one value to another changed; with a model and a metric beside it, a row of `show.intervals`. */
export interface LevelDifference<Value> extends Omit<MeanInterval, "estimate"> {
  /** "dropout: 0.2 to 0.3" */
  readonly label: string;
  readonly from: Value;
  readonly to: Value;
  /** Mean over the blocks of: score at `to` less score at `from`, all else equal; null if there is no pair of fits. */
  readonly estimate: number | null;
  /** Pairs of fits compared: those of which neither failed. `n` is the number of blocks. */
  readonly pairs: number;
}

/** What one hyperparameter did. */
export interface MainEffect<P extends object> {
  readonly parameter: keyof P & string;
  /** Its values: numbers ascending, others in the order in which they first come. */
  readonly levels: readonly LevelMean<P[keyof P]>[];
  /** One per pair of values. */
  readonly differences: readonly LevelDifference<P[keyof P]>[];
  /** Share of the variance over the settings' mean scores that it explains alone; null if each fold and seed has failures. */
  readonly share: number | null;
  /** The share in each fold with each seed, null where a fit failed: is the order of the shares the same in all? */
  readonly shareByRun: readonly (number | null)[];
}

/**
 * What does each hyperparameter of a grid do, all else equal?
 *
 * Each fit with one value is compared with the fit of the same fold, seed and other hyperparameters that has the other
 * value; the mean of these differences in a fold and seed is one block, and the interval is the t interval over blocks.
 * Hyperparameters with a single value are left out.
 *
 * The interval says how far the mean difference would move with other folds and seeds of these rows, for this grid: the
 * effect is an average over its other values, and may be another elsewhere. The blocks are not independent: folds share
 * most of their training rows, and all seeds of a fold its test rows. So it is too narrow for a claim about other rows:
 * pass `blocks: ["fold"]` when there are several seeds, and `testedToTrained` for the overlap. With several differences
 * in one table, some intervals miss 0 by chance.
 *
 * `share` is the main effect's share in a functional ANOVA of the settings' means over the folds and seeds without
 * failures; what the shares lack of 1 is due to interactions and to the noise of the single fits. It is null where
 * settings do not differ at all.
 *
 * A failed fit has no score, so its pair counts for nothing: a value whose worst fits fail looks better than it is.
 * Look at `failed`.
 *
 * Source: Hutter, Hoos & Leyton-Brown, "An efficient approach for assessing hyperparameter importance", ICML (2014).
 *
 * @param fits of a full grid, as `search.grid` gives them: each setting with each fold and seed once
 * @throws HitlabError for no fits, a fit that is missing or there twice, a score that is not finite, or an option out of
 *   range
 * @example
 * ```ts
 * const effects = evaluate.mainEffects(found.fits);
 * const rows = effects.flatMap(({ differences }) => differences.map((row) => ({ ...row, model: row.label, metric: "R2" })));
 * show.intervals(rows, { title: "Dropout 0.3 helps, 128 neurons hurt", reference: 0, keepOrder: true });
 * // what reduces overfitting: the same of the gap between test and training rows, null where the fit failed
 * const gap = ({ score, trainScore }: search.GridFit) =>
 *   score === null || trainScore === null ? null : score - trainScore;
 * evaluate.mainEffects(found.fits.map((fit) => ({ ...fit, score: gap(fit) })));
 * ```
 */
export function mainEffects<P extends object>(
  fits: readonly ScoredFit<P>[],
  options: MainEffectsOptions = {},
): MainEffect<P>[] {
  const { level = 0.95, testedToTrained = 0 } = options;
  const grid = fullGrid(fits);
  const blocks = blocksOf(grid.runs, options.blocks ?? ["fold", "seed"]);
  const all = Array.from({ length: grid.settings }, (_, setting) => setting);
  return grid.parameters.map((parameter) => {
    const settings = parameter.values.map((_, value) => all.filter((setting) => levelIn(parameter, setting) === value));
    const differences = pairsOf(parameter.values.length).map(([a, b]) => {
      const byBlock = blocks.map((runs) => runs.flatMap((run) => paired(grid.scores[run], settings[a], settings[b])));
      const means = byBlock.filter((own) => own.length > 0).map(mean);
      const [from, to] = [parameter.values[a], parameter.values[b]];
      return {
        label: `${parameter.name}: ${valueText(from)} to ${valueText(to)}`,
        from,
        to,
        ...(means.length ? correctedMeanInterval(means, testedToTrained, level) : undefinedMean),
        pairs: byBlock.flat().length,
      };
    });
    const levels = parameter.values.map((value, v) => ({ value, ...levelMean(grid.scores, settings[v]) }));
    const shareByRun = grid.scores.map((run) => share([run], settings));
    return { parameter: parameter.name, levels, differences, share: share(grid.scores, settings), shareByRun };
  });
}

const undefinedMean = { estimate: null, low: null, high: null, sd: null, n: 0 };

/** The numbers of the runs of each block. */
function blocksOf(runs: readonly GridRun[], by: readonly ("fold" | "seed")[]): number[][] {
  const unknown = by.find((each) => each !== "fold" && each !== "seed");
  if (by.length === 0 || unknown !== undefined) {
    const remedy = 'pass ["fold", "seed"], ["fold"] or ["seed"]';
    throw new HitlabError({ what: "blocks are told apart by fold or seed", value: unknown, remedy });
  }
  return [...rowsBy(runs.map((run) => by.map((each) => run[each]).join(" "))).values()];
}

function pairsOf(count: number): [a: number, b: number][] {
  const all = Array.from({ length: count }, (_, at) => at);
  return all.flatMap((a) => all.slice(a + 1).map((b): [number, number] => [a, b]));
}

type Scores = readonly (number | null)[];

/** What b gave less what a gave, for settings that are alike but for this; those with a failed fit are left out. */
function paired(scores: Scores, a: readonly number[], b: readonly number[]): number[] {
  return a.flatMap((setting, i) => {
    const [from, to] = [scores[setting], scores[b[i]]];
    return from === null || to === null ? [] : [to - from];
  });
}

function levelMean(scores: readonly Scores[], settings: readonly number[]) {
  const own = scores.flatMap((run) => settings.map((setting) => run[setting]));
  const known = own.filter((score) => score !== null);
  return { mean: known.length ? mean(known) : null, fits: own.length, failed: own.length - known.length };
}

/** Variance of the means per value over the variance of all settings, each the mean over the runs without failures. */
function share(scores: readonly Scores[], settings: readonly (readonly number[])[]): number | null {
  const complete = scores.filter((run): run is readonly number[] => !run.includes(null));
  if (complete.length === 0) return null;
  const means = complete[0].map((_, setting) => mean(complete.map((run) => run[setting])));
  const total = variance(means);
  return total === 0 ? null : variance(settings.map((own) => mean(own.map((setting) => means[setting])))) / total;
}

/** Of the values themselves, which are all there are. */
function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) * (value - middle)));
}
