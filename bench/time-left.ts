import type { Row } from "./measure";

/**
 * How long works that are still to do may take, in words: by what they took in the run that was kept, and how much faster
 * or slower this run is; nothing where that run knows too little.
 *
 * @param kept rows of that run
 * @param done what was measured in this run
 * @param open ids of the works to do
 */
export function timeLeft(kept: readonly Row[], done: readonly Row[], open: readonly string[]): string {
  const took = new Map(kept.flatMap(({ work, took_s }) => (took_s ? [[work, took_s] as const] : [])));
  const both = done.filter(({ work, took_s }) => took_s && took.has(work));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const then = sum(both.map(({ work }) => took.get(work) ?? 0));
  const pace = then > 0 ? sum(both.map(({ took_s }) => took_s ?? 0)) / then : 1;
  const left = sum(open.map((id) => took.get(id) ?? 0)) * pace;
  if (left === 0) return "";
  return left < 90 ? `about ${Math.ceil(left / 10) * 10} s left` : `about ${Math.round(left / 60)} min left`;
}
