/**
 * The linear SVM of the exact hinge loss by a primal-dual interior-point method.
 *
 * Minimise |w|^2 / 2 + sum(cap * excess) with sign * (w x + b) = 1 + slack - excess, slack and excess at least 0. Its
 * dual has one multiplier alpha per row, 0 <= alpha <= cap, sum(sign * alpha) = 0. Newton's method is led to the
 * optimum along points where all products alpha * slack and (cap - alpha) * excess are alike, by Mehrotra's predictor
 * and corrector. All but the columns is eliminated from a Newton system by hand, so a step solves columns + 1 equations
 * (the Sherman-Morrison-Woodbury formula for the dual's Hessian of low rank) and costs rows * columns^2.
 *
 * Ferris, Munson 2002, "Interior-point methods for massive support vector machines"; Mehrotra 1992, "On the
 * implementation of a primal-dual interior point method".
 */
import { factor, solve, tryFactor } from "../linear/cholesky";
import { accumulate, multiply, weightedSum } from "../linear/rows";

export interface HingeProblem {
  /** Inputs, row-major, `columns` per row. */
  readonly x: Float64Array;
  readonly columns: number;
  /** -1 or 1 per row. */
  readonly signs: Float64Array;
  /** What each row's hinge loss is multiplied by, above 0: the bound of its multiplier. */
  readonly caps: Float64Array;
  /** Of the gap between primal and dual objective, relative to the primal one. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** What an error calls the model, with its article. */
  readonly model: string;
}

export interface HingeMinimum {
  /** w, then b. */
  readonly parameters: Float64Array;
  /** |w|^2 / 2 + sum(cap * hinge) */
  readonly objective: number;
  /** By how much the objective can at most exceed the optimum. */
  readonly gap: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** Rows whose multiplier is not 0 at the optimum. */
  readonly nSupport: number;
}

/** What the search knows of each row; all entries stay above 0. */
interface Rows {
  readonly alpha: Float64Array;
  /** cap - alpha, kept apart so that it has all its digits near 0. */
  readonly beta: Float64Array;
  readonly slack: Float64Array;
  readonly excess: Float64Array;
}

/** A step of the search; beta's is that of alpha, negated. */
interface Direction {
  readonly parameters: Float64Array;
  readonly alpha: Float64Array;
  readonly slack: Float64Array;
  readonly excess: Float64Array;
}

/** Where the search stands. */
interface Search {
  readonly rows: Rows;
  readonly parameters: Float64Array;
  /** Of each row: b + w x. */
  readonly margins: Float64Array;
  /** The parameters of the least primal objective so far. */
  best: Float64Array;
  primal: number;
  /** The greatest dual objective so far. */
  dual: number;
  gap: number;
  /** Steps since the gap last shrank. */
  stalled: number;
}

/** Steps without a smaller gap after which only rounding is left. */
const patience = 10;
/** How far to go towards the point where the first entry would be 0. */
const shareOfStep = 0.995;

export function minimiseHinge(problem: HingeProblem): HingeMinimum {
  const search = begin(problem);
  for (let iterations = 0; ; iterations++) {
    assess(problem, search);
    const converged = search.gap <= problem.tolerance * search.primal;
    const over = converged || iterations === problem.maxIterations || search.stalled >= patience;
    if (over || !advance(problem, search, iterations)) {
      const { best, primal, gap, rows } = search;
      const nSupport = countSupport(rows, problem.caps, primal);
      return { parameters: best, objective: primal, gap, iterations, converged, nSupport };
    }
  }
}

function begin({ columns, signs, caps }: HingeProblem): Search {
  const rows = caps.length;
  const [low, high] = [-1, 1].map((sign) => sum(caps.filter((_, i) => signs[i] === sign)));
  // Multipliers in the middle of their range for the lighter class, and of the same sum for the other: the sums of both
  // classes then stay equal from step to step, as the dual problem asks.
  const share = (sign: number) => Math.min(low, high) / (sign < 0 ? low : high) / 2;
  const alpha = caps.map((cap, i) => cap * share(signs[i]));
  return {
    rows: {
      alpha,
      beta: caps.map((cap, i) => cap - alpha[i]),
      slack: new Float64Array(rows).fill(1),
      excess: new Float64Array(rows).fill(1),
    },
    parameters: new Float64Array(columns + 1),
    margins: new Float64Array(rows),
    best: new Float64Array(columns + 1),
    primal: Number.POSITIVE_INFINITY,
    dual: Number.NEGATIVE_INFINITY,
    gap: Number.POSITIVE_INFINITY,
    stalled: 0,
  };
}

