import { expect, it } from "vitest";
import { historyOf } from "../../src/train/history";

it("keeps every epoch in its place, and empties only lists without any figure", () => {
  const none = Number.NaN;
  const epoch = (loss: number, accuracy: number) => {
    return { loss, accuracy, mae: none, valLoss: none, valAccuracy: none, valMae: none };
  };
  const epochs = [epoch(3, 0.1), epoch(2, Number.NaN), epoch(1, 0.3)];
  const history = historyOf(epochs, { engine: "none", seconds: 0, keptEpoch: 3 });
  expect(history.loss).toEqual([3, 2, 1]);
  expect(history.accuracy).toEqual([0.1, Number.NaN, 0.3]);
  expect(history.valLoss).toEqual([]);
});
