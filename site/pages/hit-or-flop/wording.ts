import { capital } from "../shared/capital";
import type { ModelName } from "../shared/fitted-models";
import { minutes } from "../shared/minutes";
import type { Era } from "../shared/payloads";
import { pitches } from "../shared/pitches";

export const eraNames: { readonly [era in Era]: string } = {
  "00s+10s": "2000s and 2010s",
  all: "all six decades",
  "60s": "1960s",
  "70s": "1970s",
  "80s": "1980s",
  "90s": "1990s",
  "00s": "2000s",
  "10s": "2010s",
};

export const modelNames: { readonly [model in ModelName]: string } = {
  forest: "Forest",
  network: "Network",
  logistic: "Logistic",
};

/** What follows "the". */
export const modelPhrases: { readonly [model in ModelName]: string } = {
  forest: "forest",
  network: "network",
  logistic: "logistic regression",
};

/** "of the 1960s", "of all six decades": what follows "songs". */
export function ofEra(era: Era): string {
  return era === "all" ? `of ${eraNames[era]}` : `of the ${eraNames[era]}`;
}

/** Hit above one half, as scikit-learn and this library count: a forest split evenly says flop. */
export function verdictOf(probability: number): "Hit" | "Flop" {
  return probability > 0.5 ? "Hit" : "Flop";
}

/** "71 %", on one line; with one digit more where a whole number would mislead: 49.7 % is a flop, 0.4 % is not nothing. */
export function percent(share: number): string {
  const value = share * 100;
  const whole = Math.round(value);
  const misleads = (whole === 50 && value < 50) || (value > 0 && value < 1) || (value > 99 && value < 100);
  return `${misleads ? cut(value) : whole}\u00a0%`;
}

/** One digit, never rounded up to the border that it must not reach. */
function cut(value: number): string {
  if (value < 0.1) return "< 0.1";
  if (value > 99.9) return "> 99.9";
  return (Math.floor(value * 10) / 10).toFixed(1);
}

/** Percentage points with a sign: "+8.2", "−0.4"; "0" for what is too small to show. */
export function points(share: number): string {
  const value = (Math.abs(share) * 100).toFixed(1);
  if (value === "0.0") return "0";
  return `${share < 0 ? "−" : "+"}${value}`;
}

/** What a value says, where the bare number does not: "3:42 min", "C♯", "major"; else nothing. */
export function inWords(feature: string, value: number): string {
  if (feature === "key") return pitches[value] ?? "";
  if (feature === "mode") return value === 1 ? "major" : "minor";
  if (feature === "duration_ms") return `${minutes(value)} min`;
  return "";
}

/** A value as the page writes it: at most four digits that count, as the files have them. */
export function written(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4))).replace("-", "−");
}

/** A unit beside a field, where there is little room. */
export function shortUnit(unit: string): string {
  return { milliseconds: "ms", "beats per minute": "BPM" }[unit] ?? unit;
}

/** "duration_ms" as a heading: "Duration". */
export function title(feature: string): string {
  return capital(feature.replace(/_ms$/, "").replaceAll("_", " "));
}
