/** What the build writes and the pages read: plain JSON, in classic scripts under data/, which file:// allows. */
import type { DataKind } from "../../../lib/src/data/data-kind";
import { type Decade, decades } from "../../../lib/src/data/decades";

export type { DataKind, Decade };

/** The songs that a model of the page was fit on: a decade, the study's twenty years, or all six decades. */
export type Era = "00s+10s" | "all" | Decade;

/** In the order in which a page offers them; the first is the study's page. */
export const eras: readonly Era[] = ["00s+10s", "all", "60s", "70s", "80s", "90s", "00s", "10s"];

/** In the order of time. */
export const decadesInTime: readonly Decade[] = ["60s", "70s", "80s", "90s", "00s", "10s"];

/** The decades of an era, in the order in which study 4 joins their files: rows of an era are numbered so. */
export function decadesOf(era: Era): readonly Decade[] {
  return era === "all" ? decades : decades.filter((decade) => era.split("+").includes(decade));
}

/** data/songs-60s.js ... songs-10s.js: the songs of a decade, in the file's order. */
export interface SongsPayload {
  readonly decade: Decade;
  readonly kind: DataKind;
  readonly track: readonly string[];
  readonly artist: readonly string[];
  /** 1 = hit, 0 = flop. */
  readonly target: readonly number[];
  /** One list per feature, in the order of `audioFeatures`. */
  readonly features: readonly (readonly number[])[];
}

/** Mean and standard deviation of each feature over the training songs; a row is scaled to (x - mean) / deviation. */
export interface ScalerPayload {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** How well a model did on songs that it was not fit on. */
export interface ScoresPayload {
  readonly songs: number;
  readonly accuracy: number;
  readonly rocAuc: number;
  readonly brier: number;
}

/** data/forest-60s.js ... forest-all.js: the forest of an era, as study 4 fits it. */
export interface ForestPayload {
  readonly era: Era;
  /** What songs it was fit on. */
  readonly kind: DataKind;
  readonly trees: number;
  readonly maxDepth: number;
  readonly scaler: ScalerPayload;
  /** The bytes of `packForest`, in base64. */
  readonly packed: string;
  /** Row numbers, in the era, of the songs that the forest was not fit on: a quarter, the study's own split. */
  readonly testRows: readonly number[];
  /**
   * Per row of the era: for a song whose numbers the forest was fitted on, what the trees say that did not see them (out
   * of bag), three digits. These are the training songs, and test songs that are the same recording as one of them. Null
   * for the other test songs and where every tree saw the numbers.
   */
  readonly outOfBag: readonly (number | null)[];
  /** On the test songs. */
  readonly test: ScoresPayload;
}

/** data/popularity-2023.js: numeric columns of the songs of study 3, for the page that trains. */
export interface PopularityPayload {
  readonly kind: DataKind;
  readonly track: readonly string[];
  readonly artist: readonly string[];
  /** Names of the columns, each with what it is. */
  readonly columns: readonly { readonly name: string; readonly meaning: string; readonly values: readonly number[] }[];
  /** Natural logarithm of 1 + streams. */
  readonly target: readonly number[];
}

/** data/manifest.json, also written into the pages: what the data scripts hold. */
export interface Manifest {
  /** Of the six decades of songs. */
  readonly songs: { readonly kind: DataKind; readonly note: string; readonly sha256: string; readonly rows: number };
  readonly popularity: {
    readonly kind: DataKind;
    readonly note: string;
    readonly sha256: string;
    readonly rows: number;
  };
  /** Trees of each forest, fewer at effort quick. */
  readonly trees: number;
  readonly forests: readonly { readonly era: Era; readonly bytes: number; readonly test: ScoresPayload }[];
}

/** A name of a data script, which lies at data/NAME.js, and what it holds. */
export type DataName = `songs-${Decade}` | `forest-${Era}` | "popularity-2023";

export type Payload<Name extends DataName> = Name extends `songs-${Decade}`
  ? SongsPayload
  : Name extends `forest-${Era}`
    ? ForestPayload
    : PopularityPayload;
