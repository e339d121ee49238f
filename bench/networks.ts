/** The networks of the studies. */
import type { Layer, Network } from "./settings";

/** Study 1's network. */
export const lstm: Network = {
  input: [14, 1],
  layers: [
    { lstm: 64, sequences: true },
    { dropout: 0.2 },
    { lstm: 32 },
    { dropout: 0.2 },
    { dense: 16, activation: "relu" },
    { dense: 1, activation: "sigmoid" },
  ],
  loss: "binaryCrossentropy",
  metric: "accuracy",
};

/** Study 3's network. */
export function regressionNetwork(columns: number, neurons: number, dropout: number): Network {
  return {
    input: [columns],
    layers: [
      { dense: neurons, activation: "relu" },
      { dropout },
      { dense: Math.floor(neurons / 2), activation: "relu" },
      { dense: 1, activation: "linear" },
    ],
    loss: "meanSquaredError",
    metric: "R2",
  };
}

/** Study 4's network, on all columns. */
export const wide: Network = {
  input: [15],
  layers: [
    { dense: 14, activation: "relu" },
    { dense: 120, activation: "relu" },
    { dense: 80, activation: "relu" },
    { dense: 2, activation: "softmax" },
  ],
  loss: "categoricalCrossentropy",
  metric: "accuracy",
};

/** 21 columns, 128-64-32-16 with a penalty on every hidden layer but the first, and a sigmoid. */
export function rankedNetwork(penalty: { readonly l1?: number; readonly l2?: number }): Network {
  const hidden = [128, 64, 32, 16].map(
    (units, at): Layer => ({ dense: units, activation: "relu", ...(at > 0 ? penalty : {}) }),
  );
  return {
    input: [21],
    layers: [...hidden, { dense: 1, activation: "sigmoid" }],
    loss: "binaryCrossentropy",
    metric: "accuracy",
  };
}
