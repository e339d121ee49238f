import { factor, solve } from "./cholesky";
import { dot } from "./rows";

/** A point of the search. */
export interface Point {
  readonly parameters: Float64Array;
  readonly objective: number;
}

/** A convex function to minimise, and what it wants to remember of a point. */
export interface Convex<P extends Point> {
  readonly start: P;
  /** The gradient, and of the Hessian (row-major) at least the lower triangle. */
  derivatives(here: P): { readonly gradient: Float64Array; readonly hessian: Float64Array };
  /** The points `here` - a * `step`. */
  line(here: P, step: Float64Array): (a: number) => P;
}

export interface NewtonOptions {
  readonly tolerance: number;
  readonly maxIterations: number;
  /** What an error calls the model, with its article. */
  readonly model: string;
}

export interface Minimum {
  readonly parameters: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** Where the last step began. */
  readonly objective: number;
}

/** Damped Newton's method. */
export function newton<P extends Point>(convex: Convex<P>, options: NewtonOptions): Minimum {
  let here = convex.start;
  for (let iterations = 0; ; iterations++) {
    const { parameters, objective } = here;
    const { gradient, hessian } = convex.derivatives(here);
    const step = solve(factor(hessian, gradient.length, options.model), gradient);
    // Its square is twice the drop in the objective that the quadratic model promises.
    const decrement = Math.sqrt(Math.max(0, dot(gradient, step)));
    // So near the optimum the step needs no search; it squares the error that is left.
    if (decrement <= options.tolerance) {
      return { parameters: parameters.map((v, j) => v - step[j]), iterations, converged: true, objective };
    }
    const next = iterations < options.maxIterations && search(here, convex.line(here, step), decrement * decrement);
    // No shorter step helps: rounding is all that is left, or the numbers have overflowed.
    if (!next) return { parameters, iterations, converged: false, objective };
    here = next;
  }
}

/** The first of the steps 1, 1/2, 1/4 ... that lowers the objective enough (Armijo). */
function search<P extends Point>(here: P, line: (a: number) => P, slope: number): P | undefined {
  const rounding = 1e-13 * here.objective;
  for (let halvings = 0, a = 1; halvings < 40; halvings++, a /= 2) {
    const next = line(a);
    if (next.objective <= here.objective - 1e-4 * a * slope + rounding) return next;
  }
  return undefined;
}

/** `from` - a * `step`, entry by entry: where a step of the search leads. */
export function stepped(from: Float64Array, a: number, step: Float64Array): Float64Array {
  const out = new Float64Array(from.length);
  for (let i = 0; i < out.length; i++) out[i] = from[i] - a * step[i];
  return out;
}
