import type { FeatureMarks } from "../shared/fitted-models";
import { type Era, eras } from "../shared/payloads";
import { fitted } from "./fitted";
import type { Choice, Song } from "./judge";
import { ofEra } from "./wording";

/** What the page shows a verdict on. */
export interface State {
  readonly choice: Choice;
  readonly song: Song;
  readonly name: SongName;
}

/** What the song is called; `more` says where it comes from. */
export interface SongName {
  readonly text: string;
  readonly more: string;
}

export const ownSong: SongName = { text: "A song of your own", more: "" };

export function marksOf(era: Era): readonly FeatureMarks[] {
  return fitted.eras[era].features;
}

/**
 * The song with the median of hits, or of flops, in every feature. That of flops may well be called a hit: flops differ so
 * much from each other that none need lie in their middle.
 */
export function typical(era: Era, kind: "hit" | "flop"): Pick<State, "song" | "name"> {
  const song = marksOf(era).map((marks) => marks[kind][1]);
  return {
    song,
    name: { text: `The typical ${kind} ${ofEra(era)}`, more: notReal[kind] },
  };
}

const notReal = {
  hit: "No real song: each number by itself is the median of all hits.",
  flop: "No real song: each number by itself is the median of all flops. Together they need not sound like one.",
};

/** The study's own choice; on invented songs a model that was fitted on real ones. */
export function firstChoice(real: boolean): Choice {
  return { era: eras[0], model: real ? "forest" : "network" };
}
