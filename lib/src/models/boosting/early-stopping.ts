import { HitlabError } from "../../errors";
import { random } from "../../random";
import type { Samples } from "../../samples";
import type { DecisionTree } from "../decision-tree";
import type { Objective } from "./objective";
import type { Settings } from "./options";
import type { BoostingParts } from "./parts";
import { addTree } from "./scores";

/** Rows with their weights. */
export interface Weighted {
  readonly samples: Samples;
  readonly weights: Float64Array;
}

/** What growing gives. */
export type Grown = Pick<BoostingParts, "trees" | "history">;

/** Row numbers, ascending. */
export interface SetApart {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Sets a share of each class apart, at random.
 *
 * @throws HitlabError if a class has a single row, which cannot be in both
 */
export function setApart({ y }: Samples, share: number, seed: number): SetApart {
  const apart = new Uint8Array(y.length);
  for (const label of [0, 1]) {
    const rows = Int32Array.from(y.keys()).filter((row) => y[row] === label);
    if (rows.length < 2) throw singleRow(`class ${label} has`);
    const order = random(seed, "boosting", "validation", label).permutation(rows.length);
    for (let k = 0; k < countOf(share, rows.length); k++) apart[rows[order[k]]] = 1;
  }
  return bothOf(apart);
}

/** Sets a share of the rows apart, at random. @throws HitlabError for a single row, which cannot be in both */
export function setRowsApart(rows: number, share: number, seed: number): SetApart {
  if (rows < 2) throw singleRow("there is");
  const apart = new Uint8Array(rows);
  const order = random(seed, "boosting", "validation").permutation(rows);
  for (let k = 0; k < countOf(share, rows); k++) apart[order[k]] = 1;
  return bothOf(apart);
}

function countOf(share: number, rows: number): number {
  return Math.min(rows - 1, Math.max(1, Math.round(share * rows)));
}

function bothOf(apart: Uint8Array): SetApart {
  const all = Int32Array.from(apart.keys());
  return { train: all.filter((row) => !apart[row]), validation: all.filter((row) => apart[row] === 1) };
}

function singleRow(found: string): HitlabError {
  return new HitlabError({
    what: `${found} a single row, which cannot be both in training and in validation`,
    remedy: "fit without earlyStopping, or on more such rows",
  });
}

/** Whether none of the last `patience` losses is below the one before them by more than the tolerance. */
export function standsStill(losses: readonly number[], patience: number, tolerance: number): boolean {
  const before = losses.length - 1 - patience;
  if (before < 0) return false;
  return !losses.slice(before + 1).some((loss) => loss < losses[before] - tolerance);
}

/**
 * Grows trees until the rows set apart no longer gain.
 *
 * @param grow grows the next tree
 * @param scores the train rows' scores by the trees so far
 * @throws HitlabError if the rows set apart have no weight
 */
export function growWatched(
  grow: () => DecisionTree,
  scores: () => Float64Array,
  train: Weighted,
  validation: Weighted,
  objective: Objective,
  { maxIterations, nIterNoChange, tolerance }: Settings,
): Grown {
  const { x, y } = validation.samples;
  const held = new Float64Array(x.rows).fill(objective.baseline);
  const trees: DecisionTree[] = [];
  const losses: { train: number[]; validation: number[] } = { train: [], validation: [] };
  const note = () => {
    losses.train.push(objective.loss(scores(), train.samples.y, train.weights));
    losses.validation.push(objective.loss(held, y, validation.weights));
  };
  note();
  if (Number.isNaN(losses.validation[0])) {
    throw new HitlabError({
      what: "the rows that early stopping set apart have no weight",
      remedy: "give more rows a weight above 0, or choose another seed",
    });
  }
  while (trees.length < maxIterations && !standsStill(losses.validation, nIterNoChange, tolerance)) {
    const tree = grow();
    addTree(held, tree, x);
    trees.push(tree);
    note();
  }
  const history = { train: Float64Array.from(losses.train), validation: Float64Array.from(losses.validation) };
  return { trees, history };
}