/** Takes in the two objectives at the present point. */
function assess(problem: HingeProblem, search: Search): void {
  const { x, columns, signs, caps } = problem;
  const { parameters, margins, rows } = search;
  multiply(x, columns, parameters, margins);
  const primal = halfSquare(parameters, columns) + hingeSum(margins, signs, caps);
  if (primal < search.primal) {
    search.primal = primal;
    search.best = parameters.slice();
  }
  const weights = weightedSum(x, columns, product(signs, rows.alpha));
  // What rounding has left of the difference of the classes' sums, times the intercept, is not promised.
  const unbalanced = Math.abs(weights[columns]) * Math.max(1, Math.abs(parameters[columns]));
  search.dual = Math.max(search.dual, sum(rows.alpha) - halfSquare(weights, columns) - unbalanced);
  const gap = Math.max(0, search.primal - search.dual);
  search.stalled = gap < search.gap ? 0 : search.stalled + 1;
  search.gap = gap;
}

/** One step of predictor and corrector. False if rounding leaves no direction to go. */
function advance(problem: HingeProblem, search: Search, iteration: number): boolean {
  const { x, columns, signs, model } = problem;
  const { rows, parameters, margins } = search;
  const size = columns + 1;
  const aim: Aim = { alphaSlack: new Float64Array(signs.length), betaExcess: new Float64Array(signs.length) };
  const system: System = { inverse: new Float64Array(signs.length), target: new Float64Array(signs.length) };
  setAim(aim, rows, 0);
  setSystem(system, rows, margins, signs, aim);
  const right = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  accumulate(x, columns, pull(system, rows, signs), system.inverse, right, hessian);
  for (let j = 0; j < columns; j++) hessian[j * size + j] += 1;
  // Inputs too large show at once; later only rounding near the optimum can spoil the sums.
  const l = iteration === 0 ? factor(hessian, size, model) : tryFactor(hessian, size);
  if (!l) return false;
  const predictor = directionOf(problem, search, l, right, system, aim);
  const mean = meanProduct(rows, predictor, 0);
  const left = meanProduct(rows, predictor, Math.min(1, longestStep(rows, predictor))) / mean;
  setAim(aim, rows, left * left * left * mean, predictor);
  setSystem(system, rows, margins, signs, aim);
  const corrected = weightedSum(x, columns, pull(system, rows, signs));
  const direction = directionOf(problem, search, l, corrected, system, aim);
  const step = Math.min(1, shareOfStep * longestStep(rows, direction));
  if (!(step > 1e-12)) return false;
  move(rows, direction, step);
  for (let j = 0; j < size; j++) parameters[j] += step * direction.parameters[j];
  return true;
}

/** What a step is to change the products of each row by. */
interface Aim {
  readonly alphaSlack: Float64Array;
  readonly betaExcess: Float64Array;
}

/** Change of products that leads to `centre`; with a predictor's direction its second-order error is taken off. */
function setAim(aim: Aim, rows: Rows, centre: number, predictor?: Direction): void {
  const { alpha, beta, slack, excess } = rows;
  const { alphaSlack, betaExcess } = aim;
  for (let i = 0; i < alpha.length; i++) {
    alphaSlack[i] = centre - alpha[i] * slack[i];
    betaExcess[i] = centre - beta[i] * excess[i];
  }
  if (!predictor) return;
  for (let i = 0; i < alpha.length; i++) {
    alphaSlack[i] -= predictor.alpha[i] * predictor.slack[i];
    betaExcess[i] += predictor.alpha[i] * predictor.excess[i];
  }
}

/** Each row's equation once slack and excess are eliminated: step of alpha = inverse * (target - sign * step of margin). */
interface System {
  readonly inverse: Float64Array;
  readonly target: Float64Array;
}

