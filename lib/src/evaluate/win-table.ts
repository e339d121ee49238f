import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { HitlabError } from "../errors";
import { rowsBy } from "../prepare/rows-by";
import { type Better, checkBetter } from "./better";
import { correctedMeanInterval } from "./corrected-mean-interval";
import { mean } from "./mean";
import { type MeanInterval, meanInterval } from "./mean-interval";
import type { Numbers } from "./scored";

export interface WinTableOptions {
  /** "less" of losses and errors, "more" of accuracy and the like. */
  readonly better: Better;
  /** Level of the intervals; 0.95 by default. */
  readonly level?: number;
  /**
   * The split of each run, when each split was run with several seeds: intervals and sign tests are taken of the means
   * per split. Runs on one split share their test rows and are no independent witnesses. Wins are counted run by run.
   */
  readonly splits?: ArrayLike<number | string>;
  /** Rows tested / rows trained, to allow for splits of the same rows (see `correctedMeanInterval`). Default 0. */
  readonly testedToTrained?: number;
}

/** A model over all runs. */
export interface WinRow {
  readonly model: string;
  readonly mean: number;
  /** Standard deviation over the runs; null for a single run. */
  readonly sd: number | null;
  /** Runs in which it was better than all others. */
  readonly wins: number;
  /** Runs in which no other was better, but at least one as good. */
  readonly shared: number;
  /** Mean rank over the runs, 1 for the best; equal scores share the mean of their ranks. */
  readonly meanRank: number;
}

/** Two models, run by run; with a model and a metric in its place, a row of `show.intervals`. */
export interface WinPair extends MeanInterval {
  /** "L2 less L1" */
  readonly label: string;
  readonly model: string;
  readonly against: string;
  /** Runs in which `model` was better, and those in which `against` was. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /**
   * Exact two-sided sign test: how often chance alone would make one of two equals win so many of the `n` runs (or
   * splits), leaving ties out.
   */
  readonly pValue: number;
}

export interface WinTable {
  /** As many as were run with each model. */
  readonly runs: number;
  /** Best mean rank first. */
  readonly models: readonly WinRow[];
  /** Each pair once, in the order in which the models were given. `estimate`: mean score of `model` less `against`. */
  readonly pairs: readonly WinPair[];
  /** How often the models came in which order, best first, the most frequent order first: "L2 > L1 = vanilla". */
  readonly orders: readonly { readonly order: string; readonly runs: number }[];
}

/**
 * Which model wins how often, on the same splits with the same seeds? For the claim that one is always best.
 *
 * For each pair the mean difference with its t interval, and the sign test. Both take runs (or, with `splits`, splits)
 * as independent. Random splits of the same rows overlap, so repeating them makes any difference look certain in the
 * end: give `splits` where seeds repeat on a split, and `testedToTrained` for the overlap of splits (the corrected
 * resampled t interval). The sign test knows no such correction: of overlapping splits take it as a description. Of many
 * pairs some differ by chance.
 *
 * Source: Nadeau & Bengio, "Inference for the generalization error", Machine Learning 52 (2003).
 *
 * @param scores of each model, by its name; number i of all comes from the same split and seed
 * @throws HitlabError for fewer than two models, no runs, different lengths, a score that is not finite, or an option
 *   out of range
 * @example
 * ```ts
 * const table = evaluate.winTable({ vanilla, L1, L2 }, { better: "more", splits, testedToTrained: 0.2 / 0.8 });
 * table.models; // [{ model: "L2", mean: 0.731, wins: 21, shared: 3, meanRank: 1.7, ... }, ...]
 * table.orders[0]; // { order: "L2 > L1 > vanilla", runs: 14 } of 50
 * const rows = table.pairs.map((row) => ({ ...row, model: row.label, metric: "accuracy" }));
 * show.intervals(rows, { title: "L2 is not always best", reference: 0 });
 * ```
 */
export function winTable(scores: Readonly<Record<string, Numbers>>, options: WinTableOptions): WinTable {
  const sign = checkBetter(options.better) === "more" ? 1 : -1;
  const models = Object.keys(scores);
  const runs = checkScores(scores, options.splits);
  const places = Array.from({ length: runs }, (_, run) => placesOf(models.map((model) => sign * scores[model][run])));
  return {
    runs,
    models: models
      .map((model, m) =>
        winRow(
          model,
          scores[model],
          places.map((run) => run[m]),
        ),
      )
      .sort((a, b) => a.meanRank - b.meanRank),
    pairs: models.flatMap((a, m) => models.slice(m + 1).map((b) => pair(scores, a, b, options))),
    orders: ordersOf(models, places),
  };
}

