import { exp, ln } from "../../special";
import type { Derivatives, Loss, LossRows, RowData } from "./loss-rows";
import { accumulate, multiply } from "./rows";

/** Sums by plain loops: for a page, which has no kernels of the classic models. */
export class PlainRows implements LossRows<Float64Array> {
  readonly y: Float64Array;
  readonly rowWeights: Float64Array;

  constructor(private readonly data: RowData) {
    this.y = data.y;
    this.rowWeights = data.rowWeights;
  }

  numbers(): Float64Array {
    return new Float64Array(this.y.length);
  }

  scores(coefficientsAndIntercept: Float64Array, out: Float64Array): void {
    multiply(this.data.x, this.data.columns, coefficientsAndIntercept, out);
  }

  move(from: Float64Array, a: number, step: Float64Array, out: Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = from[i] - a * step[i];
  }

  losses(loss: Loss, scores: Float64Array, slopes: Float64Array, curvatures: Float64Array): number {
    const sum = loss === "log" ? logLosses : squaredHinges;
    return sum(scores, this.y, this.rowWeights, slopes, curvatures);
  }

  derivatives(slopes: Float64Array, curvatures: Float64Array): Derivatives {
    const { x, columns } = this.data;
    const [gradient, hessian] = [new Float64Array(columns + 1), new Float64Array((columns + 1) ** 2)];
    accumulate(x, columns, slopes, curvatures, gradient, hessian);
    return { gradient, hessian };
  }
}

/**
 * One exp and one ln per row. All is written with exp(-|score|), so that nothing overflows and the small slopes and
 * losses of well separated rows keep all their digits.
 */
function logLosses(
  scores: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  slopes: Float64Array,
  curvatures: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const size = Math.abs(scores[i]);
    // Beyond, exp is hardly a normal number any more.
    const e = size > 708 ? 0 : exp(-size);
    const one = 1 + e;
    // The score points to class 1 or 0; `wrong` rows are of the other.
    const wrong = scores[i] > 0 !== y[i] > 0;
    const residual = (weights[i] * (wrong ? 1 : e)) / one;
    slopes[i] = y[i] > 0 ? -residual : residual;
    curvatures[i] = (weights[i] * e) / (one * one);
    // log(1 + e) to the last digits: the rounding of `one` is undone (Kahan's log1p).
    const log = one === 1 ? e : (ln(one) * e) / (one - 1);
    sum += weights[i] * (wrong ? size + log : log);
  }
  return sum;
}

function squaredHinges(
  scores: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  slopes: Float64Array,
  curvatures: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const short = y[i] > 0 ? 1 - scores[i] : 1 + scores[i];
    const twice = short > 0 ? 2 * weights[i] : 0;
    curvatures[i] = twice;
    slopes[i] = 0;
    if (!(short > 0)) continue;
    slopes[i] = y[i] > 0 ? -(twice * short) : twice * short;
    sum += weights[i] * short * short;
  }
  return sum;
}
