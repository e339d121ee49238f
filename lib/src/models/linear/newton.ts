/**
 * Damped Newton's method for  c * sum(weight * loss) + |coefficients|^2 / 2, the loss a convex function of a linear
 * score: logistic regression (log loss) and LinearSVC (squared hinge).
 */
import { factor, solve } from "./cholesky";
import { accumulate, dot, multiply } from "./rows";

export interface Problem {
  /** Inputs, row-major, `columns` per row. */
  readonly x: Float64Array;
  readonly columns: number;
  /** 0 or 1 per row. */
  readonly y: Float64Array;
  /** What each row's loss is multiplied by. */
  readonly rowWeights: Float64Array;
  readonly loss: Loss;
  /** Whether intercept^2 / 2 is added to the objective. */
  readonly penaliseIntercept: boolean;
  readonly c: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Where the search begins: coefficients, then the intercept. Default all zeros. */
  readonly start?: Float64Array;
  /** What an error calls the model, with its article. */
  readonly model: string;
}

export interface Minimum {
  /** One coefficient per column, then the intercept. */
  readonly parameters: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** c * sum(weight * loss) + penalty, where the last step began. */
  readonly objective: number;
}

/** The losses of all rows, from their margins (intercept + coefficients * x), targets and weights. */
export type Loss = (margins: Float64Array, y: Float64Array, rowWeights: Float64Array) => Losses;

export interface Losses {
  /** Sum of weight * loss. */
  readonly sum: number;
  /** First derivative of weight * loss by the margin, one per row. */
  readonly slopes: Float64Array;
  /** Second derivative of weight * loss by the margin, one per row. */
  readonly curvatures: Float64Array;
}

/** A point of the search. */
interface Point {
  readonly parameters: Float64Array;
  /** Of each row: intercept + coefficients * x. */
  readonly margins: Float64Array;
  readonly losses: Losses;
  readonly objective: number;
}

/** Minimises c * sum(weight * loss) + penalty over coefficients and intercept. */
export function minimise(problem: Problem): Minimum {
  const { x, columns, y, model } = problem;
  const size = columns + 1;
  const start = problem.start ?? new Float64Array(size);
  const margins = new Float64Array(y.length);
  multiply(x, columns, start, margins);
  let here = pointAt(problem, start, margins);
  for (let iterations = 0; ; iterations++) {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    accumulate(x, columns, here.losses.slopes, here.losses.curvatures, gradient, hessian);
    penalise(problem, here.parameters, gradient, hessian);
    const step = solve(factor(hessian, size, model), gradient);
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
    const margins = stepped(here.margins, a, change);
    const next = pointAt(problem, parameters, margins);
    if (next.objective <= here.objective - 1e-4 * a * slope + rounding) return next;
  }
  return undefined;
}

function stepped(margins: Float64Array, a: number, change: Float64Array): Float64Array {
  const out = new Float64Array(margins.length);
  for (let i = 0; i < out.length; i++) out[i] = margins[i] - a * change[i];
  return out;
}

function pointAt(problem: Problem, parameters: Float64Array, margins: Float64Array): Point {
  const losses = problem.loss(margins, problem.y, problem.rowWeights);
  let penalty = 0;
  for (let j = 0; j < penalised(problem); j++) penalty += parameters[j] * parameters[j];
  return { parameters, margins, losses, objective: problem.c * losses.sum + penalty / 2 };
}

/** From the sums of the loss to gradient and Hessian of the objective. */
function penalise(problem: Problem, parameters: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
  for (let i = 0; i < gradient.length; i++) gradient[i] *= problem.c;
  for (let i = 0; i < hessian.length; i++) hessian[i] *= problem.c;
  for (let j = 0; j < penalised(problem); j++) {
    gradient[j] += parameters[j];
    hessian[j * (problem.columns + 1) + j] += 1;
  }
}

/** How many of the parameters, from the first, the penalty counts. */
function penalised({ columns, penaliseIntercept }: Problem): number {
  return penaliseIntercept ? columns + 1 : columns;
}
