import { type FeatureDefinition, featureDefinitions } from "../../../lib/src/data/audio-features";
import type { FeatureMarks } from "../shared/fitted-models";
import type { Curve, Song } from "./judge";
import { type Predictor, rowsOf } from "./predictor";
import { scaleFor } from "./scale";

/** Values of a feature over the stretch that its slider shows. */
const points = 60;

/** How the verdict changes along each feature, the others as they are. */
export function curvesOf(predict: Predictor, song: Song, marks: readonly FeatureMarks[]): Curve[] {
  const values = featureDefinitions.map((definition, j) => valuesAlong(definition, marks[j], song[j]));
  const rows = values.flatMap((x, j) => x.map((value) => song.map((own, k) => (k === j ? value : own))));
  const said = predict(rowsOf(rows));
  let at = 0;
  return featureDefinitions.map(({ name }, j) => {
    const from = at;
    at += values[j].length;
    return { feature: name, x: values[j], probability: [...said.subarray(from, at)] };
  });
}

/** Ascending and different; the song's own value is among them. */
function valuesAlong(definition: FeatureDefinition, marks: FeatureMarks, own: number): number[] {
  const { low, high } = scaleFor(definition, marks, own);
  const values = evenly(low, high, points);
  const distinct = new Set([...(definition.whole ? values.map(Math.round) : values), own]);
  return [...distinct].sort((a, b) => a - b);
}

function evenly(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + (to - from) * (i / (count - 1)));
}
