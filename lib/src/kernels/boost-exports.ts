import type { ArenaExports } from "./arena";

/** The kernels of gradient boosting (lib/kernels/classic/boost-*.ts, where each is described). */
export interface BoostExports extends ArenaExports {
  boostSort(values: number, rows: number, other: number, counts: number): void;
  boostCodes(values: number, rows: number, edges: number, codes: number): void;
  boostExp(x: number, y: number, n: number): void;
  boostGradients(
    scores: number,
    targets: number,
    weights: number,
    cells: number,
    rows: number,
    gradientScale: number,
    hessianScale: number,
    countBit: number,
    copies: boolean,
  ): void;
  boostAdd(scores: number, order: number, start: number, end: number, value: number): void;
  boostHistogram(
    codes: number,
    blocks: number,
    rows: number,
    order: number,
    count: number,
    cells: number,
    gathered: number,
    histogram: number,
  ): void;
  boostSubtract(parent: number, smaller: number, blocks: number): void;
  boostPartition(
    codes: number,
    rows: number,
    feature: number,
    bin: number,
    order: number,
    start: number,
    end: number,
    scratch: number,
  ): number;
  boostTotal(histogram: number, bins: number, units: number, countBit: number, total: number): void;
  boostSplit(
    histogram: number,
    bins: number,
    features: number,
    total: number,
    loss: number,
    rows: number,
    leastRows: number,
    penalty: number,
    units: number,
    countBit: number,
    out: number,
  ): number;
}
