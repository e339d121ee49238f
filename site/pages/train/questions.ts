import type { Settings } from "./settings";
import type { EpochFigures, Picture, Surface, TrainingData, TrainingResult, TrainOptions } from "./trainer";

/** What the page asks the worker. */
export type Question =
  | ({ readonly kind: "train"; readonly settings: Settings; readonly data: TrainingData } & Omit<
      TrainOptions,
      "onEpoch" | "onPicture"
    >)
  | {
      readonly kind: "untrained";
      readonly settings: Settings;
      readonly data: TrainingData;
      readonly surface: readonly [string, string] | undefined;
    }
  | { readonly kind: "surface"; readonly features: readonly [string, string] }
  | { readonly kind: "stop" };

/** A training's result, a picture of the untrained network, a surface, or nothing to a stop. */
export type Answer = TrainingResult | Picture | Surface | null;

/** What the worker tells during a training. */
export type Told = { readonly figures: EpochFigures } | { readonly picture: Picture };
