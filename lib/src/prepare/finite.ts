import { HitlabError } from "../errors";
import type { Matrix } from "../samples";

/** @throws HitlabError naming column and row of the first value that is NaN or infinite. */
export function checkFinite(x: Matrix): void {
  const at = firstOdd(x.data);
  if (at < 0) return;
  throw new HitlabError({
    what: `row ${Math.floor(at / x.columns)} (counted from 0) is not a finite number`,
    column: x.names[at % x.columns],
    value: x.data[at],
    remedy: "drop such rows, or fill them with prepare.imputer, before scaling or fitting",
  });
}

/** A plain loop: every prediction goes through it, and a callback per number would take several times as long. */
function firstOdd(data: Float64Array): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return -1;
}
