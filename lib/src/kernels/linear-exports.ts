import type { ArenaExports } from "./arena";

/** The kernels of linear models (lib/kernels/classic/linear-*.ts, where each is described). */
export interface LinearExports extends ArenaExports {
  linearScores(x: number, rows: number, width: number, ones: number, v: number, out: number): void;
  linearMove(from: number, a: number, step: number, out: number, n: number): void;
  linearGradient(x: number, rows: number, width: number, slopes: number, gradient: number): void;
  linearHessian(x: number, rows: number, width: number, weights: number, scratch: number, hessian: number): void;
  linearLogLosses: LinearLosses;
  linearSquaredHinges: LinearLosses;
}

type LinearLosses = (
  scores: number,
  targets: number,
  weights: number,
  rows: number,
  slopes: number,
  curvatures: number,
) => number;
