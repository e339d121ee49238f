import { type Predictor, width } from "./predictor";

/** Songs at a time: some tens of milliseconds, even with the largest forest. */
const slice = 1000;

/** Judges many songs slice by slice, between which other questions get their turn; `told` hears the share done. */
export async function scoreSongs(
  predict: Predictor,
  rows: Float64Array,
  told: (share: number) => void,
): Promise<Float64Array> {
  const probabilities = new Float64Array(rows.length / width);
  for (let from = 0; from < probabilities.length; from += slice) {
    const to = Math.min(from + slice, probabilities.length);
    probabilities.set(predict(rows.subarray(from * width, to * width)), from);
    told(to / probabilities.length);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return probabilities;
}
