/**
 * Sequential minimal optimisation of a support vector classifier's dual: which rows are at hand. The steps themselves
 * are WebAssembly's (lib/kernels/classic/svm.ts, where the problem is written out).
 *
 * Most rows come to a bound and stay there. Shrinking leaves them out: the rows at hand are laid out anew, side by
 * side, and their f = sum_j y_j a_j k_ij - y_i alone are kept up. Before the end all rows come back, with f found
 * afresh.
 *
 * Order of the rows, signs, what is float32 (the kernel values) and what float64 are LIBSVM's: on a few hundred rows it
 * mostly goes the same way step by step. On more, the last digits part the ways, LIBSVM's own on two machines too, and what
 * they end with differs as far as the tolerance lets it.
 *
 * Source: Chang, Lin, "LIBSVM: A Library for Support Vector Machines", ACM TIST 2(3), 2011, section 4.
 */
import type { Arena } from "../../kernels/arena";
import { type ClassicExports, withClassicKernels } from "../../kernels/classic";
import { readDouble, recordSize, writeRecord } from "../../kernels/records";
import type { Matrix } from "../../samples";
import { type Kernel, kernelDiagonal } from "./svc-kernel";
import { PolynomialSum } from "./svc-polynomial";
import { blockRows, kernelByKernel, layKernel, writePanels } from "./svc-sums";

export interface DualProblem {
  readonly x: Matrix;
  /** 1 or -1 for each row. */
  readonly y: Float64Array;
  /** The most that a row's a may be. */
  readonly c: Float64Array;
  readonly kernel: Kernel;
  /** How far f of a row that may move down may lie above that of one that may move up. */
  readonly tolerance: number;
  readonly shrinking: boolean;
  readonly cacheMb: number;
  readonly maxIterations: number;
}

export interface DualSolution {
  /** a of each row. */
  readonly alpha: Float64Array;
  /** What the decision adds to sum_j y_j a_j k(x_j, x). */
  readonly intercept: number;
  readonly iterations: number;
  /** False if `maxIterations` came first, or no step is left that rounding does not swallow. */
  readonly converged: boolean;
}

/** As `Smo` in lib/kernels/classic/svm.ts: a test compares the sizes. */
export const smoFields = {
  low: "f64",
  high: "f64",
  tolerance: "f64",
  kernel: "u32",
  rows: "i32",
  x: "u32",
  f: "u32",
  diagonal: "u32",
  alpha: "u32",
  y: "u32",
  c: "u32",
  up: "u32",
  down: "u32",
  cache: "u32",
  slots: "i32",
  rowOf: "u32",
  slotOf: "u32",
  asked: "u32",
  hand: "i32",
  block: "i32",
} as const;

/** Steps between two looks at what can be left out. */
const PERIOD = 1000;

/**
 * Up to so many kernel values f of rows left out is summed of float32 kernels, as the steps would have done it, so that
 * they go on where LIBSVM's do. More are summed as a polynomial where that is possible, in a hundredth of the time.
 */
const FEW = 5e7;

/** Solves the dual. Same problem, same digits. @throws HitlabError if kernel values leave float32's range */
export function solveDual(problem: DualProblem): DualSolution {
  return withClassicKernels((arena) => new Solver(arena, problem).solve());
}

class Solver {
  private readonly n: number;
  private readonly alpha: Float64Array;
  /** Of rows that are left out: as it was when they were. */
  private readonly f: Float64Array;
  /** f as last known of all rows, and a as it was then. */
  private readonly known: { readonly f: Float64Array; readonly alpha: Float64Array };
  private readonly diagonal: Float64Array;
  private readonly smo: number;
  private readonly at: Readonly<Record<(typeof columns)[number] | "x" | "rowOf" | "slotOf" | "asked", number>>;
  private readonly cacheFloats: number;
  /** All rows, those with y = 1 first: where rows are equally good, LIBSVM takes the last in this order. */
  private readonly order: Int32Array;
  /** The rows at hand, in that order. */
  private hand: Int32Array;
  private iterations = 0;
  /** All rows were brought back once the gap was near the tolerance. */
  private near = false;

  constructor(
    private readonly arena: Arena<ClassicExports>,
    private readonly problem: DualProblem,
  ) {
    const { x, y, kernel, cacheMb, tolerance } = problem;
    this.n = x.rows;
    const rows = blockRows(this.n);
    this.alpha = new Float64Array(this.n);
    this.f = y.map((sign) => -sign);
    this.known = { f: this.f.slice(), alpha: this.alpha.slice() };
    this.order = byClass(y);
    this.hand = this.order;
    this.diagonal = kernelDiagonal(kernel, x);
    this.smo = arena.allocate(recordSize(smoFields) / 4);
    const kernelAt = layKernel(arena, kernel, x.columns);
    const doubles = Object.fromEntries(columns.map((name) => [name, arena.allocate(2 * rows)]));
    const integers = Object.fromEntries(["rowOf", "slotOf", "asked"].map((name) => [name, arena.allocate(rows)]));
    this.at = { ...doubles, ...integers, x: arena.allocate(2 * rows * x.columns) } as Solver["at"];
    this.cacheFloats = Math.max(2 * rows, Math.min(rows * rows, Math.floor((cacheMb * 2 ** 20) / 4)));
    const cache = arena.allocate(this.cacheFloats);
    writeRecord(arena.view(), this.smo, smoFields, { ...this.at, cache, tolerance, kernel: kernelAt });
  }

