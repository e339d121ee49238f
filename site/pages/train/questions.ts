import type { Settings } from "./settings";
import type { EpochFigures, Picture, Surface, TrainingData, TrainingResult, TrainOptions } from "./trainer";

/** What the page asks the worker. */
export type Question =
  | ({ readonly kind: "train"; readonly settings: Settings; readonly data: TrainingData } & Omit<
      TrainOptions,
      "onEpoch" | "onPicture"
    >)
  | { readonly kind: "surface"; readonly features: readonly [string, string] }
  | { readonly kind: "stop" };

/** A training's result, a surface, or nothing to a stop. */
export type Answer = TrainingResult | Surface | null;

/** What the worker tells during a training. */
export type Told = { readonly figures: EpochFigures } | { readonly picture: Picture };
