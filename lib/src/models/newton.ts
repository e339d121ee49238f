/**
 * Damped Newton's method for the penalised logistic loss. The hot loops are small functions of plain arrays, which
 * the JIT compiles well, and every sum runs in row order, so that the digits are the same everywhere.
 */
import { HitlabError } from "../errors";
import { exp, ln } from "../special";

export interface Problem {
  /** Inputs, row-major, `columns` per row. */
  readonly x: Float64Array;
  readonly columns: number;
  /** 0 or 1 per row. */
  readonly y: Float64Array;
  readonly c: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Where the search begins: coefficients, then the intercept. Default all zeros. */
  readonly start?: Float64Array;
}

export interface Minimum {
  /** One coefficient per column, then the intercept. */
  readonly parameters: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** c * sum(log loss) + |coefficients|^2 / 2 */
  readonly objective: number;
}

/** A point of the search. */
interface Point {
  readonly parameters: Float64Array;
  /** Of each row: intercept + coefficients * x. */
  readonly margins: Float64Array;
  readonly losses: Losses;
  readonly objective: number;
}

/** The log loss of each row, its first and second derivative by the margin. */
interface Losses {
  readonly sum: number;
  /** Probability of class 1 less the target. */
  readonly residuals: Float64Array;
  readonly weights: Float64Array;
}

/** Minimises c * sum(log loss) + |coefficients|^2 / 2 over coefficients and intercept. */
export function minimise(problem: Problem): Minimum {
  const { x, columns, y, c } = problem;
  const size = columns + 1;
  const start = problem.start ?? new Float64Array(size);
  const margins = new Float64Array(y.length);
  multiply(x, columns, start, margins);
  let here = pointAt(problem, start, margins);
  for (let iterations = 0; ; iterations++) {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    accumulate(x, columns, here.losses, gradient, hessian);
    penalise(here.parameters, c, columns, gradient, hessian);
    const step = newtonStep(hessian, gradient);
    // Its square is twice the drop in the objective that the quadratic model promises.
    const decrement = Math.sqrt(Math.max(0, dot(gradient, step)));
    const converged = decrement <= problem.tolerance;
    if (converged || iterations === problem.maxIterations) {
      // So near the optimum the step needs no search; it squares the error that is left.
      const parameters = converged ? here.parameters.map((v, j) => v - step[j]) : here.parameters;
      return { parameters, iterations, converged, objective: here.objective };
    }
    const next = search(problem, here, step, decrement * decrement);
    // No shorter step helps: rounding is all that is left, or the numbers have overflowed.
    if (!next) return { parameters: here.parameters, iterations, converged: false, objective: here.objective };
    here = next;
  }
}

/** The first of the steps 1, 1/2, 1/4 ... that lowers the objective enough (Armijo). */
function search(problem: Problem, here: Point, step: Float64Array, slope: number): Point | undefined {
  const change = new Float64Array(here.margins.length);
  multiply(problem.x, problem.columns, step, change);
  const rounding = 1e-13 * here.objective;
  for (let halvings = 0, a = 1; halvings < 40; halvings++, a /= 2) {
    const parameters = here.parameters.map((v, j) => v - a * step[j]);
    const margins = here.margins.map((m, i) => m - a * change[i]);
    const next = pointAt(problem, parameters, margins);
    if (next.objective <= here.objective - 1e-4 * a * slope + rounding) return next;
  }
  return undefined;
}

function pointAt({ y, c, columns }: Problem, parameters: Float64Array, margins: Float64Array): Point {
  const losses = logLosses(margins, y);
  let penalty = 0;
  for (let j = 0; j < columns; j++) penalty += parameters[j] * parameters[j];
  return { parameters, margins, losses, objective: c * losses.sum + penalty / 2 };
}

/**
 * One exp and one ln per row. All is written with exp(-|margin|), so that nothing overflows and the small residuals
 * and losses of well separated rows keep all their digits.
 */
function logLosses(margins: Float64Array, y: Float64Array): Losses {
  const residuals = new Float64Array(margins.length);
  const weights = new Float64Array(margins.length);
  let sum = 0;
  for (let i = 0; i < margins.length; i++) {
    const size = Math.abs(margins[i]);
    const e = exp(-size);
    const one = 1 + e;
    // The margin points to class 1 or 0; `wrong` rows are of the other.
    const wrong = margins[i] > 0 !== y[i] > 0;
    const residual = (wrong ? 1 : e) / one;
    residuals[i] = y[i] > 0 ? -residual : residual;
    weights[i] = e / (one * one);
    // log(1 + e) to the last digits: the rounding of `one` is undone (Kahan's log1p).
    const log = one === 1 ? e : (ln(one) * e) / (one - 1);
    sum += wrong ? size + log : log;
  }
  return { sum, residuals, weights };
}

