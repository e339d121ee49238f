import { basename } from "node:path";
import type { CellValue } from "./table-cells";
import type { FileColumn } from "./table-column";
import type { Table } from "./table-lines";
import type { CleaningReport, CleaningStep } from "./types";

/** What the report of a table should say beside what it counts in every table. */
export interface ReportRules {
  readonly columns: readonly FileColumn[];
  /** Columns that name a song, such as track and artist. */
  readonly song: readonly string[];
  /** Column with the release date, one value per row. */
  readonly released: readonly CellValue[];
  /** Why an empty cell of a column stays empty, where there is more to say than that it is missing. */
  readonly whyEmpty?: Readonly<Record<string, string>>;
  /** Steps that only this table has. */
  readonly more?: readonly CleaningStep[];
}

/**
 * What was done to the rows between the file and the frame, and what a reader should know of them before a model sees
 * them. Only rows without a usable target are set aside; numbers that are missing stay missing.
 *
 * @param file what the table is called, with or without its folder
 */
export function tableReport(table: Table, file: string, rules: ReportRules): CleaningReport {
  const rows = table.line.length;
  const steps = [
    ...setAside(table, basename(file)),
    ...rewritten(table),
    ...empty(table, rules),
    ...damaged(table, rules),
    ...repeats(table, rules),
    {
      what: "released on 1 January",
      rows: rules.released.filter((date) => typeof date === "string" && date.endsWith("-01-01")).length,
      why: "kept; for some of them the year may be all that is known",
    },
    ...(rules.more ?? []),
  ];
  const found = steps.filter((step) => step.rows > 0);
  return { rowsIn: rows + table.setAside.length, rowsOut: rows, steps: found };
}

/** How often a row holds the same in these columns as one before it. */
export function repeatCount(table: Table, names: readonly string[]): number {
  const columns = names.map((name) => table.values.get(name) ?? []);
  return table.line.length - new Set(table.line.map((_, row) => JSON.stringify(columns.map((c) => c[row])))).size;
}

function setAside({ setAside: cells }: Table, file: string): CleaningStep[] {
  return [...new Set(cells.map(({ column }) => column))].map((column) => {
    const found = cells.filter((cell) => cell.column === column);
    const [{ line, value }] = found;
    const shown = value.length > 24 ? `${value.slice(0, 21)}...` : value;
    return {
      what: `rows set aside: ${column} holds no number`,
      rows: found.length,
      why: `left out: what the number was cannot be told (found ${JSON.stringify(shown)})`,
      where: `${file}:${line}, column ${column}`,
    };
  });
}

function rewritten({ commas, trimmed }: Table): CleaningStep[] {
  const { columns, cells, rows } = commas;
  const where = columns.length > 3 ? `${columns.length} columns` : columns.join(", ");
  return [
    {
      what: `rows with thousands commas in ${where}`,
      rows,
      why: `${cells.toLocaleString("en-US")} cells read as the numbers they are`,
    },
    { what: "cells with blanks at an end", rows: trimmed, why: "blanks removed, so that equal names are equal" },
  ];
}

function empty(table: Table, { columns, whyEmpty = {} }: ReportRules): CleaningStep[] {
  return columns.map(({ name, type }) => ({
    what: `${name} is empty`,
    rows: (table.values.get(name) ?? []).filter((value) => value === null).length,
    why: whyEmpty[name] ?? (type === "text" ? "kept as missing (null)" : "kept as missing (null), not as 0"),
  }));
}

/** Text that was destroyed before the file was published. */
function damaged(table: Table, { columns }: ReportRules): CleaningStep[] {
  const texts = columns.filter(({ type }) => type === "text").map(({ name }) => table.values.get(name) ?? []);
  const holding = (letter: string) =>
    table.line.filter((_, row) => texts.some((column) => String(column[row] ?? "").includes(letter))).length;
  return [
    {
      what: "rows whose text holds \ufffd",
      rows: holding("\ufffd"),
      why: "kept; accented letters were destroyed before the file was published and cannot be recovered",
    },
    {
      what: "rows whose text holds \u00fd",
      rows: holding("\u00fd"),
      why: "kept; plausibly letters of other scripts, destroyed as well (an inference)",
    },
  ];
}

function repeats(table: Table, { columns, song }: ReportRules): CleaningStep[] {
  const names = columns.map(({ name }) => name);
  return [
    {
      what: "rows that repeat another one in full",
      rows: repeatCount(table, names),
      why: 'kept; prepare.dropDuplicates(frame, frame.columns.filter((name) => name !== "line")) drops them',
    },
    {
      what: `rows whose ${song.join(" and ")} came before`,
      rows: repeatCount(table, song),
      why: `kept; prepare.dropDuplicates(frame, ${JSON.stringify(song)}) drops them`,
    },
  ];
}
