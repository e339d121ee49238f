import type { DataFrame } from "nodejs-polars";
import type { DataKind } from "./data-kind";

export type { DataKind } from "./data-kind";

/** Where the rows of a frame come from. */
export interface DataSource {
  /** Name in data/registry.json, for example "charts". */
  readonly name: string;
  readonly title: string;
  readonly kind: DataKind;
  /** Name of the file, without its folder; absent for invented data. */
  readonly file?: string;
  /** Hash of what was loaded. For charts: of date, rank, url and streams of every row, whatever file they came in. */
  readonly sha256: string;
  readonly rows: number;
  /** One sentence for the banner of a notebook. */
  readonly note: string;
}

/** One thing the cleaning did: to how many rows, and why. */
export interface CleaningStep {
  readonly what: string;
  readonly rows: number;
  readonly why: string;
  /** Where the first of them was found, such as "spotify-2023.csv:576, column streams". */
  readonly where?: string;
}

/** What happened to the rows between the file and the frame. */
export interface CleaningReport {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly steps: readonly CleaningStep[];
}

/** What every loader returns. */
export interface Loaded {
  readonly frame: DataFrame;
  readonly source: DataSource;
  readonly report: CleaningReport;
}
