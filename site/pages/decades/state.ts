import { audioFeatures } from "../../../lib/src/data/audio-features";
import { type Decade, decadesInTime } from "../shared/payloads";

export type Classes = "both" | "hits" | "flops";

export const classChoices: readonly Classes[] = ["both", "hits", "flops"];

/** What a reader chose; the address of the page keeps it. */
export interface State {
  /** In the order of time, one at least. */
  readonly decades: readonly Decade[];
  readonly classes: Classes;
  /** Name of the feature that is shown large. */
  readonly feature: string;
}

export const defaultState: State = { decades: decadesInTime, classes: "both", feature: "danceability" };

/** Reads the part of an address after "#". What is unknown there counts as not chosen. */
export function readState(hash: string): State {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  const asked = (values.get("decades") ?? "").split(",");
  const decades = decadesInTime.filter((decade) => asked.includes(decade));
  const classes = classChoices.find((choice) => choice === values.get("classes"));
  const feature = audioFeatures.find((name) => name === values.get("feature"));
  return {
    decades: decades.length > 0 ? decades : defaultState.decades,
    classes: classes ?? defaultState.classes,
    feature: feature ?? defaultState.feature,
  };
}

/** The part of an address after "#": only what differs from the page as it opens; "" where nothing does. */
export function writeState({ decades, classes, feature }: State): string {
  const parts = [
    feature !== defaultState.feature && `feature=${feature}`,
    decades.length < decadesInTime.length && `decades=${decades.join(",")}`,
    classes !== defaultState.classes && `classes=${classes}`,
  ];
  return parts.filter(Boolean).join("&");
}

/** The classes shown: hits first. */
export function shownClasses({ classes }: Pick<State, "classes">): readonly ("hits" | "flops")[] {
  return classes === "both" ? ["hits", "flops"] : [classes];
}
