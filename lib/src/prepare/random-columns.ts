import { HitlabError } from "../errors";
import { random } from "../random";
import type { Samples } from "../samples";
import { appendColumns } from "./append-columns";

export interface RandomColumnsOptions {
  /** Columns of normal noise. Default 3. */
  readonly columns?: number;
  /** Names of real columns to append a shuffled copy of: noise with their very values. Default none. */
  readonly copies?: readonly string[];
  /** Default 42. */
  readonly seed?: number;
}

/**
 * Appends columns that say nothing of the target: "random 1", "random 2" ... of standard normal noise, and "random copy
 * of key" for each column in `copies`. What a model makes of them shows how much importance chance alone gives.
 *
 * The model must be trained with them, so append them before the split (and before scaling: they are columns as all
 * others). `evaluate.permutationImportance` knows them by their names.
 *
 * @throws HitlabError for a column to copy that is not there, a column of that name that is, or fewer than 0 columns
 * @example
 * ```ts
 * const all = prepare.withRandomColumns(prepare.samples(frame, { features, target: "target" }), { columns: 3 });
 * const parts = prepare.split(all, { by: "random", sizes: [0.75, 0.25], seed: 42 });
 * ```
 */
export function withRandomColumns<S extends Samples>(samples: S, options: RandomColumnsOptions = {}): S {
  const { columns = 3, copies = [], seed = 42 } = options;
  if (!Number.isInteger(columns) || columns < 0) {
    const remedy = "leave it out for 3";
    throw new HitlabError({ what: "columns must be a whole number from 0", value: columns, remedy });
  }
  const { x } = samples;
  const noise = Array.from({ length: columns }, (_, c) => {
    const rng = random(seed, "random column", c + 1);
    return { name: `random ${c + 1}`, values: Float64Array.from({ length: x.rows }, () => rng.normal()) };
  });
  const shuffled = copies.map((name) => {
    const from = x.names.indexOf(name);
    if (from < 0) throw noColumn(name, x.names);
    const order = random(seed, "random copy", name).permutation(x.rows);
    return {
      name: `random copy of ${name}`,
      values: Float64Array.from(order, (row) => x.data[row * x.columns + from]),
    };
  });
  return { ...samples, x: appendColumns(x, [...noise, ...shuffled]) };
}

/** Is this the name of a column that `withRandomColumns` appended? */
export function isRandomColumn(name: string): boolean {
  return /^random (\d+|copy of .+)$/.test(name);
}

function noColumn(name: string, names: readonly string[]): HitlabError {
  const remedy = `name one of: ${names.join(", ")}`;
  return new HitlabError({ what: "the samples have no such column to copy", value: name, remedy });
}
