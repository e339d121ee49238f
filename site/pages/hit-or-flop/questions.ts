import type { FittedModels } from "../shared/fitted-models";
import type { Choice, Curve, Reasons, Song } from "./judge";
import type { ForestParts } from "./models";

/** What the page asks its worker. */
export type Question =
  /** The first one. */
  | { readonly kind: "start"; readonly fitted: FittedModels }
  | { readonly kind: "forest"; readonly forest: ForestParts }
  | { readonly kind: "probability" | "curves" | "reasons"; readonly choice: Choice; readonly song: Song }
  /** The songs are 15 numbers each, one song after another. */
  | { readonly kind: "score"; readonly choice: Choice; readonly rows: Float64Array };

/** What it answers to each kind of question. */
export interface Answers {
  readonly start: null;
  readonly forest: null;
  readonly probability: number;
  readonly curves: Curve[];
  readonly reasons: Reasons;
  readonly score: Float64Array;
}

export type Answer = Answers[keyof Answers];
