/** Maps from what a model says of a row to how often such rows are of class 1. */
import { HitlabError } from "../errors";
import { exp, ln, sigmoid } from "../special";
import { checkBinaryTarget } from "./checks";

/** A fitted map from decision values or probabilities to probabilities of class 1. */
export interface Calibrator {
  /** @throws HitlabError naming the row of a value that is NaN or infinite. */
  apply(values: Float64Array): Float64Array;
}

/** Platt's map: P(class 1) = 1 / (1 + exp(a d + b)). A model that ranks well has a < 0. */
export class Platt implements Calibrator {
  readonly kind = "platt";

  constructor(
    readonly a: number,
    readonly b: number,
  ) {}

  apply(decisions: Float64Array): Float64Array {
    checkValues(decisions);
    return decisions.map((d) => sigmoid(-(this.a * d + this.b)));
  }
}

/** A rising map, linear between its knots and level beyond them. */
export class Isotonic implements Calibrator {
  readonly kind = "isotonic";

  constructor(
    /** Values of the model at the knots, ascending. */
    readonly from: Float64Array,
    /** Probability of class 1 at each knot, never falling. */
    readonly to: Float64Array,
  ) {}

  apply(values: Float64Array): Float64Array {
    checkValues(values);
    return values.map((value) => interpolate(this.from, this.to, value));
  }
}

/**
 * Fits Platt's sigmoid to decision values: the a and b of P = 1 / (1 + exp(a d + b)) with the least log loss, by
 * Newton's method with backtracking.
 *
 * The targets are not 1 and 0 but (n1 + 1) / (n1 + 2) and 1 / (n0 + 2), with n1 and n0 rows of the classes, so that
 * separable classes give no certainties. a and b agree with LIBSVM's and scikit-learn's `_SigmoidCalibration`. Fit it
 * on rows that the model was not trained on: of its own rows a model is far too sure.
 *
 * Source: Platt, "Probabilistic Outputs for Support Vector Machines" (1999); Lin, Lin, Weng, "A Note on Platt's
 * Probabilistic Outputs for Support Vector Machines", Machine Learning 68 (2007).
 *
 * @param decisions one per row; probabilities will do too
 * @param labels 0 or 1, both present
 * @throws HitlabError for another label, one class only, different lengths, a value that is not finite
 * @example
 * ```ts
 * const platt = fitPlatt(model.decision(validation.x), validation.y);
 * platt.apply(model.decision(test.x)); // probabilities
 * ```
 */
export function fitPlatt(decisions: Float64Array, labels: Float64Array): Platt {
  checkBinaryTarget(labels, decisions.length, "a calibration");
  checkValues(decisions);
  let largest = 0;
  for (const d of decisions) largest = Math.max(largest, Math.abs(d));
  // The loss does not change when a takes up the unit of the decisions, and sums of squares stay near their number.
  // A unit near the smallest numbers would make a / unit infinite.
  const unit = largest > 1e-200 ? largest : 1;
  const scaled = decisions.map((d) => d / unit);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  const targets = labels.map((label) => (label === 1 ? high : low));
  const [a, b] = newton(scaled, targets, 0, ln((negatives + 1) / (positives + 1)));
  return new Platt(a / unit, b);
}

/**
 * Fits the rising step map with the least squared error to labels: pool adjacent violators, equal values first
 * averaged. Between its knots it is linear, beyond them level, as scikit-learn's
 * `IsotonicRegression(out_of_bounds="clip")`.
 *
 * It assumes no form but needs more rows than Platt's sigmoid: below about 1,000 it tends to overfit (Niculescu-Mizil &
 * Caruana 2005). Fit it on rows that the model was not trained on.
 *
 * Source: Zadrozny & Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates", KDD 2002;
 * Barlow, Bartholomew, Bremner, Brunk, "Statistical Inference under Order Restrictions" (1972).
 *
 * @param values probabilities or decision values, one per row
 * @param labels 0 or 1, both present
 * @throws HitlabError as `fitPlatt`
 * @example
 * ```ts
 * const isotonic = fitIsotonic(model.predictProbability(validation.x), validation.y);
 * isotonic.apply(model.predictProbability(test.x));
 * ```
 */
export function fitIsotonic(values: Float64Array, labels: Float64Array): Isotonic {
  checkBinaryTarget(labels, values.length, "a calibration");
  checkValues(values);
  const { at, sums, rows } = tied(values, labels);
  return knots(at, pooled(sums, rows));
}

