/** Letters of a value that a message repeats. */
const most = 40;

/** A value as a message shows it: cut, and with letters that one cannot see, or that turn the text over, written out. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  const visible = value.slice(0, most).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, codeOf);
  return `"${visible}${value.length > most ? "…" : ""}"`;
}

function codeOf(letter: string): string {
  return `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`;
}
