import type { Random } from "../random";

/** What is left of an accented letter in the published files: UTF-8's replacement character, read as latin-1. */
const lostLetter = "\u00ef\u00bf\u00bd";
/** What is left of a letter of another script. */
const lostScript = "\u00fd";

/** A text as the published files have those with accents: a letter destroyed and, as often, the end cut off. */
export function lostAccent(text: string, rng: Random): string {
  const vowels = [...text.matchAll(/[aeiou]/g)].map(({ index }) => index);
  const at = vowels[rng.integer(0, Math.min(2, vowels.length))] ?? 0;
  return text.slice(0, at) + lostLetter.repeat(2) + text.slice(at + 1, -2);
}

/** A text as the published files have those in other scripts. */
export function lostLetters(text: string): string {
  return text.replace(/[A-Za-z]/g, lostScript);
}

/** Cut off behind a word, so that the text ends with a blank. */
export function cutBehindWord(text: string): string {
  const blank = text.lastIndexOf(" ");
  return blank < 0 ? `${text} ` : text.slice(0, blank + 1);
}

/** With commas between the thousands, and nothing where there is no number. */
export function thousands(value: number | null): string {
  return value === null ? "" : plain(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** As the files write numbers, and nothing where there is none. */
export function plain(value: number | null): string {
  return value === null ? "" : String(value);
}

/** A CSV file: latin-1, lines ended by CR LF, cells with a comma in quotes. */
export function csvFile(header: readonly string[], rows: readonly (readonly string[])[]): Buffer {
  const lines = [header, ...rows].map((cells) => cells.map(quoted).join(","));
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(""), "latin1");
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
