import { matrix, type RowInfo, type Samples } from "../../src/samples";

/** Samples of one column that holds the row's number, so that a part can be traced back. */
export function samplesOf(y: ArrayLike<number>, info: RowInfo = {}): Samples {
  return {
    x: matrix(
      y.length,
      1,
      Float64Array.from({ length: y.length }, (_, i) => i),
    ),
    y: Float64Array.from(y),
    info,
  };
}
