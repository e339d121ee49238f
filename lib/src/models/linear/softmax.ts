/**
 * Minimises  c * sum(weight * log loss) + |coefficients|^2 / 2  for the softmax of one linear score per class.
 *
 * Parameters: class after class its coefficients and its intercept. Scores, probabilities: class after class one
 * number per row.
 */
import { exp, ln } from "../../special";
import { type Convex, type Minimum, type NewtonOptions, newton, type Point, stepped } from "./newton";
import { accumulate, multiply } from "./rows";

export interface SoftmaxProblem extends NewtonOptions {
  /** Inputs, row-major, `columns` per row. */
  readonly x: Float64Array;
  readonly columns: number;
  /** Class number of each row. */
  readonly y: Float64Array;
  readonly classes: number;
  /** What each row's loss is multiplied by. */
  readonly rowWeights: Float64Array;
  readonly c: number;
}

interface SoftmaxPoint extends Point {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
}

export function minimiseSoftmax(problem: SoftmaxProblem): Minimum {
  const start = new Float64Array(problem.classes * (problem.columns + 1));
  const convex: Convex<SoftmaxPoint> = {
    start: pointAt(problem, start, scoresOf(problem.x, problem.columns, problem.y.length, start)),
    derivatives: (here) => derivatives(problem, here),
    line: (here, step) => {
      const change = scoresOf(problem.x, problem.columns, problem.y.length, step);
      return (a) => pointAt(problem, stepped(here.parameters, a, step), stepped(here.scores, a, change));
    },
  };
  return newton(convex, problem);
}

/** The score of each class for each row. */
export function scoresOf(x: Float64Array, columns: number, rows: number, parameters: Float64Array): Float64Array {
  const classes = parameters.length / (columns + 1);
  const scores = new Float64Array(classes * rows);
  for (let k = 0; k < classes; k++) {
    multiply(x, columns, block(parameters, k, columns + 1), block(scores, k, rows));
  }
  return scores;
}

function block(values: Float64Array, k: number, length: number): Float64Array {
  return values.subarray(k * length, (k + 1) * length);
}

/** Softmax over the classes: turns scores into probabilities, in place, and gives each row's log(sum(exp(score))). */
export function softmax(scores: Float64Array, rows: number): Float64Array {
  const logSums = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let largest = scores[i];
    for (let q = i + rows; q < scores.length; q += rows) largest = Math.max(largest, scores[q]);
    let sum = 0;
    for (let q = i; q < scores.length; q += rows) {
      scores[q] = exp(scores[q] - largest);
      sum += scores[q];
    }
    for (let q = i; q < scores.length; q += rows) scores[q] /= sum;
    logSums[i] = largest + ln(sum);
  }
  return logSums;
}

function pointAt(problem: SoftmaxProblem, parameters: Float64Array, scores: Float64Array): SoftmaxPoint {
  const { y, rowWeights, columns, c } = problem;
  const probabilities = scores.slice();
  const logSums = softmax(probabilities, y.length);
  let loss = 0;
  for (let i = 0; i < y.length; i++) loss += rowWeights[i] * (logSums[i] - scores[y[i] * y.length + i]);
  let penalty = 0;
  for (let j = 0; j <= columns; j++) {
    let sum = 0;
    for (let q = j; q < parameters.length; q += columns + 1) {
      sum += parameters[q];
      if (j < columns) penalty += parameters[q] * parameters[q];
    }
    penalty += tie(problem) * sum * sum;
  }
  return { parameters, scores, probabilities, objective: c * loss + penalty / 2 };
}

/**
 * The same numbers added to the parameters of all classes change no probability. The square of each column's sum over
 * the classes, times this, joins the objective: it is 0 at the optimum (of the intercepts that one is meant whose sum
 * is 0, as scikit-learn's), and it keeps the Hessian regular.
 */
function tie({ c, y, classes }: SoftmaxProblem): number {
  return (c * y.length) / (classes * classes);
}

function derivatives(problem: SoftmaxProblem, { parameters, probabilities }: SoftmaxPoint) {
  const { x, columns, y, classes, rowWeights } = problem;
  const size = columns + 1;
  const gradient = new Float64Array(classes * size);
  const hessian = new Float64Array(gradient.length * gradient.length);
  const slopes = new Float64Array(y.length);
  const curvatures = new Float64Array(y.length);
  for (let k = 0; k < classes; k++) {
    setSlopes(probabilities, y, k, rowWeights, slopes);
    for (let l = 0; l <= k; l++) {
      setCurvatures(probabilities, k, l, rowWeights, curvatures);
      const [ofClass, ofPair] = [new Float64Array(size), new Float64Array(size * size)];
      accumulate(x, columns, slopes, curvatures, ofClass, ofPair);
      placeBlock(ofPair, size, hessian, gradient.length, k, l);
      if (l === k) gradient.set(ofClass, k * size);
    }
  }
  penalise(problem, parameters, gradient, hessian);
  return { gradient, hessian };
}

/** First derivatives of the losses by the score of class k. */
function setSlopes(p: Float64Array, y: Float64Array, k: number, weights: Float64Array, out: Float64Array): void {
  const at = k * y.length;
  for (let i = 0; i < out.length; i++) out[i] = weights[i] * (p[at + i] - (y[i] === k ? 1 : 0));
}

/** Second derivatives of the losses by the scores of classes k and l. */
function setCurvatures(p: Float64Array, k: number, l: number, weights: Float64Array, out: Float64Array): void {
  const [atK, atL] = [k * out.length, l * out.length];
  const own = k === l ? 1 : 0;
  for (let i = 0; i < out.length; i++) out[i] = weights[i] * p[atK + i] * (own - p[atL + i]);
}

/** Copies the lower triangle of a symmetric block, whole, to its place (k, l) in the Hessian. */
function placeBlock(ofPair: Float64Array, size: number, hessian: Float64Array, side: number, k: number, l: number) {
  for (let j = 0; j < size; j++) {
    for (let m = 0; m <= j; m++) {
      hessian[(k * size + j) * side + l * size + m] = ofPair[j * size + m];
      hessian[(k * size + m) * side + l * size + j] = ofPair[j * size + m];
    }
  }
}

/** From the sums of the loss to gradient and Hessian of the objective. */
function penalise(
  problem: SoftmaxProblem,
  parameters: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const size = problem.columns + 1;
  const side = gradient.length;
  for (let i = 0; i < side; i++) gradient[i] *= problem.c;
  for (let i = 0; i < hessian.length; i++) hessian[i] *= problem.c;
  for (let i = 0; i < side; i++) {
    if (i % size < problem.columns) {
      gradient[i] += parameters[i];
      hessian[i * side + i] += 1;
    }
    for (let j = i % size; j < side; j += size) {
      gradient[i] += tie(problem) * parameters[j];
      hessian[i * side + j] += tie(problem);
    }
  }
}
