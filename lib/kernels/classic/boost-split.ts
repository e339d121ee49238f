/** Below this sum of hessians no child is made, as in scikit-learn. */
const LEAST_HESSIAN: f64 = 1e-3;

/** The bits of 1.5 * 2^52. */
const WHOLE: i64 = 0x4338000000000000;

/** Two whole numbers of at most 2^51 as doubles. */
function doubles(x: v128): v128 {
  return f64x2.sub(i64x2.add(x, i64x2.splat(WHOLE)), f64x2.splat(6755399441055744));
}

/** total = the sums of gradients and hessians over a feature's histogram, two doubles. */
export function boostTotal(histogram: usize, bins: i32, units: usize, countBit: i32, total: usize): void {
  let sum = i64x2.splat(0);
  for (let b = 0; b < bins; b++) sum = i64x2.add(sum, v128.load(histogram + ((<usize>b) << 4)));
  const whole = doubles(v128.and(sum, i64x2(-1, ((<i64>1) << (<i64>countBit)) - 1)));
  v128.store(total, f64x2.mul(whole, v128.load(units)));
}

/**
 * The best split of a node with the given histogram: the first of those with the greatest gain, feature after feature.
 *
 * bins: how many each feature has (i32). total: the node's sums of gradients and hessians, two doubles. loss: the
 * node's gradient times its value. units: of gradients and hessians, two doubles. out: gain, gradient and hessian on
 * the left (doubles), then feature, bin and rows on the left (i32). Returns 1 if there is a split with a gain above 0.
 *
 * The gain is that of equation 7 in Chen and Guestrin, XGBoost (2016), computed in the order of scikit-learn's
 * _split_gain: rounded otherwise, equally good splits would be told apart otherwise.
 */
export function boostSplit(
  histogram: usize,
  bins: usize,
  features: i32,
  total: usize,
  loss: f64,
  rows: i32,
  leastRows: i32,
  penalty: f64,
  units: usize,
  countBit: i32,
  out: usize,
): i32 {
  const both = v128.load(total);
  const unit = v128.load(units);
  const sums = i64x2(-1, ((<i64>1) << (<i64>countBit)) - 1);
  const none = i64x2.splat(0);
  let best: f64 = 0;
  for (let f = 0; f < features; f++) {
    let sum = none;
    let cell = histogram + ((<usize>f) << 12);
    const last = load<i32>(bins + ((<usize>f) << 2)) - 1;
    for (let b = 0; b < last; b++, cell += 16) {
      const here = v128.load(cell);
      // An empty bin: the same split as before.
      if (!v128.any_true(here)) continue;
      sum = i64x2.add(sum, here);
      const count = <i32>(i64x2.extract_lane(sum, 1) >> <i64>countBit);
      if (count < leastRows) continue;
      if (rows - count < leastRows) break;
      const left = f64x2.mul(doubles(v128.and(sum, sums)), unit);
      const right = f64x2.sub(both, left);
      const hessians = v128.shuffle<f64>(left, right, 1, 3);
      if (f64x2.extract_lane(hessians, 0) < LEAST_HESSIAN) continue;
      if (f64x2.extract_lane(hessians, 1) < LEAST_HESSIAN) break;
      const gradients = v128.shuffle<f64>(left, right, 0, 2);
      const below = f64x2.add(f64x2.add(hessians, f64x2.splat(penalty)), f64x2.splat(1e-15));
      const losses = f64x2.mul(gradients, f64x2.div(f64x2.neg(gradients), below));
      const gain = loss - f64x2.extract_lane(losses, 0) - f64x2.extract_lane(losses, 1);
      if (gain > best) {
        best = gain;
        store<f64>(out, gain);
        v128.store(out, left, 8);
        store<i32>(out, f, 24);
        store<i32>(out, b, 28);
        store<i32>(out, count, 32);
      }
    }
  }
  return <i32>(best > 0);
}
