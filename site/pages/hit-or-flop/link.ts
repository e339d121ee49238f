import { audioFeatures } from "../../../lib/src/data/audio-features";
import type { ModelName } from "../shared/fitted-models";
import { type Era, eras } from "../shared/payloads";
import type { Choice, Song } from "./judge";
import { shown } from "./shown";
import { modelNames } from "./wording";

/** What a link says, as far as it could be read. */
export interface Linked {
  readonly era?: Era;
  readonly model?: ModelName;
  readonly song?: Song;
  /** What could not be read, and what is shown in its place. */
  readonly problems: readonly string[];
}

/** The part of the address after "#": a verdict that can be sent to someone. */
export function writeLink(choice: Choice, song: Song): string {
  return `#${new URLSearchParams({ era: choice.era, model: choice.model, song: song.join(",") })}`;
}

/** @param check says what is wrong with a song, or nothing */
export function readLink(hash: string, check: (song: Song) => readonly string[]): Linked {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const problems: string[] = [];
  const era = oneOf("era", said.get("era"), eras, problems);
  const model = oneOf("model", said.get("model"), Object.keys(modelNames) as ModelName[], problems);
  return { era, model, song: songOf(said.get("song"), check, problems), problems };
}

function oneOf<Name extends string>(
  what: string,
  text: string | null,
  known: readonly Name[],
  problems: string[],
): Name | undefined {
  if (text === null) return undefined;
  const found = known.find((name) => name === text);
  if (!found) problems.push(`The link names the ${what} ${shown(text)}, which is none of ${known.join(", ")}.`);
  return found;
}

function songOf(text: string | null, check: (song: Song) => readonly string[], problems: string[]): Song | undefined {
  if (text === null) return undefined;
  const parts = text.split(",");
  const song = parts.map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (song.length !== audioFeatures.length || !song.every(Number.isFinite)) {
    problems.push(
      `The link's song must be ${audioFeatures.length} numbers with commas between; ${shown(text)} is not.`,
    );
    return undefined;
  }
  const wrong = check(song);
  problems.push(...wrong.map((problem) => `The link's song: ${problem}`));
  return wrong.length ? undefined : song;
}
