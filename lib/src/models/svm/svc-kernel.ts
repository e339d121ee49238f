/** The kernels of a support vector classifier. */
import { HitlabError } from "../../errors";
import type { Matrix } from "../../samples";
import { checkPositive, checkWhole } from "../checks";

/**
 * linear: a b; poly: (gamma a b + coef0)^degree; rbf: exp(-gamma |a - b|^2). What a kernel does not use is 0 (gamma of
 * a linear one 1).
 */
export interface Kernel {
  readonly kind: "linear" | "poly" | "rbf";
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
}

export interface KernelOptions {
  /** Default "rbf". */
  readonly kernel?: Kernel["kind"];
  /** Of poly, a whole number from 1. Default 3. */
  readonly degree?: number;
  /**
   * Of poly and rbf. "scale", the default: 1 / (columns * variance of all numbers of x together); "auto": 1 / columns.
   */
  readonly gamma?: "scale" | "auto" | number;
  /** Of poly. Default 0. */
  readonly coef0?: number;
}

const kinds = ["linear", "poly", "rbf"];

/** The kernel that options ask for on the rows of x. @throws HitlabError naming the option that is out of range */
export function kernelFor(options: KernelOptions, x: Matrix): Kernel {
  const { kernel: kind = "rbf", degree = 3, gamma = "scale", coef0 = 0 } = options;
  if (!kinds.includes(kind)) {
    throw new HitlabError({ what: "kernel is one of linear, poly, rbf", value: kind, remedy: "name one of them" });
  }
  checkWhole({ degree });
  if (!Number.isFinite(coef0)) {
    throw new HitlabError({ what: "coef0 must be a number", value: coef0, remedy: "leave it out for its default, 0" });
  }
  if (typeof gamma === "number") checkPositive({ gamma });
  if (kind === "linear") return { kind, gamma: 1, degree: 0, coef0: 0 };
  const width = gammaOf(gamma, x);
  return kind === "poly" ? { kind, gamma: width, degree, coef0 } : { kind, gamma: width, degree: 0, coef0: 0 };
}

function gammaOf(gamma: "scale" | "auto" | number, x: Matrix): number {
  if (gamma === "auto") return 1 / x.columns;
  if (gamma === "scale") {
    const variance = varianceOf(x.data);
    // As scikit-learn: columns that are all constant and alike.
    if (variance === 0) return 1;
    const width = 1 / (x.columns * variance);
    if (width > 0 && width < Number.POSITIVE_INFINITY) return width;
    throw new HitlabError({
      what: 'gamma "scale" cannot be found: the columns are too large or too small',
      value: `variance ${variance}`,
      remedy: "scale the columns first (prepare.standard, prepare.minMax), or give gamma as a number",
    });
  }
  return gamma;
}

function varianceOf(data: Float64Array): number {
  const mean = carefulSum(data) / data.length;
  return carefulSum(data.map((value) => (value - mean) * (value - mean))) / data.length;
}

/** The sum with what rounding loses carried along (Kahan), so that the rows' order leaves no trace in gamma. */
function carefulSum(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] - lost;
    const next = sum + value;
    lost = next - sum - value;
    sum = next;
  }
  return sum;
}

/** Kernel values beyond this are too near to float32's end for sums of them. */
const LARGEST = 1e30;

/**
 * k(row, row) of each row, in float64 as LIBSVM has it.
 *
 * @throws HitlabError if kernel values of these rows may leave float32's range
 */
export function kernelDiagonal(kernel: Kernel, x: Matrix): Float64Array {
  const { kind, gamma, degree, coef0 } = kernel;
  const diagonal = new Float64Array(x.rows).fill(1);
  if (kind === "rbf") return diagonal;
  for (let r = 0; r < x.rows; r++) {
    const square = squareOf(x.data, r * x.columns, x.columns);
    // No product of two rows is beyond the larger of their squares.
    const bound = power(gamma * square + Math.abs(coef0), degree);
    if (!(bound < LARGEST)) throw tooLarge(r, bound);
    diagonal[r] = power(gamma * square + coef0, degree);
  }
  return diagonal;
}

function squareOf(data: Float64Array, from: number, columns: number): number {
  let sum = 0;
  for (let j = from; j < from + columns; j++) sum += data[j] * data[j];
  return sum;
}

/** base^degree by multiplication, in the order of svm-row.ts; degree 0 stands for base itself. */
function power(base: number, degree: number): number {
  let product = 1;
  let square = base;
  let left = degree;
  for (; left > 1; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product *= square;
    square *= square;
  }
  return product * square;
}

function tooLarge(row: number, value: number): HitlabError {
  return new HitlabError({
    what: `the kernel of row ${row} (counted from 0) with itself is too large for float32`,
    value,
    remedy: "scale the columns first (prepare.standard, prepare.minMax), or give a smaller gamma or degree",
  });
}

/** Rows with the weights that they have in a sum of kernels. */
export interface WeightedRows {
  readonly x: Matrix;
  /** Which rows of x. */
  readonly index: Int32Array;
  /** One per entry of `index`. */
  readonly weights: Float64Array;
}
