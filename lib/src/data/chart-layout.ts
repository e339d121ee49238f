import { HitlabError } from "../errors";
import { type CsvLine, fieldText } from "./csv";

/** Position of each column in a charts file, -1 where the file has none. */
export interface ChartLayout {
  readonly date: number;
  readonly rank: number;
  readonly title: number;
  readonly artist: number;
  readonly url: number;
  readonly streams: number;
  readonly region: number;
  readonly chart: number;
  /** Fields that every line must have. */
  readonly width: number;
}

/** The names a column goes by, in lower case with underscores: Kaggle's two chart sets and the joined daily file. */
const aliases = {
  date: ["date"],
  rank: ["rank", "position"],
  title: ["title", "track_name"],
  artist: ["artist"],
  url: ["url"],
  streams: ["streams"],
  region: ["region"],
  chart: ["chart"],
};

/**
 * Reads the header of a charts file. Columns may come in any order and others may stand between them.
 *
 * @throws HitlabError if date, rank, title or artist is missing or a column comes twice
 */
export function chartLayout(header: CsvLine, file: string): ChartLayout {
  const names = Array.from({ length: header.fields }, (_, i) =>
    fieldText(header, i).trim().toLowerCase().replaceAll(" ", "_"),
  );
  const place = (column: keyof typeof aliases): number => {
    const found = names.flatMap((name, i) => (aliases[column].includes(name) ? [i] : []));
    if (found.length > 1) throw badHeader(file, header.line, column, "stands twice in the header", names);
    return found.length ? found[0] : -1;
  };
  const columns = Object.keys(aliases) as (keyof typeof aliases)[];
  const at = Object.fromEntries(columns.map((column) => [column, place(column)])) as Record<
    keyof typeof aliases,
    number
  >;
  for (const column of ["date", "rank", "title", "artist"] as const) {
    if (at[column] < 0) throw badHeader(file, header.line, column, "is missing from the header", names);
  }
  return { ...at, width: header.fields };
}

function badHeader(file: string, line: number, column: keyof typeof aliases, what: string, names: string[]) {
  const others = aliases[column].slice(1);
  return new HitlabError({
    what: `this column ${what}`,
    file,
    line,
    column,
    value: names.join(","),
    remedy: `give the file one column "${column}"${others.length ? ` (or "${others.join('", "')}")` : ""}`,
  });
}