/** out = x v + intercept, v = coefficients and intercept. */
function multiply(x: Float64Array, columns: number, v: Float64Array, out: Float64Array): void {
  for (let i = 0, o = 0; i < out.length; i++, o += columns) {
    let sum = v[columns];
    for (let j = 0; j < columns; j++) sum += x[o + j] * v[j];
    out[i] = sum;
  }
}

/** Adds each row's part of the loss's gradient and of the lower triangle of its Hessian, four rows at a time. */
function accumulate(
  x: Float64Array,
  columns: number,
  { residuals, weights }: Losses,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const rows = residuals.length;
  const whole = rows - (rows % 4);
  for (let i = 0; i < whole; i += 4) addFourRows(x, i, columns, residuals, weights, gradient, hessian);
  for (let i = whole; i < rows; i++) addRow(x, i * columns, columns, residuals[i], weights[i], gradient, hessian);
}

/** As `addRow` for rows i to i + 3: their products are added up first, so that each sum is fetched and stored once. */
function addFourRows(
  x: Float64Array,
  i: number,
  columns: number,
  residuals: Float64Array,
  weights: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const size = columns + 1;
  const last = columns * size;
  const [r0, r1, r2, r3] = [residuals[i], residuals[i + 1], residuals[i + 2], residuals[i + 3]];
  const [w0, w1, w2, w3] = [weights[i], weights[i + 1], weights[i + 2], weights[i + 3]];
  const o0 = i * columns;
  const o1 = o0 + columns;
  const o2 = o1 + columns;
  const o3 = o2 + columns;
  for (let j = 0; j < columns; j++) {
    const [x0, x1, x2, x3] = [x[o0 + j], x[o1 + j], x[o2 + j], x[o3 + j]];
    const [a0, a1, a2, a3] = [w0 * x0, w1 * x1, w2 * x2, w3 * x3];
    gradient[j] += r0 * x0 + r1 * x1 + r2 * x2 + r3 * x3;
    hessian[last + j] += a0 + a1 + a2 + a3;
    for (let k = 0, q = j * size; k <= j; k++) {
      hessian[q + k] += a0 * x[o0 + k] + a1 * x[o1 + k] + a2 * x[o2 + k] + a3 * x[o3 + k];
    }
  }
  gradient[columns] += r0 + r1 + r2 + r3;
  hessian[last + columns] += w0 + w1 + w2 + w3;
}

/** gradient += residual * x, hessian += weight * x x', with x one row, a 1 appended. */
function addRow(
  x: Float64Array,
  o: number,
  columns: number,
  residual: number,
  weight: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const size = columns + 1;
  const last = columns * size;
  for (let j = 0; j < columns; j++) {
    const value = x[o + j];
    const weighted = weight * value;
    gradient[j] += residual * value;
    hessian[last + j] += weighted;
    for (let k = 0, q = j * size; k <= j; k++) hessian[q + k] += weighted * x[o + k];
  }
  gradient[columns] += residual;
  hessian[last + columns] += weight;
}

/** From the sums of the loss to gradient and Hessian of the objective. */
function penalise(
  parameters: Float64Array,
  c: number,
  columns: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  for (let i = 0; i < gradient.length; i++) gradient[i] *= c;
  for (let i = 0; i < hessian.length; i++) hessian[i] *= c;
  for (let j = 0; j < columns; j++) {
    gradient[j] += parameters[j];
    hessian[j * (columns + 1) + j] += 1;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * Solves hessian * step = gradient. Where all probabilities are near 0 or 1 rounding can make the Hessian singular:
 * its diagonal is then raised, little by little, which turns the step towards plain descent.
 */
function newtonStep(hessian: Float64Array, gradient: Float64Array): Float64Array {
  const size = gradient.length;
  let largest = 0;
  for (let j = 0; j < size; j++) largest = Math.max(largest, hessian[j * size + j]);
  for (let raised = 0; ; raised = raised === 0 ? 1e-14 * largest : raised * 100) {
    const factor = hessian.slice();
    for (let j = 0; j < size; j++) factor[j * size + j] += raised;
    if (factorise(factor, size)) return solve(factor, gradient);
    if (!Number.isFinite(raised)) throw overflow();
  }
}

function overflow(): HitlabError {
  return new HitlabError({
    what: "the sums of a logistic regression overflow: some inputs are too large",
    remedy: "scale the columns first, for example with prepare.standard",
  });
}

/** Cholesky: the lower triangle of a becomes L with a = L L'. False if a is not positive definite. */
function factorise(a: Float64Array, size: number): boolean {
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      const l = a[j * size + k];
      for (let i = j; i < size; i++) a[i * size + j] -= a[i * size + k] * l;
    }
    const pivot = a[j * size + j];
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    for (let i = j; i < size; i++) a[i * size + j] /= root;
  }
  return true;
}

/** Solves L L' out = right by forward and back substitution. */
function solve(l: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const out = right.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) out[i] -= l[i * size + k] * out[k];
    out[i] /= l[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) out[i] -= l[k * size + i] * out[k];
    out[i] /= l[i * size + i];
  }
  return out;
}
