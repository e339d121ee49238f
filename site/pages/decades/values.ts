import { featureDefinitions } from "../../../lib/src/data/audio-features";
import { formatNumber, percent } from "../../../lib/src/show/format";
import { minutes } from "../shared/minutes";
import { pitches } from "../shared/pitches";
import type { ClassStatistics } from "./statistics";

/** Features whose whole numbers have names. */
const NAMES: Readonly<Record<string, readonly string[]>> = { key: pitches, mode: ["minor", "major"] };

/** Decimals where two are too many or, as most songs have next to nothing of it, too few. */
const DIGITS: Readonly<Record<string, number>> = {
  speechiness: 3,
  instrumentalness: 3,
  loudness: 1,
  tempo: 0,
  chorus_hit: 1,
  sections: 0,
  time_signature: 0,
};

/** A value of a feature for readers: 0.54, −7.3, 3:39 of a duration, F of a key, a share in major of the mode. */
export function formatValue(feature: string, value: number): string {
  if (feature === "mode") return inPercent(value, 0);
  if (feature === "duration_ms") return minutes(value);
  if (feature === "key") return pitches[value] ?? formatNumber(value, 1);
  return nearNothing(value, DIGITS[feature] ?? 2);
}

/** "0.000" would say neither that a value is 0 nor that it is not. */
function nearNothing(value: number, digits: number): string {
  if (value === 0) return "0";
  const least = 10 ** -digits;
  return value > 0 && value < least / 2 ? `< ${least}` : formatNumber(value, digits);
}

/** A share of one as text that no line breaks apart: "66 %". */
export function inPercent(share: number, digits?: number): string {
  return percent(share, digits).replace("%", "\u00a0%");
}

/** As `formatValue`, with the unit where a number alone would not tell. */
export function withUnit(feature: string, value: number): string {
  const unit = {
    loudness: " dB",
    tempo: " beats per minute",
    duration_ms: " min",
    chorus_hit: " s",
    mode: " in major",
  };
  return `${formatValue(feature, value)}${unit[feature as keyof typeof unit] ?? ""}`;
}

/** Names of the values of a whole-number feature, by value; undefined where the numbers themselves are the names. */
export function valueNames(feature: string): readonly string[] | undefined {
  return NAMES[feature];
}

/** What the trend of a feature shows: the median, of mode (0 or 1) the share of songs in major. */
export function centreOf(feature: string, { mean, quantiles }: ClassStatistics): number {
  return feature === "mode" ? mean : quantiles[2];
}

/** The middle half of the songs; undefined of mode, which has no middle. */
export function middleHalf(feature: string, { quantiles }: ClassStatistics): readonly [number, number] | undefined {
  return feature === "mode" ? undefined : [quantiles[1], quantiles[3]];
}

/** What an axis of the feature's trend is called. */
export function trendUnit(feature: string): string {
  if (feature === "mode") return "share in major";
  if (feature === "duration_ms") return "minutes";
  if (feature === "tempo") return "beats a minute";
  if (feature === "time_signature") return "beats a bar";
  return definitionOf(feature).unit;
}

/** @throws Error for an unknown feature */
export function definitionOf(feature: string) {
  const definition = featureDefinitions.find(({ name }) => name === feature);
  if (!definition)
    throw new Error(`there is no audio feature "${feature}". To mend it: pass one of featureDefinitions`);
  return definition;
}
