import { HitlabError } from "../../errors";
import { checkFinite } from "../../prepare/finite";
import { kFold } from "../../prepare/folds";
import { gather, type Samples, takeMatrixRows } from "../../samples";
import { fitPlatt } from "../calibrators";
import { checkBinaryTarget, checkPositive, checkWhole, countClasses } from "../checks";
import { rowCosts, rowWeights, type WeightOptions } from "../linear/row-weights";
import { type DualProblem, solveDual } from "./smo";
import { type KernelOptions, kernelFor } from "./svc-kernel";
import { SVC, type SVCParts } from "./svc-model";

export interface SVCOptions extends KernelOptions, WeightOptions {
  /** What a row on the wrong side costs, times its weight: the most that its dual coefficient may be. Default 1. */
  readonly c?: number;
  /** Stop when no pair of rows violates the optimum's conditions by more. Default 1e-3. */
  readonly tolerance?: number;
  /** Leave rows out that have come to stay at a bound. Default true. */
  readonly shrinking?: boolean;
  /**
   * MB for kernel rows that are kept, at least two rows. Default 50: computing a row anew takes little more time than
   * reading it, and more MB than that save none.
   */
  readonly cacheMb?: number;
  /** Fit Platt's map too, for predictProbability: five more fits, on four fifths of the rows each. Default false. */
  readonly probability?: boolean;
  /** Of the folds that `probability` takes. Default 42. */
  readonly seed?: number;
  /** Default 10,000,000, or 100 per row if that is more. */
  readonly maxIterations?: number;
}

/**
 * Fits a support vector classifier (C-SVC) with a kernel, as scikit-learn's SVC and LIBSVM: the same problem, solved by
 * the same method to the same tolerance. On a few hundred rows it mostly takes the same steps as they do and ends at the
 * same support vectors (of rows that are alike, others may be chosen; a kernel value's last digit may turn a step). In
 * general decisions agree as far as the tolerance lets two solutions differ: 0.01 on 30,829 rows at 1e-3, 0.001 at 1e-5.
 * For the same data it gives the same digits everywhere.
 *
 * Scale the columns first. Time grows with the square of the rows: 30,000 rows of 15 columns take seconds. For a
 * linear kernel on many rows fitLinearSVM is much faster and fitLinearSVC faster still.
 *
 * Sources: Chang, Lin, "LIBSVM: A Library for Support Vector Machines", ACM TIST 2(3), 2011; Fan, Chen, Lin, "Working
 * Set Selection Using Second Order Information for Training SVM", JMLR 6, 2005.
 *
 * @param samples `y` holds 0 and 1, both present
 * @throws HitlabError for more than two classes, one class only, a NaN or infinite input, an option out of range,
 *   kernel values beyond float32, columns too large or too small for gamma "scale"
 * @example
 * ```ts
 * const model = svm.fitSVC(scaler.apply(parts.train), { kernel: "poly", c: 1 });
 * model.score(scaler.apply(parts.test));
 * ```
 */
export function fitSVC(samples: Samples, options: SVCOptions = {}): SVC {
  const { c = 1, probability = false, seed = 42 } = options;
  const problem = problemOf(samples, options);
  checkWhole({ seed }, 0);
  const platt = probability ? fitPlatt(heldOutDecisions(samples, problem, seed), samples.y) : undefined;
  return new SVC({ ...solve(problem), c, ...(platt ? { platt } : {}) });
}

/** Solves the problem; what the model is made of. */
function solve(problem: DualProblem): Omit<SVCParts, "c"> {
  const { x, y, kernel } = problem;
  const { alpha, intercept, iterations, converged } = solveDual(problem);
  const rows = Int32Array.from({ length: alpha.length }, (_, i) => i);
  // The dual has class 0 as the positive one; its support vectors come first.
  const supportIndex = rows.filter((i) => alpha[i] > 0).sort((i, j) => y[j] - y[i] || i - j);
  return {
    names: [...x.names],
    kernel,
    supportIndex,
    supportVectors: takeMatrixRows(x, supportIndex),
    dualCoefficients: Float64Array.from(supportIndex, (i) => -y[i] * alpha[i]),
    intercept: -intercept,
    iterations,
    converged,
  };
}

/** The decision of each row by a model of the four fifths of the rows that it is not among; gamma is that of all. */
function heldOutDecisions(samples: Samples, problem: DualProblem, seed: number): Float64Array {
  const decisions = new Float64Array(samples.x.rows);
  const row = decisions.map((_, i) => i);
  for (const { train, test } of kFold({ ...samples, info: { row } }, { folds: 5, seed, stratify: true })) {
    const part = { x: train.x, y: gather(problem.y, train.info.row), c: gather(problem.c, train.info.row) };
    const found = new SVC({ ...solve({ ...problem, ...part }), c: 1 }).decision(test.x);
    for (let i = 0; i < found.length; i++) decisions[test.info.row[i]] = found[i];
  }
  return decisions;
}

function problemOf(samples: Samples, options: SVCOptions): DualProblem {
  const { x, y } = samples;
  const { c = 1, tolerance = 1e-3, shrinking = true, cacheMb = 50 } = options;
  const { maxIterations = Math.max(10_000_000, 100 * x.rows) } = options;
  checkPositive({ c, tolerance, cacheMb });
  checkWhole({ maxIterations });
  checkTarget(y, x.rows);
  checkFinite(x);
  return {
    x,
    // As LIBSVM has it: class 0 is the positive one.
    y: y.map((label) => (label > 0 ? -1 : 1)),
    c: rowCosts(c, rowWeights(y, 2, options)),
    kernel: kernelFor(options, x),
    tolerance,
    shrinking,
    cacheMb,
    maxIterations,
  };
}

function checkTarget(y: Float64Array, rows: number): void {
  const many = new Set(y).size > 2 && y.every((label) => Number.isInteger(label) && label >= 0);
  if (!many) {
    checkBinaryTarget(y, rows, "a support vector classifier");
    return;
  }
  throw new HitlabError({
    what: "fitSVC tells two classes apart, 0 and 1",
    value: `${countClasses(y, rows, "a support vector classifier")} classes`,
    remedy: "fit one model for each class against the rest, or take a forest or linear.fitMultinomialRegression",
  });
}
