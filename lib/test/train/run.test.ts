import { describe, expect, it } from "vitest";
import { run, type Snapshot } from "../../src/train/run";
import type { Trainer } from "../../src/train/trainer";

/** A trainer whose only weight counts its epochs, and whose validation losses are given. */
function counting(valLosses: readonly number[]): Trainer {
  let weight = 0;
  return {
    engine: "counting",
    epoch: async (_epoch, rate, told) => {
      told(0.5);
      weight += rate;
      return { loss: 1 / weight, accuracy: Number.NaN, mae: Number.NaN };
    },
    validate: () => ({ loss: valLosses[weight - 1], accuracy: Number.NaN, mae: Number.NaN }),
    weights: () => [Float32Array.of(weight)],
    setWeights: ([[value]]) => {
      weight = value;
    },
    optimizerState: async () => ({ numbers: {}, slots: [] }),
    setOptimizerState: async () => {},
    dispose: () => {},
  };
}

const settings = (epochs: number) => {
  return { epochs, rates: new Array(epochs).fill(1), fingerprint: "counting", hasValidation: true };
};

describe("run", () => {
  const valLosses = [5, 3, 4, 2, 3, 3, 1];
  const earlyStopping = { patience: 2 };

  it("tells at each snapshot what a training of so many epochs ends with", async () => {
    const told: Snapshot[] = [];
    const snapshots = [1, 3, 5, 7];
    const whole = counting(valLosses);
    await run(whole, { ...settings(7), earlyStopping, snapshots, onSnapshot: (snapshot) => told.push(snapshot) });
    expect(told.map(({ epochs }) => epochs)).toEqual(snapshots);
    for (const { epochs, history, weights } of told) {
      const alone = counting(valLosses);
      const expected = await run(alone, { ...settings(epochs), earlyStopping });
      expect({ ...history, seconds: 0 }).toEqual({ ...expected, seconds: 0 });
      expect(weights).toEqual(alone.weights());
    }
    expect(told.map(({ history }) => history.note !== undefined)).toEqual([false, false, false, true]);
  });

  it("tells all shares of the work, and throws what its signal says between two slices", async () => {
    const told: number[] = [];
    const abort = new AbortController();
    const progress = (done: number) => {
      told.push(done);
      if (done === 1) abort.abort(new Error("enough"));
    };
    const training = run(counting(valLosses), { ...settings(3), progress, signal: abort.signal });
    await expect(training).rejects.toThrow("enough");
    expect(told).toEqual([0.5, 1]);
  });
});
