import { counted, formatNumber } from "./format";
import { type Bundle, display } from "./kernel";
import { asHtml, asText } from "./table";

/** A figure or sentence of a study beside ours. */
export interface ClaimRow {
  readonly id: string;
  /** The claim in words. */
  readonly says: string;
  /** The study's value. */
  readonly study: number | string | null;
  /** Ours; null when it was not measured. */
  readonly ours: number | string | null;
  /** Whether the values stand for yes (1) and no (0). */
  readonly sentence?: boolean;
  /** Limits within which ours agrees. */
  readonly low?: number | null;
  readonly high?: number | null;
  /** Null when nothing is asserted: on a stand-in, or at quick effort. */
  readonly holds: boolean | null;
  readonly disputed?: boolean;
  /** Why it is disputed or not asserted. */
  readonly note?: string;
}

/**
 * The claims of a study: what it says, its value, ours, what is allowed, and whether it holds.
 *
 * @example
 * ```ts
 * show.claims([{ id: "01.parameters", says: "Parameters of the network", study: 29857, ours: 29857, low: 29857, high: 29857, holds: true }]);
 * ```
 */
export function claims(rows: readonly ClaimRow[], options: { caption?: string } = {}): void {
  display(claimsBundle(rows, options));
}

/** What {@link claims} shows. */
export function claimsBundle(rows: readonly ClaimRow[], options: { caption?: string } = {}): Bundle {
  const table = {
    caption: options.caption,
    columns: ["claim", "study", "ours", "allowed", "holds"],
    right: [false, true, true, true, false],
    cells: rows.map((row) => [row.says, value(row.study, row), value(row.ours, row), allowed(row), verdict(row)]),
    footer: summary(rows),
  };
  return {
    data: { "text/html": asHtml(table), "text/plain": asText(table) },
    metadata: { hitlab: { table: true, claims: rows.map((row) => row.id) } },
  };
}

/** Shares and losses with as many decimals as the study gives, four or five. */
function value(given: number | string | null | undefined, { study, sentence }: ClaimRow): string {
  if (typeof given === "string") return given;
  if (typeof given !== "number") return "—";
  if (sentence) return given === 1 ? "yes" : "no";
  const decimals = /\.\d{5}/.test(String(study)) ? 5 : 4;
  return formatNumber(given, Number.isInteger(given) ? undefined : Math.abs(given) < 10 ? decimals : 1);
}

function allowed(row: ClaimRow): string {
  const { low, high } = row;
  if (low == null && high == null) return "—";
  if (low === high) return value(low, row);
  if (high == null) return `at least ${value(low, row)}`;
  return low == null ? `at most ${value(high, row)}` : `${value(low, row)} to ${value(high, row)}`;
}

function verdict(row: ClaimRow): string {
  if (row.holds === null) return row.note || "not judged";
  const note = row.note ? `: ${row.note}` : "";
  if (row.holds) return `✓ holds${note}`;
  return row.disputed ? `≠ disputed${note}` : `✗ does not hold${note}`;
}

function summary(rows: readonly ClaimRow[]): string {
  const count = (is: (row: ClaimRow) => boolean) => rows.filter(is).length;
  const parts = [
    [count((row) => row.holds === true), "held"],
    [count((row) => row.holds === false && row.disputed === true), "disputed"],
    [count((row) => row.holds === false && !row.disputed), "failed"],
    [count((row) => row.holds === null), "not judged"],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  return `${counted(rows.length, "claim")}: ${said.join(", ")}`;
}
