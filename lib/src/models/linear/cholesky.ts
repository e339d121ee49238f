/** Cholesky's factorisation of small dense matrices, row-major, of which only the lower triangle is read. */
import { HitlabError } from "../../errors";

/**
 * Factors a Hessian. Where rounding has made it singular its diagonal is raised, little by little, which turns a
 * Newton step towards plain descent.
 *
 * @returns L of hessian = L L', for `solve`; undefined when its entries have overflowed
 */
export function tryFactor(hessian: Float64Array, size: number): Float64Array | undefined {
  let largest = 0;
  for (let j = 0; j < size; j++) largest = Math.max(largest, hessian[j * size + j]);
  for (let raised = 0; raised < Number.MAX_VALUE; raised = raised === 0 ? 1e-14 * largest : raised * 100) {
    const l = hessian.slice();
    for (let j = 0; j < size; j++) l[j * size + j] += raised;
    if (factorise(l, size)) return l;
  }
  return undefined;
}

/** As `tryFactor`. @throws HitlabError, naming the model with its article, when the entries have overflowed. */
export function factor(hessian: Float64Array, size: number, model: string): Float64Array {
  const l = tryFactor(hessian, size);
  if (l) return l;
  throw new HitlabError({
    what: `the sums of ${model} overflow: some inputs are too large`,
    remedy: "scale the columns first, for example with prepare.standard",
  });
}

/** The lower triangle of a becomes L with a = L L'. False if a is not positive definite. */
function factorise(a: Float64Array, size: number): boolean {
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      const l = a[j * size + k];
      for (let i = j; i < size; i++) a[i * size + j] -= a[i * size + k] * l;
    }
    const pivot = a[j * size + j];
    if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return false;
    const root = Math.sqrt(pivot);
    for (let i = j; i < size; i++) a[i * size + j] /= root;
  }
  return true;
}

/** Solves L L' out = right by forward and back substitution. */
export function solve(l: Float64Array, right: Float64Array): Float64Array {
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
