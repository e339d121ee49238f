import type { FeatureDefinition } from "../../../lib/src/data/audio-features";
import type { FeatureMarks } from "../shared/fitted-models";
import { roundStep } from "../shared/round-step";

/** The stretch of a feature that a slider shows. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/**
 * The whole range where the feature has one, else where 98 % of the songs lie: a few songs of an hour would leave no
 * room for the others. A value beyond widens the scale, so that it can always be seen.
 */
export function scaleFor(definition: FeatureDefinition, marks: FeatureMarks, value: number): Scale {
  const bounded = definition.low !== null && definition.high !== null;
  // A key of -1 would be unknown and never occurs: a scale begins at 0 unless songs lie below.
  const low = Math.min(value, bounded ? Math.min(Math.max(definition.low ?? 0, 0), marks.low) : marks.p01);
  const high = Math.max(value, bounded ? (definition.high ?? 0) : marks.p99);
  const step = definition.whole ? wholeStep(high - low) : roundStep((high - low) / 200);
  return { low: clean(Math.floor(low / step) * step), high: clean(Math.ceil(high / step) * step), step };
}

/** Where a value lies on a scale, from 0 to 1; values beyond lie at the end. */
export function placeOn({ low, high }: Scale, value: number): number {
  if (high === low) return 0.5;
  return Math.min(Math.max((value - low) / (high - low), 0), 1);
}

function wholeStep(range: number): number {
  return Math.max(1, roundStep(range / 400));
}

/** Without the dust of binary fractions. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
