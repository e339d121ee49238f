import { HitlabError } from "../errors";

/** A learning rate that changes from epoch to epoch. */
export interface Schedule {
  /** Says what it does, in words. */
  readonly name: string;
  /** The rate of an epoch (counted from 1), from the rate that the optimizer was built with. */
  rate(epoch: number, initial: number): number;
}

/**
 * The rate falls to half after every `epochs` epochs.
 *
 * @throws HitlabError unless `epochs` is a whole number from 1
 * @example
 * ```ts
 * halveEvery(10).rate(11, 0.01); // 0.005
 * ```
 */
export function halveEvery(epochs: number): Schedule {
  if (!Number.isInteger(epochs) || epochs < 1) {
    const remedy = "pass such a number, for example halveEvery(10)";
    throw new HitlabError({ what: "halveEvery needs a whole number of epochs from 1", value: epochs, remedy });
  }
  return {
    name: `half every ${epochs} epochs`,
    rate: (epoch, initial) => initial / 2 ** Math.floor((epoch - 1) / epochs),
  };
}
