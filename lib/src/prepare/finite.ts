import type { Matrix } from "../samples";
import { badValue } from "./rows";

/** @throws HitlabError naming column and row of the first value that is NaN or infinite. */
export function checkFinite(x: Matrix): void {
  const at = firstOdd(x.data);
  if (at < 0) return;
  const [column, row] = [x.names[at % x.columns], Math.floor(at / x.columns)];
  const remedy = "drop such rows, or fill them with prepare.imputer, before scaling or fitting";
  throw badValue(column, row, x.data[at], "is not a finite number", remedy);
}

/** A plain loop: every prediction goes through it, and a callback per number would take several times as long. */
function firstOdd(data: Float64Array): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return -1;
}
