/**
 * Optimizers over one flat vector of n parameters (n a multiple of four), by the formulas of Keras 3.
 *
 * w parameters, g gradients, the rest is the optimizer's memory, zero at the start. Source: keras/src/optimizers.
 */

/**
 * Adam: m += (g - m)(1 - beta1), v += (g^2 - v)(1 - beta2), w -= rate m / (sqrt(v) + epsilon), where `rate` is the
 * learning rate times sqrt(1 - beta2^t) / (1 - beta1^t).
 *
 * Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015, section 2, last paragraph. (tfjs adds its
 * epsilon after the correction of v, Keras and this one before.)
 */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
  rate: f32,
  oneLessBeta1: f32,
  oneLessBeta2: f32,
  epsilon: f32,
): void {
  const alpha = f32x4.splat(rate);
  const take1 = f32x4.splat(oneLessBeta1);
  const take2 = f32x4.splat(oneLessBeta2);
  const eps = f32x4.splat(epsilon);
  const end = w + ((<usize>n) << 2);
  while (w < end) {
    const slope = v128.load(g);
    const oldM = v128.load(m);
    const oldV = v128.load(v);
    const newM = f32x4.add(oldM, f32x4.mul(f32x4.sub(slope, oldM), take1));
    const newV = f32x4.add(oldV, f32x4.mul(f32x4.sub(f32x4.mul(slope, slope), oldV), take2));
    v128.store(m, newM);
    v128.store(v, newV);
    const step = f32x4.div(f32x4.mul(alpha, newM), f32x4.add(f32x4.sqrt(newV), eps));
    v128.store(w, f32x4.sub(v128.load(w), step));
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
}

/**
 * RMSprop: v = rho v + (1 - rho) g^2, step = rate g / sqrt(v + epsilon), w -= step. Centered, the mean gradient a is
 * followed as well and v - a^2 stands for v. With momentum the steps add up: s = momentum s + step, w -= s.
 *
 * Source: Tieleman, Hinton, Coursera lecture 6.5, 2012; centered: Graves, arXiv:1308.0850.
 *
 * @param a mean gradients, or 0: not centered
 * @param s sum of steps, or 0: no momentum
 */
export function rmsprop(
  w: usize,
  g: usize,
  v: usize,
  a: usize,
  s: usize,
  n: i32,
  rate: f32,
  rho: f32,
  momentum: f32,
  epsilon: f32,
): void {
  const alpha = f32x4.splat(rate);
  const keep = f32x4.splat(rho);
  const take = f32x4.splat(1 - rho);
  const carry = f32x4.splat(momentum);
  const eps = f32x4.splat(epsilon);
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 16) {
    const slope = v128.load(g + i);
    const square = f32x4.mul(slope, slope);
    const mean = f32x4.add(f32x4.mul(keep, v128.load(v + i)), f32x4.mul(take, square));
    v128.store(v + i, mean);
    let spread = mean;
    if (a) {
      const average = f32x4.add(f32x4.mul(keep, v128.load(a + i)), f32x4.mul(take, slope));
      v128.store(a + i, average);
      spread = f32x4.sub(mean, f32x4.mul(average, average));
    }
    let step = f32x4.div(f32x4.mul(alpha, slope), f32x4.sqrt(f32x4.add(spread, eps)));
    if (s) {
      step = f32x4.add(f32x4.mul(carry, v128.load(s + i)), step);
      v128.store(s + i, step);
    }
    v128.store(w + i, f32x4.sub(v128.load(w + i), step));
  }
}

/**
 * Gradient descent: w -= rate g. With momentum: s = momentum s - rate g and w += s, or by Nesterov's rule
 * w += momentum s - rate g.
 *
 * Source: Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
 *
 * @param s the velocity, or 0: no momentum
 */
export function sgd(w: usize, g: usize, s: usize, n: i32, rate: f32, momentum: f32, nesterov: i32): void {
  const alpha = f32x4.splat(rate);
  const carry = f32x4.splat(momentum);
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 16) {
    const down = f32x4.mul(alpha, v128.load(g + i));
    let step = f32x4.neg(down);
    if (s) {
      step = f32x4.sub(f32x4.mul(carry, v128.load(s + i)), down);
      v128.store(s + i, step);
      if (nesterov) step = f32x4.sub(f32x4.mul(carry, step), down);
    }
    v128.store(w + i, f32x4.add(v128.load(w + i), step));
  }
}
