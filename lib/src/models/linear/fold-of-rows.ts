import { HitlabError } from "../../errors";
import { random } from "../../random";
import { type Samples, takeRows } from "../../samples";

/** How the rows of a cross-validation inside a fit are dealt. */
export interface FoldOptions {
  /** Name of the info column whose rows stay in one fold, for example "song". Without it rows are dealt one by one. */
  readonly group?: string;
  /** Default 4. */
  readonly folds?: number;
  /** Seed of the folds. Default 42. */
  readonly seed?: number;
}

/**
 * The fold of each row: groups in random order, dealt out in turn.
 *
 * @throws HitlabError for an unknown group column, and fewer groups than folds
 */
export function foldOfRows(samples: Samples, options: FoldOptions & { folds: number }): Int32Array {
  const { group, folds, seed = 42 } = options;
  const groups =
    group === undefined ? Int32Array.from({ length: samples.x.rows }, (_, row) => row) : samples.info[group];
  if (!groups) {
    const remedy = `name one of: ${Object.keys(samples.info).join(", ")}`;
    throw new HitlabError({ what: "the samples have no such info column", value: group, remedy });
  }
  const keys = [...new Set(groups)].sort((a, b) => a - b);
  if (!Number.isInteger(folds) || folds < 2 || keys.length < folds) {
    const what = "folds must be a whole number from 2 to the number of groups";
    throw new HitlabError({ what, value: `${folds} folds, ${keys.length} groups`, remedy: "choose such a number" });
  }
  const dealt = new Map(
    random(seed, "folds")
      .shuffle(keys)
      .map((key, at) => [key, at % folds]),
  );
  return Int32Array.from(groups, (key) => dealt.get(key) ?? 0);
}

/** The rows outside fold `f` and those in it, each in their order. */
export function heldOut(samples: Samples, fold: Int32Array, f: number): { train: Samples; held: Samples } {
  const rows = [...fold.keys()];
  const train = rows.filter((row) => fold[row] !== f);
  const held = rows.filter((row) => fold[row] === f);
  return { train: takeRows(samples, train), held: takeRows(samples, held) };
}
