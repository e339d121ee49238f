import { HitlabError } from "../errors";
import type { Matrix } from "../samples";

/** @throws HitlabError naming column and row of the first value that is NaN or infinite. */
export function checkFinite(x: Matrix): void {
  const at = x.data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new HitlabError({
    what: `row ${Math.floor(at / x.columns)} (counted from 0) is not a finite number`,
    column: x.names[at % x.columns],
    value: x.data[at],
    remedy: "fill or drop such rows when cleaning, before scaling or fitting",
  });
}
