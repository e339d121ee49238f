import { isUtf8 } from "node:buffer";
import { HitlabError } from "../errors";
import type { CsvBytes } from "./csv";

/** How the bytes of a file stand for characters. */
export type Encoding = "utf8" | "latin1";

const newline = 10;

/**
 * The encoding of a text file, by a rule without likelihoods: UTF-8 if all its bytes are well-formed UTF-8 (which text
 * in another encoding is not, unless it is ASCII throughout), else latin-1.
 *
 * @throws HitlabError for UTF-16, and for a byte order mark of UTF-8 before bytes that are not UTF-8; the latter names
 * the first such line
 */
export function encodingOf({ bytes, name: file }: CsvBytes): Encoding {
  const remedy = "save the file as UTF-8 or latin-1, or fetch it anew with `npm run data`";
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new HitlabError({ what: "the file is UTF-16, which is not read here", file, line: 1, remedy });
  }
  if (isUtf8(bytes)) return "utf8";
  if (!bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return "latin1";
  const what = "the file begins with UTF-8's byte order mark, yet this line is not UTF-8";
  throw new HitlabError({ what, file, line: firstOddLine(bytes), remedy });
}

/** 1-based. A line end is one byte in UTF-8 and is no part of another character, so lines can be looked at singly. */
function firstOddLine(bytes: Buffer): number {
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const found = bytes.indexOf(newline, at);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(at, end))) break;
    at = end + 1;
  }
  return line;
}
