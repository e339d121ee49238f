import { multiply } from "../../../lib/src/models/linear/rows";
import { sigmoid } from "../../../lib/src/special";
import type { FittedLogistic } from "../shared/fitted-models";
import { type Predictor, width } from "./predictor";
import { scaleRows } from "./scale-rows";

/** Logistic regression: the digits of lib's `predictProbability`. */
export function logisticPredictor({ scaler, weights, intercept }: FittedLogistic): Predictor {
  const parameters = Float64Array.of(...weights, intercept);
  return (rows) => {
    const margins = new Float64Array(rows.length / width);
    multiply(scaleRows(rows, scaler), width, parameters, margins);
    return margins.map(sigmoid);
  };
}
