import { expect, it } from "vitest";
import { halveEvery } from "../../src/train";

it("halves the rate after every so many epochs, and takes whole numbers of them only", () => {
  const rates = [1, 2, 3, 4, 5].map((epoch) => halveEvery(2).rate(epoch, 0.8));
  expect(rates).toEqual([0.8, 0.8, 0.4, 0.4, 0.2]);
  for (const epochs of [0, -1, 0.5, Number.NaN]) expect(() => halveEvery(epochs)).toThrow(/whole number of epochs/);
});
