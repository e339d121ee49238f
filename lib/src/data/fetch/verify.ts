import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { HitlabError } from "../../errors";
import { eachLine, fieldText } from "../csv";

/** What a file should be. */
export interface Expected {
  readonly sha256?: string;
  readonly columns: readonly string[];
}

/** What a file is: the version whose hash is recorded, or another one with the same columns. */
export interface Verdict {
  readonly known: boolean;
  readonly sha256: string;
  /** Lines with data. */
  readonly rows: number;
}

/** sha256 of a file, read piece by piece. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/**
 * Checks a CSV file: by its hash, and where that is unknown by its columns and lines. A new version of a data set is
 * let through, a page of HTML or half a file is not.
 *
 * @param name what to call the file in an error
 * @throws HitlabError if the columns differ, no row is there, or one line in a hundred has too few or too many fields
 */
export async function verifyCsv(path: string, expected: Expected, name = basename(path)): Promise<Verdict> {
  const sha256 = await sha256Of(path);
  const known = sha256 === expected.sha256;
  let rows = 0;
  let bad = 0;
  let firstBad = 0;
  let header = true;
  await eachLine(path, (line) => {
    if (header) {
      header = false;
      const columns = Array.from({ length: line.fields }, (_, i) => fieldText(line, i));
      if (!known) checkColumns(columns, expected.columns, name);
      return;
    }
    rows++;
    if (line.fields === expected.columns.length && line.wellQuoted) return;
    bad++;
    firstBad ||= line.line;
  });
  if (!known && (rows === 0 || bad * 100 > rows)) throw unusable(name, rows, bad, firstBad);
  return { known, sha256, rows };
}

function checkColumns(found: readonly string[], expected: readonly string[], file: string): void {
  const missing = expected.filter((column) => !found.includes(column));
  if (!missing.length) return;
  throw new HitlabError({
    what: `the file is neither the recorded version nor one like it: it lacks the columns ${missing.join(", ")}`,
    value: found.join(","),
    file,
    line: 1,
    remedy: "look at the data set's page: it may hold another file now",
  });
}

function unusable(file: string, rows: number, bad: number, firstBad: number): HitlabError {
  return new HitlabError({
    what: `the file is not the recorded version and ${rows ? `${bad} of its ${rows} lines are broken` : "has no rows"}`,
    file,
    line: firstBad || undefined,
    remedy: "run the command again; if it stays so, download the file by hand from its page",
  });
}