  solve(): DualSolution {
    const { shrinking, maxIterations, tolerance } = this.problem;
    const period = Math.min(PERIOD, this.n);
    let converged = false;
    let next = period;
    this.layOut(this.order);
    while (this.iterations < maxIterations) {
      const steps = Math.min(next, maxIterations - this.iterations);
      const taken = this.arena.exports.smoSteps(this.smo, steps);
      this.iterations += taken;
      next = period;
      if (taken === steps) {
        if (shrinking) this.shrink();
        continue;
      }
      // Not even one step with all rows at hand: what is left is below rounding.
      const stuck = taken === 0 && this.hand.length === this.n;
      this.bringBack();
      converged = this.gap < tolerance;
      if (converged || stuck) break;
      // As LIBSVM: one step, and those that may be left out go again.
      next = 1;
    }
    if (!converged) this.bringBack();
    return { alpha: this.alpha, intercept: this.intercept(), iterations: this.iterations, converged };
  }

  private get gap(): number {
    return this.measured("high") - this.measured("low");
  }

  private measured(name: "low" | "high"): number {
    return readDouble(this.arena.view(), this.smo, smoFields, name);
  }

  /** Takes these rows in hand. Kernel rows kept so far are of other rows: they are lost. */
  private layOut(hand: Int32Array): void {
    const { arena, at, problem } = this;
    const rows = blockRows(hand.length);
    this.hand = hand;
    writePanels(problem.x, hand, arena.doubles(at.x, rows * problem.x.columns));
    const from = { f: this.f, diagonal: this.diagonal, alpha: this.alpha, y: problem.y, c: problem.c };
    for (const [name, values] of Object.entries(from)) {
      const to = arena.doubles(at[name as keyof typeof from], rows).fill(0);
      for (let r = 0; r < hand.length; r++) to[r] = values[hand[r]];
    }
    this.markBounds(hand, rows);
    arena.integers(at.rowOf, rows).fill(-1);
    arena.integers(at.slotOf, rows).fill(-1);
    const slots = Math.min(rows, Math.floor(this.cacheFloats / rows));
    writeRecord(arena.view(), this.smo, smoFields, { rows, slots, hand: 0 });
    arena.exports.smoMeasure(this.smo);
  }

  /** Which rows may move up and down; those that fill up may not. */
  private markBounds(hand: Int32Array, rows: number): void {
    const { arena, at, problem, alpha } = this;
    const up = arena.doubles(at.up, rows).fill(Number.POSITIVE_INFINITY);
    const down = arena.doubles(at.down, rows).fill(Number.NEGATIVE_INFINITY);
    for (let r = 0; r < hand.length; r++) {
      const i = hand[r];
      const grows = alpha[i] < problem.c[i];
      const falls = alpha[i] > 0;
      if (problem.y[i] > 0 ? grows : falls) up[r] = 0;
      if (problem.y[i] > 0 ? falls : grows) down[r] = 0;
    }
  }

  /** Writes what is known of the rows at hand to their places. */
  private putBack(): void {
    const { arena, at, hand } = this;
    const alpha = arena.doubles(at.alpha, hand.length);
    const f = arena.doubles(at.f, hand.length);
    for (let r = 0; r < hand.length; r++) {
      this.alpha[hand[r]] = alpha[r];
      this.f[hand[r]] = f[r];
    }
  }

  /** Leaves out the rows at a bound that lie on its right side by more than any row still to move. */
  private shrink(): void {
    const { arena, at } = this;
    const low = this.measured("low");
    const high = this.measured("high");
    if (!this.near && high - low <= 10 * this.problem.tolerance) {
      this.near = true;
      this.bringBack();
    }
    const { hand } = this;
    const f = arena.doubles(at.f, hand.length);
    const up = arena.doubles(at.up, hand.length);
    const down = arena.doubles(at.down, hand.length);
    const kept = hand.filter((_, r) => !((up[r] !== 0 && f[r] < low) || (down[r] !== 0 && f[r] > high)));
    if (kept.length === hand.length) return;
    this.putBack();
    this.layOut(kept);
  }

  /** Takes all rows in hand again, with f as it is now. */
  private bringBack(): void {
    this.putBack();
    if (this.hand.length < this.n) this.findLeftOut();
    this.layOut(this.order);
  }

  /** f of the rows that were left out: as it was when it was last known of all, and what has moved since. */
  private findLeftOut(): void {
    const { problem, alpha, known, n } = this;
    const here = new Uint8Array(n);
    for (const i of this.hand) here[i] = 1;
    const out = allRows(n).filter((i) => !here[i]);
    const index = allRows(n).filter((i) => alpha[i] !== known.alpha[i]);
    const weights = Float64Array.from(index, (i) => problem.y[i] * (alpha[i] - known.alpha[i]));
    const moved = { x: problem.x, index, weights };
    const polynomial = out.length * index.length > FEW ? PolynomialSum.of(problem.kernel, moved) : undefined;
    const sums = polynomial?.at(problem.x, out) ?? kernelByKernel(problem.kernel, moved, problem.x, out, true);
    for (let r = 0; r < out.length; r++) this.f[out[r]] = known.f[out[r]] + sums[r];
    known.f.set(this.f);
    known.alpha.set(alpha);
  }

  /** The mean of -f over rows between their bounds; without any, the middle of what the bounds leave open. */
  private intercept(): number {
    const { alpha, f, problem } = this;
    let sum = 0;
    let free = 0;
    for (let i = 0; i < this.n; i++) {
      if (alpha[i] <= 0 || alpha[i] >= problem.c[i]) continue;
      sum += f[i];
      free++;
    }
    return free > 0 ? -sum / free : -(this.measured("low") + this.measured("high")) / 2;
  }
}

/** The arrays of doubles that `Smo` has. */
const columns = ["f", "diagonal", "alpha", "y", "c", "up", "down"] as const;

function byClass(y: Float64Array): Int32Array {
  return allRows(y.length).sort((i, j) => y[j] - y[i] || i - j);
}

function allRows(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}
