/** The rows of a run with what the list of works knows of them, in the order in which readers get them. */
import type { Kept } from "./chapter";
import type { Row } from "./measure";
import { sums } from "./sums";
import { allWorks, type Group, groups, type Work } from "./works";

export interface Entry {
  readonly row: Row;
  /** The work in words. */
  readonly what: string;
  readonly group: Group;
  readonly target?: number;
  /** None of a sum. */
  readonly work?: Work;
}

/** The sum of all studies: the first figure that a reader sees. */
export const everything = "all-studies";

/** The rows whose works there are still, by group: sums first, of these that of all studies; then as they run. */
export function entriesOf({ quick, rows }: Pick<Kept, "quick" | "rows">): Entry[] {
  const found = new Map(rows.map((row) => [row.work, row]));
  const whole = sums.filter(({ id }) => id === everything);
  const parts = sums.filter(({ id }) => id !== everything);
  const known = [
    ...[...whole, ...parts].map(({ id, what, target }) => ({ id, what, target, group: "study" as const })),
    ...allWorks({ quick }).map((work) => ({
      id: work.id,
      what: named(work),
      target: work.target,
      group: work.group,
      work,
    })),
  ];
  const entries = known.flatMap(({ id, ...about }) => {
    const row = found.get(id);
    return row ? [{ row, ...about }] : [];
  });
  return groupNames.flatMap((group) => entries.filter((entry) => entry.group === group));
}

/** Matrix products differ in nothing but their shapes. */
function named({ what, settings }: Work): string {
  if (settings.kind !== "matmul") return what;
  const { m, k, n } = settings.data;
  return `${what} [${m}, ${k}] x [${k}, ${n}]`;
}

export const groupNames = Object.keys(groups) as Group[];

/** How the cost of one work grows with its rows. */
export interface Growth {
  readonly id: string;
  /** The work in words, without its size. */
  readonly what: string;
  readonly exponent: NonNullable<Row["exponent"]>;
  /** From few rows to many. */
  readonly points: readonly Row[];
}

/** A growth for each row that tells an exponent. */
export function growthsOf(kept: Pick<Kept, "quick" | "rows">): Growth[] {
  const entries = entriesOf(kept).filter(({ group }) => group === "growth");
  return kept.rows.flatMap(({ work: id, exponent }) => {
    if (!exponent) return [];
    const own = entries.filter(({ row }) => row.work.startsWith(`${id}-`));
    const what = own[0]?.what.replace(/, \d+x$/, "") ?? id;
    return [{ id, what, exponent, points: own.map(({ row }) => row) }];
  });
}
