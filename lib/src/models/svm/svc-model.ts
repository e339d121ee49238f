import { HitlabError } from "../../errors";
import { checkFinite } from "../../prepare/finite";
import type { Matrix, Samples } from "../../samples";
import { loadArrays, type StoredArray, saveArrays } from "../array-files";
import { Platt } from "../calibrators";
import { checkColumns, shareRight } from "../checks";
import { checkDecisions } from "../decisions";
import type { Kernel, WeightedRows } from "./svc-kernel";
import { PolynomialSum } from "./svc-polynomial";
import { kernelByKernel } from "./svc-sums";

/** What a fit found. */
export interface SVCParts {
  /** Names of the columns. */
  readonly names: readonly string[];
  readonly kernel: Kernel;
  readonly c: number;
  /** Which train rows are support vectors: those of class 0, then those of class 1, each ascending. */
  readonly supportIndex: Int32Array;
  /** The support vectors, in that order. */
  readonly supportVectors: Matrix;
  /** a of each, times -1 for class 0. */
  readonly dualCoefficients: Float64Array;
  readonly intercept: number;
  readonly iterations: number;
  /** False if `maxIterations` came before the tolerance. */
  readonly converged: boolean;
  readonly platt?: Platt;
}

const format = "hitlab-svc";

/**
 * A fitted support vector classifier with a kernel: class 1 where
 * intercept + sum over support vectors of dualCoefficients * k(vector, x) is not below 0.
 */
export class SVC {
  readonly kind = "support vector classifier";
  readonly names: readonly string[];
  readonly kernel: Kernel;
  readonly c: number;
  readonly supportIndex: Int32Array;
  readonly supportVectors: Matrix;
  readonly dualCoefficients: Float64Array;
  readonly intercept: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** The map from decisions to probabilities, if it was asked for. */
  readonly platt?: Platt;
  private readonly terms: WeightedRows;
  private polynomial?: PolynomialSum;

  constructor(parts: SVCParts) {
    this.names = parts.names;
    this.kernel = parts.kernel;
    this.c = parts.c;
    this.supportIndex = parts.supportIndex;
    this.supportVectors = parts.supportVectors;
    this.dualCoefficients = parts.dualCoefficients;
    this.intercept = parts.intercept;
    this.iterations = parts.iterations;
    this.converged = parts.converged;
    this.platt = parts.platt;
    this.terms = { x: this.supportVectors, index: every(this.supportVectors.rows), weights: this.dualCoefficients };
  }

  /** Support vectors of class 0 and of class 1. */
  get nSupport(): readonly [number, number] {
    const ones = this.dualCoefficients.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
    return [this.dualCoefficients.length - ones, ones];
  }

  /**
   * The decision value of each row: positive means class 1.
   *
   * Linear and polynomial kernels are summed as one polynomial (svc-polynomial.ts) where it has few enough terms, the
   * rest kernel by kernel; all in float64.
   *
   * @throws HitlabError for other columns than those of the fit, and for inputs that are NaN, infinite or so large that
   *   their kernels overflow
   */
  decision(x: Matrix): Float64Array {
    checkColumns(x, this.names, this.kind);
    checkFinite(x);
    this.polynomial ??= PolynomialSum.of(this.kernel, this.terms);
    const { polynomial, kernel, terms, intercept } = this;
    const sums = polynomial ? polynomial.at(x, every(x.rows)) : kernelByKernel(kernel, terms, x, every(x.rows));
    const decisions = sums.map((sum) => sum + intercept);
    checkDecisions(decisions, x.rows, this.kind);
    return decisions;
  }

  /** The class of each row, 0 or 1: 1 where the decision is 0 or above, as LIBSVM (not 0 at 0, as linear models). */
  predict(x: Matrix): Float64Array {
    return this.decision(x).map((value) => (value >= 0 ? 1 : 0));
  }

  /**
   * Probability of class 1 for each row, by Platt's map of the decision. Fitted on other decisions, the map need not
   * pass one half where the decision passes 0: there it may disagree with `predict`, as in scikit-learn.
   *
   * @throws HitlabError if the model was fit without `probability: true`
   */
  predictProbability(x: Matrix): Float64Array {
    if (this.platt) return this.platt.apply(this.decision(x));
    throw new HitlabError({
      what: "this support vector classifier was fit without probabilities",
      remedy: "fit it with probability: true, or calibrate its decision(x) on rows of a validation part",
    });
  }

  /** Share of the rows whose class is right. */
  score(samples: Samples): number {
    return shareRight(this.predict(samples.x), samples.y);
  }

  /** Saves the model in a folder of its own. `loadSVC` reads it; the decisions keep their digits. */
  save(folder: string): void {
    const { names, kernel, c, intercept, iterations, converged, platt } = this;
    const about = { names, kernel, c, intercept, iterations, converged, platt: platt ? [platt.a, platt.b] : null };
    // Arrays of their own, however those here came to be.
    const supportIndex = new Int32Array(this.supportIndex);
    const supportVectors = new Float64Array(this.supportVectors.data);
    const dualCoefficients = new Float64Array(this.dualCoefficients);
    saveArrays(folder, format, about, { supportIndex, supportVectors, dualCoefficients });
  }
}

/** Reads a model that `save` wrote. @throws HitlabError for a folder that does not hold one */
export function loadSVC(folder: string): SVC {
  const { about, arrays } = loadArrays(folder, format);
  const { supportIndex, supportVectors, dualCoefficients } = arrays as Readonly<Record<string, StoredArray>>;
  const { names, kernel, c, intercept, iterations, converged, platt } = about as unknown as SVCFile;
  const rows = supportIndex?.length ?? 0;
  const whole =
    Array.isArray(names) &&
    [c, intercept, iterations, kernel?.gamma, kernel?.degree, kernel?.coef0].every(Number.isFinite) &&
    ["linear", "poly", "rbf"].includes(kernel?.kind) &&
    supportVectors?.length === rows * names.length &&
    dualCoefficients?.length === rows;
  if (!whole) {
    throw new HitlabError({
      what: "the saved support vector classifier cannot be used: its parts do not fit together",
      file: "model.json",
      remedy: "fit the model again and save it",
    });
  }
  return new SVC({
    names,
    kernel,
    c,
    supportIndex: supportIndex as Int32Array,
    supportVectors: { rows, columns: names.length, data: supportVectors as Float64Array, names },
    dualCoefficients: dualCoefficients as Float64Array,
    intercept,
    iterations,
    converged: converged === true,
    ...(platt ? { platt: new Platt(platt[0], platt[1]) } : {}),
  });
}

interface SVCFile extends Omit<SVCParts, "platt" | "supportIndex" | "supportVectors" | "dualCoefficients"> {
  readonly platt: readonly [number, number] | null;
}

function every(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}
