import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths";
import type { ArtistModel, Marginal } from "./stand-in-copula";

/** The hits or the flops of a decade. */
export interface HitGroup extends ArtistModel {
  readonly songs: number;
  readonly marginals: Readonly<Record<string, Marginal>>;
}

/** How many rows repeat a song: of the same decade, or of the one before, with the same label or the other. */
export interface Repeats {
  readonly sameClass: number;
  readonly otherClass: number;
  readonly fromBefore: number;
  readonly fromBeforeOtherClass: number;
}

/** Parameters of the invented hit predictor data, as in data/stand-ins/hits.json. */
export interface HitModel {
  /** Probabilities of the quantiles, from 0 to 1. */
  readonly levels: readonly number[];
  /** In order of time. */
  readonly decades: Readonly<
    Record<string, { readonly repeats: Repeats; readonly flops: HitGroup; readonly hits: HitGroup }>
  >;
}

/** The parameters in data/stand-ins/hits.json. */
export function hitModel(): HitModel {
  return JSON.parse(readFileSync(join(root, "data", "stand-ins", "hits.json"), "utf8"));
}