function setSystem(system: System, rows: Rows, margins: Float64Array, signs: Float64Array, aim: Aim): void {
  const { alpha, beta, slack, excess } = rows;
  const { inverse, target } = system;
  const { alphaSlack, betaExcess } = aim;
  for (let i = 0; i < alpha.length; i++) {
    inverse[i] = 1 / (slack[i] / alpha[i] + excess[i] / beta[i]);
    const missed = 1 - signs[i] * margins[i] + slack[i] - excess[i];
    target[i] = missed + alphaSlack[i] / alpha[i] - betaExcess[i] / beta[i];
  }
}

/** What each row contributes to the right side of the equations for w and b. */
function pull({ inverse, target }: System, { alpha }: Rows, signs: Float64Array): Float64Array {
  const out = new Float64Array(alpha.length);
  for (let i = 0; i < out.length; i++) out[i] = signs[i] * (alpha[i] + inverse[i] * target[i]);
  return out;
}

/** Solves for the parameters' step, from which those of the rows follow. */
function directionOf(
  { x, columns, signs }: HingeProblem,
  { rows, parameters }: Search,
  l: Float64Array,
  right: Float64Array,
  system: System,
  aim: Aim,
): Direction {
  for (let j = 0; j < columns; j++) right[j] -= parameters[j];
  const step = solve(l, right);
  const margins = new Float64Array(signs.length);
  multiply(x, columns, step, margins);
  const direction = {
    parameters: step,
    alpha: new Float64Array(signs.length),
    slack: new Float64Array(signs.length),
    excess: new Float64Array(signs.length),
  };
  setRowSteps(direction, rows, signs, margins, system, aim);
  return direction;
}

function setRowSteps(
  direction: Direction,
  rows: Rows,
  signs: Float64Array,
  margins: Float64Array,
  system: System,
  aim: Aim,
): void {
  const { alpha, slack, excess } = direction;
  for (let i = 0; i < alpha.length; i++) {
    const step = system.inverse[i] * (system.target[i] - signs[i] * margins[i]);
    alpha[i] = step;
    slack[i] = (aim.alphaSlack[i] - rows.slack[i] * step) / rows.alpha[i];
    excess[i] = (aim.betaExcess[i] + rows.excess[i] * step) / rows.beta[i];
  }
}

/** The step at which the first entry would be 0. */
function longestStep(rows: Rows, direction: Direction): number {
  const { alpha, beta, slack, excess } = rows;
  let fastest = 0;
  for (let i = 0; i < alpha.length; i++) {
    const step = direction.alpha[i];
    fastest = Math.max(fastest, -step / alpha[i], step / beta[i], -direction.slack[i] / slack[i]);
    fastest = Math.max(fastest, -direction.excess[i] / excess[i]);
  }
  return 1 / fastest;
}

/** Mean of the products alpha * slack and beta * excess after a step. */
function meanProduct(rows: Rows, direction: Direction, step: number): number {
  const { alpha, beta, slack, excess } = rows;
  let total = 0;
  for (let i = 0; i < alpha.length; i++) {
    const change = step * direction.alpha[i];
    total += (alpha[i] + change) * (slack[i] + step * direction.slack[i]);
    total += (beta[i] - change) * (excess[i] + step * direction.excess[i]);
  }
  return total / (2 * alpha.length);
}

function move(rows: Rows, direction: Direction, step: number): void {
  const { alpha, beta, slack, excess } = rows;
  for (let i = 0; i < alpha.length; i++) {
    alpha[i] += step * direction.alpha[i];
    beta[i] -= step * direction.alpha[i];
    slack[i] += step * direction.slack[i];
    excess[i] += step * direction.excess[i];
  }
}

/** Of alpha and slack one goes to 0 and the other does not; alpha is measured by its natural size. */
function countSupport({ alpha, slack }: Rows, caps: Float64Array, objective: number): number {
  let count = 0;
  for (let i = 0; i < alpha.length; i++) if (alpha[i] > slack[i] * Math.min(caps[i], objective)) count++;
  return count;
}

function hingeSum(margins: Float64Array, signs: Float64Array, caps: Float64Array): number {
  let total = 0;
  for (let i = 0; i < margins.length; i++) total += caps[i] * Math.max(0, 1 - signs[i] * margins[i]);
  return total;
}

function halfSquare(v: Float64Array, columns: number): number {
  let total = 0;
  for (let j = 0; j < columns; j++) total += v[j] * v[j];
  return total / 2;
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
  return out;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
