/** The functions of classic.wasm that grow trees and predict by them; addresses and sizes are plain numbers. */
export interface ForestExports {
  forestTable(
    rows: number,
    columns: number,
    codes: number,
    wide: 0 | 1,
    codeCounts: number,
    weights: number,
    targets: number,
  ): void;
  forestKind(
    classes: number,
    counting: 0 | 1,
    maxDepth: number,
    maxFeatures: number,
    minSplit: number,
    minLeaf: number,
  ): void;
  forestRoom(
    items: number,
    spare: number,
    keys: number,
    sorting: number,
    counts: number,
    histogram: number,
    stack: number,
    order: number,
    totals: number,
    left: number,
  ): void;
  forestTree(features: number, lows: number, highs: number, rights: number, covers: number, values: number): void;
  seedWords(a: number, b: number, c: number, d: number): void;
  nextWord(): number;
  growTree(items: number): number;
  predictTree(
    nodes: number,
    values: number,
    outputs: number,
    x: number,
    columns: number,
    rows: number,
    out: number,
  ): void;
}
