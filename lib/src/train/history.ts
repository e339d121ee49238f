/** What a training left behind, one entry per epoch in each list. Metrics that were not measured have empty lists. */
export interface History {
  /** What carried out the training: "kernels", or tfjs and its backend, for example "tfjs wasm". */
  readonly engine: string;
  /** Epochs run; 0 when training was skipped. */
  readonly epochs: number;
  /** What is minimised: the mean loss, penalties on weights included, as in Keras. */
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  /** Mean absolute error. */
  readonly mae: readonly number[];
  readonly valLoss: readonly number[];
  readonly valAccuracy: readonly number[];
  readonly valMae: readonly number[];
  /** Seconds of training and validation together. */
  readonly seconds: number;
  /** The last epoch's figures; NaN where there are none. */
  readonly last: EpochFigures;
  /** Epoch (from 1) whose weights the model has: the last, or the best with early stopping. */
  readonly keptEpoch: number;
  /** A word on what was unusual: loaded instead of trained, stopped early, resumed. */
  readonly note?: string;
}

export interface EpochFigures {
  readonly loss: number;
  readonly accuracy: number;
  readonly mae: number;
  readonly valLoss: number;
  readonly valAccuracy: number;
  readonly valMae: number;
}

/** A history from the epochs' figures; figures that no epoch has become empty lists. */
export function historyOf(
  epochs: readonly EpochFigures[],
  rest: Pick<History, "engine" | "seconds" | "keptEpoch" | "note">,
): History {
  // A single NaN keeps its place: without it the later epochs would move to the left.
  const list = (key: keyof EpochFigures) => {
    const values = epochs.map((epoch) => epoch[key]);
    return values.every(Number.isNaN) ? [] : values;
  };
  const none = Number.NaN;
  return {
    ...rest,
    epochs: epochs.length,
    loss: list("loss"),
    accuracy: list("accuracy"),
    mae: list("mae"),
    valLoss: list("valLoss"),
    valAccuracy: list("valAccuracy"),
    valMae: list("valMae"),
    last: epochs.at(-1) ?? {
      loss: none,
      accuracy: none,
      mae: none,
      valLoss: none,
      valAccuracy: none,
      valMae: none,
    },
  };
}
