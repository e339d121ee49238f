import { boldWidths, regularWidths } from "./glyph-widths";

/** Height of the letters above and below the line they stand on, and from line to line, in font sizes. */
export const ASCENT = 0.93;
export const DESCENT = 0.24;
export const LINE_HEIGHT = 1.3;

/**
 * Fonts asked of the viewer, none of them wider than the one measured with (DejaVu Sans; see make_glyph_widths.py).
 */
export const FONT_FAMILY = "Open Sans, Segoe UI, Roboto, Helvetica Neue, Arial, DejaVu Sans, sans-serif";

const regular = unpack(regularWidths);
const bold = unpack(boldWidths);

/** How a text is set. */
export interface TextStyle {
  /** Font size in pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/**
 * The width in pixels that a line of text needs in any of the fonts of {@link FONT_FAMILY}.
 *
 * @example
 * ```ts
 * textWidth("Top 50", { size: 12 }); // 41.4
 * ```
 */
export function textWidth(text: string, style: TextStyle): number {
  const widths = style.bold ? bold : regular;
  let thousandths = 0;
  for (const character of text) thousandths += widths.get(character.codePointAt(0) ?? 0) ?? otherWidth(character);
  return (thousandths * style.size) / 1000;
}

/** Lines no wider than `width` pixels, broken at spaces; a single longer word is broken where it must be. */
export function wrapText(text: string, width: number, style: TextStyle): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (textWidth(longer, style) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    const pieces = breakWord(word, width, style);
    lines.push(...pieces.slice(0, -1));
    line = pieces[pieces.length - 1];
  }
  if (line) lines.push(line);
  return lines;
}

/** The text, or its beginning and an ellipsis where it is wider than `width` pixels. */
export function shorten(text: string, width: number, style: TextStyle): string {
  if (textWidth(text, style) <= width) return text;
  const characters = [...text];
  while (characters.length && textWidth(`${characters.join("").trimEnd()}…`, style) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

function breakWord(word: string, width: number, style: TextStyle): string[] {
  const pieces = [""];
  for (const character of word) {
    const last = pieces[pieces.length - 1];
    if (last && textWidth(last + character, style) > width) pieces.push(character);
    else pieces[pieces.length - 1] = last + character;
  }
  return pieces;
}

/** Combining marks take no room; what the font lacks (Chinese, Korean, emoji) is set in square cells. */
function otherWidth(character: string): number {
  return /\p{Mark}|\p{Cf}/u.test(character) ? 0 : /\p{Emoji_Presentation}/u.test(character) ? 1300 : 1000;
}

function unpack(blocks: readonly (readonly [number, string])[]): Map<number, number> {
  const widths = new Map<number, number>();
  for (const [first, digits] of blocks) {
    for (let at = 0; at < digits.length; at += 2) {
      widths.set(first + at / 2, Number.parseInt(digits.slice(at, at + 2), 36));
    }
  }
  return widths;
}
