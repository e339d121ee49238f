/**
 * A sum of polynomial kernels is one polynomial: sum over r of w_r (gamma x_r q + coef0)^d has one coefficient per
 * monomial of degree d (680 for 15 columns and d = 3, with coef0 816), however many rows there are. What takes a kernel
 * per row and query otherwise takes so many products per query, and all in float64.
 */
import type { Matrix } from "../../samples";
import type { Kernel, WeightedRows } from "./svc-kernel";

/** More monomials than this are not written out. */
const MOST_MONOMIALS = 20_000;

/**
 * The monomials of one number of variables: each is one of fewer variables, in their order, times each variable from the
 * last in it on.
 */
interface Level {
  /** The last variable in each monomial. */
  readonly last: Int32Array;
  /** In how many orders its variables can stand. */
  readonly orders: Float64Array;
}

/** The sum of polynomial or linear kernels over weighted rows, as a polynomial. */
export class PolynomialSum {
  /** The sum, if it is a polynomial of few enough monomials. */
  static of(kernel: Kernel, terms: WeightedRows): PolynomialSum | undefined {
    return isShort(kernel, terms.x.columns) ? new PolynomialSum(kernel, terms) : undefined;
  }

  private readonly levels: readonly Level[];
  /** One per monomial of the last level. */
  private readonly coefficients: Float64Array;
  /** The columns and, if the kernel adds one, a constant. */
  private readonly variables: number;

  private constructor(kernel: Kernel, { x, index, weights }: WeightedRows) {
    this.variables = x.columns + (kernel.coef0 !== 0 ? 1 : 0);
    this.levels = levelsOf(this.variables, Math.max(1, kernel.degree));
    const { orders } = this.levels[this.levels.length - 1];
    this.coefficients = new Float64Array(orders.length);
    const row = new Float64Array(this.variables).fill(kernel.coef0);
    const products = this.levels.map(({ last }) => new Float64Array(last.length));
    for (let r = 0; r < index.length; r++) {
      for (let j = 0; j < x.columns; j++) row[j] = kernel.gamma * x.data[index[r] * x.columns + j];
      addRow(this.levels, row, weights[r], products, this.coefficients);
    }
    for (let m = 0; m < orders.length; m++) this.coefficients[m] *= orders[m];
  }

  /** The sum for each of the rows that `index` names. */
  at(x: Matrix, index: Int32Array): Float64Array {
    const { levels, coefficients, variables } = this;
    const row = new Float64Array(variables).fill(1);
    const sums = levels.map(({ last }) => new Float64Array(last.length));
    const found = new Float64Array(index.length);
    for (let r = 0; r < index.length; r++) {
      for (let j = 0; j < x.columns; j++) row[j] = x.data[index[r] * x.columns + j];
      let level = coefficients;
      for (let k = levels.length - 2; k >= 0; k--) {
        factorOut(levels[k].last, row, level, sums[k]);
        level = sums[k];
      }
      found[r] = dot(row, level);
    }
    return found;
  }
}

/** Whether the kernel's sums over rows of so many columns are polynomials of few monomials. */
export function isShort(kernel: Kernel, columns: number): boolean {
  if (kernel.kind === "rbf") return false;
  const variables = columns + (kernel.coef0 !== 0 ? 1 : 0);
  let monomials = 1;
  for (let k = 1; k <= kernel.degree && monomials <= MOST_MONOMIALS; k++) monomials *= (variables + k - 1) / k;
  return monomials <= MOST_MONOMIALS;
}

/** The monomials of 1, 2 .. degree variables. */
function levelsOf(variables: number, degree: number): Level[] {
  const one = Int32Array.from({ length: variables }, (_, v) => v);
  /** How often the last variable stands in each monomial. */
  let powers: number[] = Array.from(one, () => 1);
  const levels: Level[] = [{ last: one, orders: Float64Array.from(powers) }];
  for (let size = 2; size <= degree; size++) {
    const { last, orders } = levels[levels.length - 1];
    const next: { last: number[]; orders: number[]; powers: number[] } = { last: [], orders: [], powers: [] };
    for (let m = 0; m < last.length; m++) {
      for (let v = last[m]; v < variables; v++) {
        const power = v === last[m] ? powers[m] + 1 : 1;
        next.last.push(v);
        next.powers.push(power);
        // size! / product of the powers' factorials, out of that of the shorter monomial.
        next.orders.push((orders[m] * size) / power);
      }
    }
    powers = next.powers;
    levels.push({ last: Int32Array.from(next.last), orders: Float64Array.from(next.orders) });
  }
  return levels;
}

/** Adds weight times each monomial of the row to its coefficient. */
function addRow(
  levels: readonly Level[],
  row: Float64Array,
  weight: number,
  products: readonly Float64Array[],
  coefficients: Float64Array,
): void {
  const longest = levels.length - 1;
  // Into the products, or straight into the coefficients where they are of single variables.
  addScaled(row, weight, longest > 0 ? products[0].fill(0) : coefficients);
  for (let k = 1; k < longest; k++) {
    products[k].fill(0);
    addTimes(levels[k - 1].last, row, products[k - 1], products[k]);
  }
  if (longest > 0) addTimes(levels[longest - 1].last, row, products[longest - 1], coefficients);
}

function addScaled(row: Float64Array, weight: number, sums: Float64Array): void {
  for (let v = 0; v < row.length; v++) sums[v] += weight * row[v];
}

/** Adds each product times each variable from its last on. */
function addTimes(last: Int32Array, row: Float64Array, products: Float64Array, sums: Float64Array): void {
  for (let m = 0, at = 0; m < last.length; m++) {
    const product = products[m];
    for (let v = last[m]; v < row.length; v++, at++) sums[at] += product * row[v];
  }
}

/** For each shorter monomial, what it is multiplied by: the sum of the longer ones' numbers times their last variable. */
function factorOut(last: Int32Array, row: Float64Array, longer: Float64Array, sums: Float64Array): void {
  for (let m = 0, at = 0; m < last.length; m++) {
    let sum = 0;
    for (let v = last[m]; v < row.length; v++, at++) sum += longer[at] * row[v];
    sums[m] = sum;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
