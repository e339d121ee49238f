/**
 * Sums over the rows of a dense row-major table, for models of a linear score: small functions of plain arrays, which
 * the JIT compiles well. Every sum runs in row order, so that the digits are the same everywhere.
 */

/** out = x v + intercept, v = coefficients and intercept. */
export function multiply(x: Float64Array, columns: number, v: Float64Array, out: Float64Array): void {
  for (let i = 0, o = 0; i < out.length; i++, o += columns) {
    let sum = v[columns];
    for (let j = 0; j < columns; j++) sum += x[o + j] * v[j];
    out[i] = sum;
  }
}

/**
 * Adds up over the rows, a 1 appended to each: residual * row to the gradient, weight * row row' to the Hessian, of
 * which only the lower triangle is filled. Four rows at a time.
 */
export function accumulate(
  x: Float64Array,
  columns: number,
  residuals: Float64Array,
  weights: Float64Array,
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
  const last = columns * (columns + 1);
  const r0 = residuals[i];
  const r1 = residuals[i + 1];
  const r2 = residuals[i + 2];
  const r3 = residuals[i + 3];
  const w0 = weights[i];
  const w1 = weights[i + 1];
  const w2 = weights[i + 2];
  const w3 = weights[i + 3];
  const o0 = i * columns;
  const o1 = o0 + columns;
  const o2 = o1 + columns;
  const o3 = o2 + columns;
  for (let j = 0; j < columns; j++) {
    const x0 = x[o0 + j];
    const x1 = x[o1 + j];
    const x2 = x[o2 + j];
    const x3 = x[o3 + j];
    gradient[j] += r0 * x0 + r1 * x1 + r2 * x2 + r3 * x3;
    hessian[last + j] += w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3;
  }
  gradient[columns] += r0 + r1 + r2 + r3;
  hessian[last + columns] += w0 + w1 + w2 + w3;
  for (let j = 0; j < columns; j += 2) addTwoColumns(x, o0, columns, j, w0, w1, w2, w3, hessian);
}

/** The four rows' part of the Hessian's rows j and j + 1: each input fetched serves both. */
function addTwoColumns(
  x: Float64Array,
  o0: number,
  columns: number,
  j: number,
  w0: number,
  w1: number,
  w2: number,
  w3: number,
  hessian: Float64Array,
): void {
  const o1 = o0 + columns;
  const o2 = o1 + columns;
  const o3 = o2 + columns;
  const two = j + 1 < columns;
  const a0 = w0 * x[o0 + j];
  const a1 = w1 * x[o1 + j];
  const a2 = w2 * x[o2 + j];
  const a3 = w3 * x[o3 + j];
  // Past the last column there is nothing to add.
  const b0 = two ? w0 * x[o0 + j + 1] : 0;
  const b1 = two ? w1 * x[o1 + j + 1] : 0;
  const b2 = two ? w2 * x[o2 + j + 1] : 0;
  const b3 = two ? w3 * x[o3 + j + 1] : 0;
  const q = j * (columns + 1);
  const s = q + columns + 1;
  for (let k = 0; k <= j; k++) {
    const x0 = x[o0 + k];
    const x1 = x[o1 + k];
    const x2 = x[o2 + k];
    const x3 = x[o3 + k];
    hessian[q + k] += a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
    hessian[s + k] += b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3;
  }
  if (!two) return;
  const k = j + 1;
  hessian[s + k] += b0 * x[o0 + k] + b1 * x[o1 + k] + b2 * x[o2 + k] + b3 * x[o3 + k];
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

/** The sum of residual * row over the rows, a 1 appended to each: `columns` + 1 numbers. */
export function weightedSum(x: Float64Array, columns: number, residuals: Float64Array): Float64Array {
  const sums = new Float64Array(columns + 1);
  for (let i = 0, o = 0; i < residuals.length; i++, o += columns) {
    const residual = residuals[i];
    for (let j = 0; j < columns; j++) sums[j] += residual * x[o + j];
    sums[columns] += residual;
  }
  return sums;
}

/** The inner product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