/** How a model did in a run: how many were better, and how many, itself among them, as good. */
interface Place {
  readonly better: number;
  readonly equal: number;
}

function placesOf(scores: readonly number[]): Place[] {
  return scores.map((own) => ({
    better: scores.filter((other) => other > own).length,
    equal: scores.filter((other) => other === own).length,
  }));
}

function winRow(model: string, scores: Numbers, places: readonly Place[]): WinRow {
  const first = places.filter(({ better }) => better === 0);
  const wins = first.filter(({ equal }) => equal === 1).length;
  const { estimate, sd } = meanInterval(scores);
  const meanRank = mean(places.map(({ better, equal }) => better + (equal + 1) / 2));
  return { model, mean: estimate, sd, wins, shared: first.length - wins, meanRank };
}

function pair(
  scores: Readonly<Record<string, Numbers>>,
  model: string,
  against: string,
  options: WinTableOptions,
): WinPair {
  const { better, level = 0.95, splits, testedToTrained = 0 } = options;
  const differences = Array.from(scores[model], (score, run) => score - scores[against][run]);
  const units = splits ? meansBy(splits, differences) : differences;
  const runs = outcomes(differences, better);
  return {
    label: `${model} less ${against}`,
    model,
    against,
    ...runs,
    ...correctedMeanInterval(units, testedToTrained, level),
    pValue: signTest(outcomes(units, better)),
  };
}

/** Mean difference of each split: exactly 0 where wins and losses cancel out but for rounding, so that it is a tie. */
function meansBy(splits: ArrayLike<number | string>, differences: readonly number[]): number[] {
  return Array.from(rowsBy(splits).values(), (runs) => {
    const own = runs.map((run) => differences[run]);
    return Math.abs(mean(own)) <= 1e-12 * mean(own.map(Math.abs)) ? 0 : mean(own);
  });
}

function outcomes(differences: readonly number[], better: Better): { wins: number; losses: number; ties: number } {
  const more = differences.filter((difference) => difference > 0).length;
  const less = differences.filter((difference) => difference < 0).length;
  const [wins, losses] = better === "more" ? [more, less] : [less, more];
  return { wins, losses, ties: differences.length - wins - losses };
}

function signTest({ wins, losses }: { wins: number; losses: number }): number {
  return wins + losses === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(wins, losses), wins + losses, 0.5));
}

function ordersOf(models: readonly string[], runs: readonly (readonly Place[])[]): { order: string; runs: number }[] {
  const orders = runs.map((places) => {
    const ranks = [...new Set(places.map(({ better }) => better))].sort((a, b) => a - b);
    return ranks.map((rank) => models.filter((_, m) => places[m].better === rank).join(" = ")).join(" > ");
  });
  return Array.from(rowsBy(orders), ([order, own]) => ({ order, runs: own.length })).sort((a, b) => b.runs - a.runs);
}

/** @returns the number of runs */
function checkScores(scores: Readonly<Record<string, Numbers>>, splits?: ArrayLike<number | string>): number {
  const entries = Object.entries(scores);
  if (entries.length < 2) {
    const what = "a win table compares at least two models";
    throw new HitlabError({ what, value: entries.length, remedy: "pass the scores of each, by its name" });
  }
  const runs = splits?.length ?? entries[0][1].length;
  if (runs === 0) throw new HitlabError({ what: "there are no runs", remedy: "pass at least one score per model" });
  for (const [model, own] of entries) {
    if (own.length !== runs) {
      const what = `"${model}" has ${own.length} scores, but there are ${runs} ${splits ? "splits" : "of the first"}`;
      throw new HitlabError({ what, remedy: "pass one for every run, in the same order" });
    }
    const odd = Array.from(own).findIndex((score) => !Number.isFinite(score));
    if (odd < 0) continue;
    throw new HitlabError({
      what: `the score of "${model}" in run ${odd} (counted from 0) is not a finite number`,
      value: own[odd],
      remedy: "look why that run failed; to leave it out, leave it out for all models, and say so",
    });
  }
  return runs;
}