/** Newton's method of Lin, Lin & Weng, algorithm 1, run until rounding is all that is left. */
function newton(f: Float64Array, targets: Float64Array, a: number, b: number): [a: number, b: number] {
  let here = loss(f, targets, a, b);
  for (let iteration = 0; iteration < 100; iteration++) {
    const [gradientA, gradientB, aa, ab, bb] = slopes(f, targets, a, b);
    if (Math.abs(gradientA) < 1e-12 && Math.abs(gradientB) < 1e-12) break;
    const determinant = aa * bb - ab * ab;
    const stepA = -(bb * gradientA - ab * gradientB) / determinant;
    const stepB = -(aa * gradientB - ab * gradientA) / determinant;
    const slope = gradientA * stepA + gradientB * stepB;
    let size = 1;
    let next = loss(f, targets, a + stepA, b + stepB);
    while (!(next < here + 1e-4 * size * slope) && size >= 1e-10) {
      size /= 2;
      next = loss(f, targets, a + size * stepA, b + size * stepB);
    }
    // No shorter step helps. A full one still squares the error that the loss is too coarse to show.
    if (size < 1e-10) return -slope < 1e-8 ? [a + stepA, b + stepB] : [a, b];
    a += size * stepA;
    b += size * stepB;
    here = next;
  }
  return [a, b];
}

/** Sum over the rows of the cross-entropy of target and 1 / (1 + exp(a f + b)). */
function loss(f: Float64Array, targets: Float64Array, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < f.length; i++) {
    const z = a * f[i] + b;
    sum += z >= 0 ? targets[i] * z + ln(1 + exp(-z)) : (targets[i] - 1) * z + ln(1 + exp(z));
  }
  return sum;
}

/** First derivatives of `loss` by a and b, then the second ones by aa, ab, bb (a hair raised, so that they invert). */
function slopes(
  f: Float64Array,
  targets: Float64Array,
  a: number,
  b: number,
): [number, number, number, number, number] {
  let [gradientA, gradientB, aa, ab, bb] = [0, 0, 1e-12, 0, 1e-12];
  for (let i = 0; i < f.length; i++) {
    const z = a * f[i] + b;
    const e = exp(-Math.abs(z));
    const weight = e / ((1 + e) * (1 + e));
    const residual = targets[i] - (z >= 0 ? e : 1) / (1 + e);
    gradientA += f[i] * residual;
    gradientB += residual;
    aa += f[i] * f[i] * weight;
    ab += f[i] * weight;
    bb += weight;
  }
  return [gradientA, gradientB, aa, ab, bb];
}

/** Values less apart than this are one, as scikit-learn has it. */
const RESOLUTION = 1e-15;

/** The different values, ascending, each with its number of rows and the sum of their labels. */
function tied(values: Float64Array, labels: Float64Array) {
  const order = Int32Array.from(values, (_, row) => row).sort((p, q) => values[p] - values[q] || p - q);
  const at = new Float64Array(order.length);
  const sums = new Float64Array(order.length);
  const rows = new Float64Array(order.length);
  let last = -1;
  for (const row of order) {
    if (last < 0 || values[row] - at[last] >= RESOLUTION) at[++last] = values[row];
    sums[last] += labels[row];
    rows[last]++;
  }
  return { at: at.slice(0, last + 1), sums: sums.slice(0, last + 1), rows: rows.slice(0, last + 1) };
}

/** Pool adjacent violators: neighbours whose means fall are merged into one mean. A mean for each place. */
function pooled(sums: Float64Array, rows: Float64Array): Float64Array {
  const [sum, row, ends] = [new Float64Array(sums.length), new Float64Array(sums.length), new Int32Array(sums.length)];
  let top = -1;
  for (let i = 0; i < sums.length; i++) {
    top++;
    sum[top] = sums[i];
    row[top] = rows[i];
    // Sums of labels are whole numbers: compared crosswise they are exact.
    while (top > 0 && sum[top - 1] * row[top] >= sum[top] * row[top - 1]) {
      sum[top - 1] += sum[top];
      row[top - 1] += row[top];
      top--;
    }
    ends[top] = i + 1;
  }
  const means = new Float64Array(sums.length);
  for (let block = 0; block <= top; block++) {
    means.fill(sum[block] / row[block], block > 0 ? ends[block - 1] : 0, ends[block]);
  }
  return means;
}

/** Only the ends of level stretches are kept. */
function knots(at: Float64Array, means: Float64Array): Isotonic {
  const kept = (_: number, i: number) =>
    i === 0 || i === means.length - 1 || means[i] !== means[i - 1] || means[i] !== means[i + 1];
  return new Isotonic(at.filter(kept), means.filter(kept));
}

function interpolate(from: Float64Array, to: Float64Array, value: number): number {
  const last = from.length - 1;
  if (value <= from[0]) return to[0];
  if (value >= from[last]) return to[last];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle] <= value) low = middle;
    else high = middle;
  }
  const slope = (to[high] - to[low]) / (from[high] - from[low]);
  // Rounding must not lift it above the next knot: the map never falls.
  return Math.min(to[high], to[low] + slope * (value - from[low]));
}

function checkValues(values: Float64Array): void {
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row < 0) return;
  throw new HitlabError({
    what: `the decision value or probability of row ${row} (counted from 0) is not a finite number`,
    value: values[row],
    remedy: "look for missing values in that row of the inputs, or for a training that overflowed",
  });
}
