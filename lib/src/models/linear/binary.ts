/**
 * Minimises  c * sum(weight * loss) + |coefficients|^2 / 2, the loss a convex function of a linear score: logistic
 * regression (log loss) and LinearSVC (squared hinge).
 */
import { type Convex, type Minimum, type NewtonOptions, newton, type Point, stepped } from "./newton";
import { accumulate, multiply } from "./rows";

export interface Problem extends NewtonOptions {
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
  /** Where the search begins: coefficients, then the intercept. Default all zeros. */
  readonly start?: Float64Array;
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

interface BinaryPoint extends Point {
  /** Of each row: intercept + coefficients * x. */
  readonly margins: Float64Array;
  readonly losses: Losses;
}

/** The minimum; its parameters are one coefficient per column, then the intercept. */
export function minimise(problem: Problem): Minimum {
  const { columns, start = new Float64Array(columns + 1) } = problem;
  const convex: Convex<BinaryPoint> = {
    start: pointAt(problem, start, marginsOf(problem, start)),
    derivatives: (here) => derivatives(problem, here),
    line: (here, step) => {
      const change = marginsOf(problem, step);
      return (a) => pointAt(problem, stepped(here.parameters, a, step), stepped(here.margins, a, change));
    },
  };
  return newton(convex, problem);
}

function marginsOf({ x, columns, y }: Problem, parameters: Float64Array): Float64Array {
  const margins = new Float64Array(y.length);
  multiply(x, columns, parameters, margins);
  return margins;
}

function pointAt(problem: Problem, parameters: Float64Array, margins: Float64Array): BinaryPoint {
  const losses = problem.loss(margins, problem.y, problem.rowWeights);
  let penalty = 0;
  for (let j = 0; j < penalised(problem); j++) penalty += parameters[j] * parameters[j];
  return { parameters, margins, losses, objective: problem.c * losses.sum + penalty / 2 };
}

function derivatives(problem: Problem, { parameters, losses }: BinaryPoint) {
  const { x, columns, c } = problem;
  const size = columns + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  accumulate(x, columns, losses.slopes, losses.curvatures, gradient, hessian);
  for (let i = 0; i < gradient.length; i++) gradient[i] *= c;
  for (let i = 0; i < hessian.length; i++) hessian[i] *= c;
  for (let j = 0; j < penalised(problem); j++) {
    gradient[j] += parameters[j];
    hessian[j * size + j] += 1;
  }
  return { gradient, hessian };
}

/** How many of the parameters, from the first, the penalty counts. */
function penalised({ columns, penaliseIntercept }: Problem): number {
  return penaliseIntercept ? columns + 1 : columns;
}
