/** How a reader is told times, ratios and memory; one wording for the pages and the Markdown. */
import type { Entry } from "./entries";

/** "4.1x faster", "1.1x slower", "as fast"; ratio is ours / peer. */
export function timesText(ratio: number): string {
  const times = ratio < 1 ? 1 / ratio : ratio;
  const text = timesFigure(times);
  if (text === "1.0") return "as fast";
  return `${text}x ${ratio < 1 ? "faster" : "slower"}`;
}

/** Two digits, but whole numbers from 10: "4.1", "41", "142". */
export function timesFigure(times: number): string {
  // 9.96 is 10, not 10.0.
  return times < 9.95 ? (times < 0.95 ? times.toPrecision(2) : times.toFixed(1)) : String(Math.round(times));
}

/** "44.1 ms", "2.08 s", "3 min 29 s", "1 h 2 min". */
export function durationText(seconds: number): string {
  if (seconds < 0.9995) return `${digits(seconds * 1000)} ms`;
  if (seconds < 59.95) return `${digits(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Three digits. */
function digits(value: number): string {
  return value >= 99.95 ? String(Math.round(value)) : value.toPrecision(3);
}

/** "310 MB", "1.2 GB". */
export function memoryText(megabytes: number): string {
  return megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1000).toFixed(1)} GB`;
}

/** How often the rows of a run were measured, to follow a comma. */
export function roundsText(quick: boolean): string {
  return quick ? "one round of each (a quick run)" : "medians of three rounds (one where the peer takes over a minute)";
}

/** How many works came out how; sums and sizes of a growing work are none. */
export function tallyText(entries: readonly Entry[]): string {
  const measured = entries.filter(({ work, group }) => work && group !== "growth");
  const ratios = measured.flatMap(({ row }) => row.ratio ?? []);
  const slower = ratios.filter((ratio) => ratio > 1).length;
  const alone = measured.length - ratios.length;
  const counts = `hitlab is faster in ${ratios.length - slower} of ${measured.length} works and slower in ${slower}`;
  return `${counts}${alone > 0 ? `; ${alone} had no peer` : ""}.`;
}
