import * as tf from "@tensorflow/tfjs";
import { initializeWeights } from "../../src/models/initialize";
import { kFold } from "../../src/prepare/folds";
import { standard } from "../../src/prepare/scalers";
import { random } from "../../src/random";
import { matrix, type Samples } from "../../src/samples";
import { type BuildContext, grid, type Params, type SearchOptions } from "../../src/search";

/** 90 rows whose target follows two of three columns. */
export function toyRows(): Samples {
  const rng = random(1, "search");
  const [rows, columns] = [90, 3];
  const data = Float64Array.from({ length: rows * columns }, () => 5 + 2 * rng.normal());
  const y = Float64Array.from({ length: rows }, (_, r) => data[3 * r] - 0.5 * data[3 * r + 1] + 0.1 * rng.normal());
  return { x: matrix(rows, columns, data), y, info: {} };
}

export const toyGrid = { learningRate: [0.01, 1e10], units: [4, 8], epochs: [5, 10] } as const;

export function toyNetwork({ learningRate, units }: { learningRate: number; units: number }, context: BuildContext) {
  const zeros = { kernelInitializer: "zeros" as const };
  const layers = [
    tf.layers.dense({ units, inputShape: [context.inputs], activation: "relu", ...zeros }),
    tf.layers.dropout({ rate: 0.2 }),
    tf.layers.dense({ units: 1, ...zeros }),
  ];
  const model = tf.sequential({ layers });
  initializeWeights(model, context.seed);
  model.compile({ optimizer: tf.train.adam(learningRate), loss: "meanSquaredError", metrics: ["mae"] });
  return model;
}

export function scaled(train: Samples, test: Samples) {
  const scaler = standard(train);
  return { train: scaler.apply(train), test: scaler.apply(test) };
}

type ToyOptions = SearchOptions<typeof toyGrid, Samples>;

/** Eight settings, of which four diverge, on three folds. */
export function toySearch(options: Partial<ToyOptions> = {}) {
  return grid({
    grid: toyGrid,
    folds: kFold(toyRows(), { folds: 3 }),
    prepare: scaled,
    build: toyNetwork,
    options: ({ epochs }: Params<typeof toyGrid>) => ({ epochs, batchSize: 16 }),
    score: "mse",
    ...options,
  });
}
