/**
 * The singular values of a table of columns, by Householder's QR and one-sided Jacobi rotations: for fits by least
 * squares with or without a ridge, all of which come out of one decomposition.
 *
 * Sources: Golub, Van Loan, "Matrix Computations", 4th ed., 5.2 and 8.6.3; Demmel, Veselic, "Jacobi's method is more
 * accurate than QR", SIAM J. Matrix Anal. Appl. 13, 1992.
 */
import { dot } from "./rows";

export interface SingularValues {
  /** The right singular vectors, one per column of the table. */
  readonly vectors: readonly Float64Array[];
  /** The square of the singular value of each. */
  readonly squares: Float64Array;
  /** Of each: its singular value times the target's part along its left singular vector. */
  readonly parts: Float64Array;
}

/** @param columns and `target` are used up */
export function singularValues(columns: readonly Float64Array[], target: Float64Array): SingularValues {
  triangulate(columns, target);
  const size = columns.length;
  const r = columns.map((column, j) => Float64Array.from({ length: size }, (_, i) => (i <= j ? (column[i] ?? 0) : 0)));
  const vectors = r.map((_, j) => Float64Array.from({ length: size }, (_, i) => Number(i === j)));
  orthogonalise(r, vectors);
  const head = Float64Array.from({ length: size }, (_, i) => target[i] ?? 0);
  return {
    vectors,
    squares: Float64Array.from(r, (column) => dot(column, column)),
    parts: Float64Array.from(r, (column) => dot(column, head)),
  };
}

/** Householder reflections make the columns an upper triangle, and are done to the target as well. */
function triangulate(columns: readonly Float64Array[], target: Float64Array): void {
  for (let k = 0; k < Math.min(columns.length, target.length); k++) {
    const v = columns[k].slice(k);
    const norm = Math.sqrt(dot(v, v));
    if (norm === 0) continue;
    v[0] += v[0] < 0 ? -norm : norm;
    const square = dot(v, v);
    for (const column of [...columns.slice(k), target]) reflect(column.subarray(k), v, square);
  }
}

function reflect(values: Float64Array, v: Float64Array, square: number): void {
  const along = (2 * dot(v, values)) / square;
  for (let i = 0; i < v.length; i++) values[i] -= along * v[i];
}

/** Far more sweeps over all pairs than are ever needed: each squares what is left of the angles. */
const mostSweeps = 60;

/** Turns pairs of columns, and the vectors with them, until all columns are at right angles. */
function orthogonalise(columns: readonly Float64Array[], vectors: readonly Float64Array[]): void {
  for (let sweep = 0, turned = true; turned && sweep < mostSweeps; sweep++) {
    turned = false;
    for (let j = 0; j < columns.length; j++) {
      for (let k = j + 1; k < columns.length; k++) {
        const both = dot(columns[j], columns[k]);
        const [a, b] = [dot(columns[j], columns[j]), dot(columns[k], columns[k])];
        if (!(Math.abs(both) > Number.EPSILON * Math.sqrt(a) * Math.sqrt(b))) continue;
        const zeta = (b - a) / (2 * both);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        if (tangent === 0) continue;
        turned = true;
        turn(columns[j], columns[k], tangent);
        turn(vectors[j], vectors[k], tangent);
      }
    }
  }
}

function turn(a: Float64Array, b: Float64Array, tangent: number): void {
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < a.length; i++) {
    const was = a[i];
    a[i] = cosine * was - sine * b[i];
    b[i] = sine * was + cosine * b[i];
  }
}
