import type { ScalerPayload } from "../shared/payloads";

/** Rows scaled for a model by the very operations of lib's `prepare.standard`, so that no digit differs. */
export function scaleRows(rows: Float64Array, { mean, deviation }: ScalerPayload): Float64Array {
  const columns = mean.length;
  const scaled = new Float64Array(rows.length);
  for (let from = 0; from < rows.length; from += columns) {
    for (let c = 0; c < columns; c++) scaled[from + c] = (rows[from + c] - mean[c]) / deviation[c];
  }
  return scaled;
}
