import { type FeatureDefinition, featureDefinitions } from "../../../lib/src/data/audio-features";
import type { Song } from "./judge";

/** What is wrong with a feature of a song. */
export interface FeatureFault {
  readonly feature: string;
  /** A sentence that names the feature. */
  readonly message: string;
}

/** What is wrong with a number as the value of a feature, or undefined. */
export function faultOf(definition: FeatureDefinition, value: number): string | undefined {
  const { name, whole } = definition;
  if (Number.isNaN(value)) return `${name} is not a number.`;
  if (!Number.isFinite(value)) return `${name} is too large a number.`;
  if (isOutside(definition, value)) return `${name} ${boundsOf(definition)}; ${value} is outside.`;
  if (whole && !Number.isInteger(value)) return `${name} is a whole number; ${value} is not.`;
  return undefined;
}

/** What is wrong with the features of a song, each by itself. */
export function faultsOf(song: Song): FeatureFault[] {
  return featureDefinitions.flatMap((definition, j) => {
    const message = faultOf(definition, song[j]);
    return message ? [{ feature: definition.name, message }] : [];
  });
}

function isOutside({ low, high }: FeatureDefinition, value: number): boolean {
  return (low !== null && value < low) || (high !== null && value > high);
}

function boundsOf({ low, high }: FeatureDefinition): string {
  if (low !== null && high !== null) return `goes from ${low} to ${high}`;
  return low === null ? `is at most ${high}` : `is at least ${low}`;
}
