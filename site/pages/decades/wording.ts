import { counted, formatNumber, listed } from "../../../lib/src/show/format";
import { capital } from "../shared/capital";
import type { Decade } from "../shared/payloads";
import { type Interval, leanIn } from "./lean";
import { type State, shownClasses } from "./state";
import type { DecadeStatistics, FeatureStatistics } from "./statistics";
import { centreOf, inPercent, withUnit } from "./values";

/** What songs with more and with less of a feature tend to do. */
const COMPARED: Readonly<Record<string, readonly [more: string, less: string]>> = {
  danceability: ["be more danceable", "be less danceable"],
  energy: ["have more energy", "have less energy"],
  key: ["have a higher key number", "have a lower key number"],
  loudness: ["be louder", "be quieter"],
  mode: ["be in major more often", "be in major less often"],
  speechiness: ["hold a larger share of spoken words", "hold a smaller share of spoken words"],
  acousticness: ["sound more acoustic", "sound less acoustic"],
  instrumentalness: ["sound more instrumental", "sound less instrumental"],
  liveness: ["sound more live", "sound less live"],
  valence: ["be more cheerful", "be less cheerful"],
  tempo: ["be faster", "be slower"],
  duration_ms: ["be longer", "be shorter"],
  time_signature: ["have more beats to the bar", "have fewer beats to the bar"],
  chorus_hit: ["reach the chorus later", "reach the chorus earlier"],
  sections: ["have more sections", "have fewer sections"],
};

/** What an AUC, and what those of all decades, say of a feature's values among the hits. */
export const inHits = { more: "larger", less: "smaller", open: "too close to tell", changes: "changes" } as const;

export const auc = (value: number, digits = 2): string => formatNumber(value, digits);

/** An AUC with its interval: "AUC 0.71, 95 % interval 0.69 to 0.73". */
function aucWithInterval({ estimate, low, high }: Interval): string {
  return `AUC ${auc(estimate)}, 95\u00a0% interval ${auc(low)} to ${auc(high)}`;
}

/** How many decades a sentence is about. */
interface Told {
  readonly decade: Decade;
  readonly auc: Interval;
}

/** What the AUCs of a feature say of hits and flops in the decades shown, and where the gap is largest. */
export function comparison(feature: FeatureStatistics, all: readonly Decade[], shown: readonly Decade[]): string {
  const told: Told[] = shown.map((decade) => ({ decade, auc: feature.decades[all.indexOf(decade)].auc }));
  const leaning = (lean: string) => told.filter((each) => leanIn(each.auc) === lean);
  const [more, less, open] = [leaning("more"), leaning("less"), leaning("open")];
  const where = (some: Told[]) => {
    if (some.length < told.length || told.length === 1) return `in the ${listed(some.map(({ decade }) => decade))}`;
    return told.length === all.length ? "in every decade" : "in every decade shown";
  };
  const [moreSo, lessSo] = COMPARED[feature.name] ?? ["have larger values", "have smaller values"];
  const clauses = [
    more.length > 0 && `hits tend to ${moreSo} than flops ${where(more)}`,
    less.length > 0 && `hits tend to ${lessSo} than flops ${where(less)}`,
    open.length > 0 && `${where(open)} the two cannot be told apart by it (the 95\u00a0% interval holds one half)`,
  ].filter((clause) => clause !== false);
  return `${capital(clauses.join("; "))}. ${largestGap(told)}`;
}

function largestGap(told: readonly Told[]): string {
  const gap = ({ auc: { estimate } }: Told) => Math.abs(estimate - 0.5);
  const widest = told.reduce((best, each) => (gap(each) > gap(best) ? each : best));
  const chance = inPercent(widest.auc.estimate, 0);
  const name = told.length === 1 ? "In" : "The gap is largest in";
  const value = `a hit drawn at random has the larger value with a chance of ${chance}, ties counted half`;
  return `${name} the ${widest.decade}${told.length === 1 ? "" : ":"} ${value} (${aucWithInterval(widest.auc)}).`;
}

/** The trend of a feature in words: what is shown of it in the first and in the last of the decades. */
export function trend(feature: FeatureStatistics, all: readonly Decade[], state: State): string {
  const at = (decade: Decade): DecadeStatistics => feature.decades[all.indexOf(decade)];
  const parts = shownClasses(state).map((kind) => {
    const told = state.decades.map(
      (decade) => `${decade} ${withUnit(feature.name, centreOf(feature.name, at(decade)[kind]))}`,
    );
    return `${kind}: ${told.join(", ")}`;
  });
  const what = feature.name === "mode" ? "Share of songs in major" : `Median ${feature.name}`;
  return `${what}. ${capital(parts.join("; "))}.`;
}

/** What is shown now, for a reader who cannot see the figures change. */
export function announcement(state: State, songs: number): string {
  const kinds = state.classes === "both" ? "hits and flops" : `${state.classes} only`;
  return `Shown: ${counted(songs, "song")} of the ${listed(state.decades)}, ${kinds}; ${state.feature} large.`;
}
