import type { FittedEra, FittedModels } from "../shared/fitted-models";
import type { Era, ForestPayload } from "../shared/payloads";
import { curvesOf } from "./curves";
import { type Forest, forestPredictor, forestReasons, readForest } from "./forest";
import type { Choice, Curve, Reasons, Song } from "./judge";
import { logisticPredictor } from "./logistic";
import { networkPredictor } from "./network";
import { checked, checkSong, type Predictor, rowsOf } from "./predictor";
import { baselineReasons } from "./shapley";

/** What of a forest's script is needed to predict by it. */
export type ForestParts = Pick<ForestPayload, "era" | "scaler" | "packed">;

/** All models of the page, each made ready when it is first asked. */
export class Models {
  private readonly forests = new Map<Era, Forest>();
  private readonly predictors = new Map<string, Predictor>();

  constructor(private readonly fitted: FittedModels) {}

  giveForest(parts: ForestParts): void {
    this.forests.set(parts.era, readForest(parts));
    this.predictors.delete(keyOf({ era: parts.era, model: "forest" }));
  }

  probability(choice: Choice, song: Song): number {
    return this.predictor(choice)(rowsOf([song]))[0];
  }

  curves(choice: Choice, song: Song): Curve[] {
    return curvesOf(this.predictor(choice), song, this.era(choice).features);
  }

  /** Of the forest against the songs that it was fitted on, of the others against the era's typical song. */
  reasons(choice: Choice, song: Song): Reasons {
    if (choice.model === "forest") return forestReasons(this.forest(choice), song);
    checkSong(song);
    const typical = this.era(choice).features.map(({ median }) => median);
    return baselineReasons(this.predictor(choice), song, typical);
  }

  /** @throws Error if the forest of the era was not given */
  predictor(choice: Choice): Predictor {
    const key = keyOf(choice);
    const known = this.predictors.get(key);
    if (known) return known;
    const made = checked(this.make(choice));
    this.predictors.set(key, made);
    return made;
  }

  private make(choice: Choice): Predictor {
    if (choice.model === "forest") return forestPredictor(this.forest(choice));
    const { logistic, network } = this.era(choice);
    return choice.model === "logistic" ? logisticPredictor(logistic) : networkPredictor(network);
  }

  private forest({ era }: Choice): Forest {
    const forest = this.forests.get(era);
    if (forest) return forest;
    throw new Error(`the forest of ${era} is not there yet: hand it over by giveForest before it is asked`);
  }

  private era({ era }: Choice): FittedEra {
    return this.fitted.eras[era];
  }
}

function keyOf({ era, model }: Choice): string {
  return `${model} of ${era}`;
}
