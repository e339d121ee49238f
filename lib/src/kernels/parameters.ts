import type { KernelInstance } from "./instance";
import type { Penalty } from "./spec";

/**
 * One weight of a layer within the flat vector of all parameters.
 *
 * `rows` x (`gates` x `columns`) as tf.layers keeps it; in the vector each row's gates are `width` wide and there may
 * be more rows (`height`): an LSTM's units are filled up to a multiple of four. What is filled up stays zero, because
 * a unit with zero weights gives zero and gets zero gradients.
 */
export interface ParameterShape {
  readonly rows: number;
  readonly gates: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
  readonly penalty?: Penalty;
}

export interface Parameter extends ParameterShape {
  /** First float within the vector. */
  readonly offset: number;
}

/** Floats that a parameter takes in the vector: a multiple of four. */
export function floatsOf({ height, gates, width }: ParameterShape): number {
  return Math.ceil((height * gates * width) / 4) * 4;
}

/** Numbers that tf.layers has for it. */
export function numbersOf({ rows, gates, columns }: ParameterShape): number {
  return rows * gates * columns;
}

/** Copies values as tf.layers keeps them into the vector that begins at `base`. */
export function writeParameter(instance: KernelInstance, base: number, to: Parameter, values: Float32Array): void {
  const vector = instance.floats(base + 4 * to.offset, floatsOf(to));
  vector.fill(0);
  eachStretch(to, (from, at) => vector.set(values.subarray(from, from + to.columns), at));
}

/** The values of a parameter, as tf.layers keeps them. */
export function readParameter(instance: KernelInstance, base: number, from: Parameter): Float32Array {
  const vector = instance.floats(base + 4 * from.offset, floatsOf(from));
  const values = new Float32Array(numbersOf(from));
  eachStretch(from, (to, at) => values.set(vector.subarray(at, at + from.columns), to));
  return values;
}

/** Each run of numbers that lie side by side in both: its place in tf's array and in the vector. */
function eachStretch(parameter: ParameterShape, told: (inArray: number, inVector: number) => void): void {
  const { rows, gates, columns, width } = parameter;
  for (let stretch = 0; stretch < rows * gates; stretch++) told(stretch * columns, stretch * width);
}
