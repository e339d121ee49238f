import { unparse } from "papaparse";
import { make } from "./dom";

/**
 * A program for tables takes text that begins so for a formula, which could do harm, and shows what it computes. Negative
 * numbers begin so too and do none.
 */
const formula = /^(?![+-]?[\d.,]+(?:e[+-]?\d+)?$)[=+\-@\t\r\n]/i;

/** A table as the text of a CSV file. Text that a program for tables would take for a formula is kept from being one. */
export function csvOf(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  delimiter = ",",
): string {
  const data = { fields: [...columns], data: rows.map((row) => [...row]) };
  return `${unparse(data, { delimiter, escapeFormulae: formula, newline: "\r\n" })}\r\n`;
}

/** Hands a text to the browser as a file to keep. Nothing leaves the page. */
export function saveFile(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { attributes: { href: address, download: name } });
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the file only after the click is done with.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
