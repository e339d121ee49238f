import { outOfBounds } from "./bounds";
import { dayOf, isoOf } from "./calendar";
import type { FileColumn } from "./table-column";

/** What a cell holds: null where it is empty. */
export type CellValue = string | number | null;

/** Why a cell cannot be used. */
export interface BadCell {
  readonly what: string;
  /** True where a number should stand and no number does; false where the number is impossible. */
  readonly unreadable: boolean;
}

/** Thousands commas stand where they belong or not at all: "1,23" is no 123. */
const number = /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?$/;
const monthFirst = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
/** Characters that no text has; latin-1 has such a one at each byte where Windows and old Macs have letters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const control = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;

/**
 * The value of a cell, its text trimmed before.
 *
 * @returns the value, or what is wrong with the cell
 */
export function readCell(column: FileColumn, text: string): CellValue | BadCell {
  if (text === "") return column.mayBeEmpty ? null : { what: "the cell is empty", unreadable: true };
  if (column.type === "text") return readText(column, text);
  return column.type === "date" ? readDate(text) : readNumber(column, text);
}

/** Whether {@link readCell} found something wrong. */
export function isBad(cell: CellValue | BadCell): cell is BadCell {
  return typeof cell === "object" && cell !== null;
}

/** Days since 1970-01-01 of a release date, or NaN if there is no such day; a song of before 1900 is a typing error. */
export function dayOfDate(year: number, month: number, day: number): number {
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  const days = dayOf(year, month, day);
  // The 31st of a month of 30 days would be the next month's first.
  return new Date(days * 86_400_000).getUTCDate() === day ? days : Number.NaN;
}

function readText({ oneOf }: FileColumn, text: string): string | BadCell {
  if (control.test(text)) {
    return { what: "the text holds a control character: it is neither UTF-8 nor latin-1", unreadable: false };
  }
  if (oneOf && !oneOf.includes(text)) return { what: `must be one of ${oneOf.join(", ")}`, unreadable: false };
  return text;
}

function readDate(text: string): string | BadCell {
  const parts = monthFirst.exec(text);
  const day = parts ? dayOfDate(Number(parts[3]), Number(parts[1]), Number(parts[2])) : Number.NaN;
  if (!Number.isNaN(day)) return isoOf(day);
  return { what: "must be a date from 1900 on written month/day/year, such as 4/26/2024", unreadable: false };
}

function readNumber({ type, low, high }: FileColumn, text: string): number | BadCell {
  const parts = number.exec(text);
  if (!parts) return { what: "not a number written in digits", unreadable: true };
  const value = Number(text.replaceAll(",", ""));
  const bad = (what: string): BadCell => ({ what, unreadable: false });
  if (type === "whole" && /[1-9]/.test(parts[1] ?? "")) return bad("must be a whole number");
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return bad("too large to be kept exactly");
  const outside = outOfBounds(value, low, high);
  return outside === undefined ? value : bad(outside);
}
