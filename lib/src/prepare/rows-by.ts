import { HitlabError } from "../errors";
import { gather } from "../samples";

/** The rows of each key, ascending; the keys in the order in which they first come. NaN is a key like any other. */
export function rowsBy<Key extends number | string>(keys: ArrayLike<Key>): Map<Key, number[]> {
  const rows = new Map<Key, number[]>();
  for (let row = 0; row < keys.length; row++) {
    const own = rows.get(keys[row]);
    if (own) own.push(row);
    else rows.set(keys[row], [row]);
  }
  return rows;
}

/**
 * The rows of each class, the classes ascending.
 *
 * @param order of the rows within a class; default ascending
 * @throws HitlabError naming a row without a class
 */
export function rowsByClass(labels: Float64Array, order?: Int32Array): number[][] {
  checkLabelled(labels);
  const classes = [...rowsBy(order ? gather(labels, order) : labels)].sort(([a], [b]) => a - b);
  return classes.map(([, rows]) => (order ? rows.map((at) => order[at]) : rows));
}

/** @throws HitlabError naming a row without a class */
export function checkLabelled(labels: Float64Array): void {
  const unknown = labels.findIndex((label) => Number.isNaN(label));
  if (unknown < 0) return;
  const what = `row ${unknown} (counted from 0) has no class to stratify by`;
  throw new HitlabError({ what, value: Number.NaN, remedy: "leave such rows out, or leave out stratify" });
}
