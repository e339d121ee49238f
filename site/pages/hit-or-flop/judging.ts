import { find, make } from "../shared/dom";
import { messageOf } from "../shared/message-of";
import type { Manifest } from "../shared/payloads";
import { whenNear } from "../shared/plotly";
import { alike, type Place } from "./alike";
import { beyond } from "./beyond";
import { type Collection, collectionOf } from "./collection";
import { fitted } from "./fitted";
import type { Choice, Song } from "./judge";
import { forestOf, Judges } from "./judges";
import { latest } from "./latest";
import { seenBy } from "./seen";
import type { FeatureRows } from "./view/feature-rows";
import { showNeighbours } from "./view/neighbours";
import { showReasons } from "./view/reasons";
import type { Told, Verdict } from "./view/verdict";

interface Case {
  readonly choice: Choice;
  readonly song: Song;
}

interface Wishes {
  /** Takes a song of the collection in place of this one. */
  take(place: Place): void;
  /** The song turned out to be one of the collection. */
  recognise(song: Song, place: Place): void;
}

/** Songs like this one that are shown. */
const neighbours = 8;

/** From a song to all that is said of it: the verdict at once, then curves, reasons and songs like it. */
export class Judging {
  private readonly judges = new Judges();
  private now?: Case;
  private collection?: Collection;
  private comparing = false;

  private readonly askVerdict = latest(
    async (asked: Case) => this.told(asked, await this.judges.probability(asked.choice, asked.song)),
    (told) => {
      // Of a song that still moves, the verdict on where it just was is shown, too.
      if (told.choice === this.now?.choice) this.verdict.show(told);
    },
    (error, asked) => this.failed(error, asked),
  );
  private readonly askCurves = latest(
    ({ choice, song }: Case) => this.judges.curves(choice, song),
    (curves, asked) => {
      if (asked === this.now) this.features.showCurves(curves);
    },
    (error, asked) => this.failed(error, asked),
    40,
  );
  private readonly askReasons = latest(
    ({ choice, song }: Case) => this.judges.reasons(choice, song),
    (reasons, asked) => {
      if (asked === this.now) showReasons(find("#reasons"), reasons, asked.choice, asked.song);
    },
    (error, asked) => this.failed(error, asked),
    250,
  );
  private readonly askCollection = latest(
    ({ choice }: Case) => collectionOf(choice.era),
    (collection, asked) => {
      if (asked.choice.era === this.now?.choice.era) this.collection = collection;
      if (asked === this.now) this.showKnown(asked, collection);
    },
    (error, asked) => {
      if (asked.choice.era === this.now?.choice.era) tellNeighbours(messageOf(error));
    },
    100,
  );

  constructor(
    private readonly manifest: Manifest,
    private readonly verdict: Verdict,
    private readonly features: FeatureRows,
    private readonly wishes: Wishes,
  ) {
    whenNear([find("#alike")], () => this.compare());
  }

  /** From now on songs are compared with the collection, which is loaded for it. */
  compare(): void {
    this.comparing = true;
    if (this.now) this.askCollection(this.now);
  }

  judge(choice: Choice, song: Song): void {
    const before = this.now;
    const asked = { choice, song };
    this.now = asked;
    if (choice.era !== before?.choice.era) this.collection = undefined;
    if (choice.era !== before?.choice.era || choice.model !== before?.choice.model) this.announce(choice);
    this.askVerdict(asked);
    this.askCurves(asked);
    this.askReasons(asked);
    if (this.comparing) this.askCollection(asked);
  }

  score(choice: Choice, songs: readonly Song[], told: (share: number) => void): Promise<readonly number[]> {
    return this.judges.score(choice, songs, told);
  }

  /** Says what is loaded, where that may take a moment. */
  private announce(choice: Choice): void {
    const bytes = this.manifest.forests.find(({ era }) => era === choice.era)?.bytes;
    const size = bytes ? ` (${(bytes / 1e6).toFixed(1)} MB)` : "";
    this.verdict.wait(choice.model === "forest" ? `Loading the forest${size}.` : "The model starts.");
    find("#reasons").replaceChildren(make("p", { class: "hint", text: "Reasons come a moment after the verdict." }));
  }

  private async told({ choice, song }: Case, probability: number): Promise<Told> {
    const { era, model } = choice;
    const own = fitted.eras[era];
    const places = this.collection?.placesOf(song) ?? [];
    const place = places.at(0);
    const said = { choice, probability, beyond: beyond(song, own.features) };
    if (model !== "forest") {
      const known = place && { hit: wasHit(places), kind: place.songs.kind };
      return { ...said, learned: "real", reliability: own.reliability[model], test: own[model].test, known };
    }
    const forest = await forestOf(era);
    const row = place && this.collection?.rowOf(place);
    const seen = row === undefined ? undefined : seenBy(forest, row);
    const known = place && { hit: wasHit(places), kind: place.songs.kind, seen };
    const reliability = forest.kind === "real" ? own.reliability.forest : undefined;
    return { ...said, learned: forest.kind, reliability, test: forest.test, known };
  }

  /** The songs are there: which are like this one, and is it one of them? */
  private showKnown(asked: Case, collection: Collection): void {
    const itself = collection.placesOf(asked.song).at(0);
    const near = alike(collection.likeness, asked.song, neighbours, itself);
    showNeighbours(find("#neighbours"), near, (place) => this.wishes.take(place));
    if (!itself) return;
    this.wishes.recognise(asked.song, itself);
    this.askVerdict(asked);
  }

  private failed(error: unknown, asked: Case): void {
    if (asked !== this.now) return;
    this.verdict.wait(`${messageOf(error)} Another model or era may still answer.`, true);
    find("#reasons").replaceChildren();
  }
}

/** Whether a song was a hit; undefined where it stands in the collection as both. */
function wasHit(places: readonly Place[]): boolean | undefined {
  const labels = new Set(places.map(({ songs, row }) => songs.target[row]));
  return labels.size === 1 ? labels.has(1) : undefined;
}

function tellNeighbours(problem: string): void {
  find("#neighbours").replaceChildren(make("p", { class: "problem", text: problem }));
}
