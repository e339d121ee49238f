import { audioFeatures } from "../../../lib/src/data/audio-features";
import { random } from "../../../lib/src/random";
import { copyText } from "../shared/copy-text";
import { find } from "../shared/dom";
import type { ModelName } from "../shared/fitted-models";
import { messageOf } from "../shared/message-of";
import { type Era, eras, type Manifest } from "../shared/payloads";
import { aboutModel } from "./about-model";
import type { Place } from "./alike";
import { collectionOf, songAt } from "./collection";
import { faultsOf } from "./feature-value";
import type { Choice, Song } from "./judge";
import { Judging } from "./judging";
import { readLink, writeLink } from "./link";
import { firstChoice, marksOf, ownSong, type SongName, type State, typical } from "./state";
import { Choices } from "./view/choices";
import { DropTable } from "./view/drop-table";
import { FeatureRows } from "./view/feature-rows";
import { FindSong } from "./view/find-song";
import { PasteRecord } from "./view/paste-record";
import { Verdict } from "./view/verdict";
import { eraNames, modelNames, modelPhrases, ofEra } from "./wording";

/** The page: it holds what is chosen, hands it to the views and to the judge, and keeps it in the address. */
export class Page {
  private state: State;
  private readonly verdict = new Verdict();
  private readonly features = new FeatureRows((song) => this.set({ song, name: ownSong }));
  private readonly judging: Judging;
  private readonly models: Choices<ModelName>;
  private readonly era = find<HTMLSelectElement>("#era");
  private readonly search: FindSong;
  private writing?: ReturnType<typeof setTimeout>;

  constructor(private readonly manifest: Manifest) {
    const choice = firstChoice(manifest.songs.kind === "real");
    this.state = { choice, ...typical(choice.era, "hit") };
    this.judging = new Judging(manifest, this.verdict, this.features, {
      take: (place) => this.take(place),
      recognise: (song, place) => this.recognise(song, place),
    });
    this.models = new Choices(
      find("#models"),
      "model",
      (["forest", "network", "logistic"] as const).map((model) => [model, modelNames[model]]),
      (model) => this.choose({ ...this.state.choice, model }),
    );
    this.search = new FindSong({
      search: async () => (await collectionOf(this.state.choice.era)).search,
      era: () => this.state.choice.era,
      widen: () => this.choose({ ...this.state.choice, era: "all" }),
      taken: (place) => this.take(place),
    });
  }

  start(): void {
    for (const era of eras) this.era.append(new Option(eraNames[era], era));
    this.era.addEventListener("change", () => this.choose({ ...this.state.choice, era: this.era.value as Era }));
    this.wireExamples();
    this.wireTables();
    this.wireBelief();
    this.wireLink();
    window.addEventListener("hashchange", () => {
      // The skip link's "#content" is no song.
      if (location.hash.includes("=")) this.followLink();
    });
    this.followLink();
  }

  private set(change: Partial<State>): void {
    const before = this.state;
    this.state = { ...before, ...change };
    this.tellProblem("");
    this.show(before);
    clearTimeout(this.writing);
    // Browsers refuse too many new addresses in a short time.
    this.writing = setTimeout(() => this.writeAddress(), 300);
  }

  private show(before?: State): void {
    const { choice, song, name } = this.state;
    this.models.set(choice.model);
    find("#about-model").textContent = aboutModel(choice, this.manifest.trees);
    this.era.value = choice.era;
    find("#search-era").textContent = ofEra(choice.era);
    showName(name);
    // A slider that moves shows its own value already.
    if (name !== ownSong || choice.era !== before?.choice.era) this.features.show(song, marksOf(choice.era));
    this.judging.judge(choice, song);
  }

  /** Of a typical song, another era has another one. */
  private choose(choice: Choice): void {
    const { era } = this.state.choice;
    if (choice.era !== era) this.search.forget();
    const kind = (["hit", "flop"] as const).find((kind) => typical(era, kind).name.text === this.state.name.text);
    this.set({ choice, ...(kind && typical(choice.era, kind)) });
  }

  private take(place: Place): void {
    this.set({ song: songAt(place), name: nameOf(place) });
    this.judging.compare();
  }

  /** A song that came as bare numbers gets its name, once the collection says which one it is. */
  private recognise(song: Song, place: Place): void {
    if (song !== this.state.song || !unnamed.includes(this.state.name)) return;
    this.state = { ...this.state, name: nameOf(place) };
    showName(this.state.name);
  }

  private wireExamples(): void {
    for (const kind of ["hit", "flop"] as const) {
      find(`#typical-${kind}`).addEventListener("click", () => this.set(typical(this.state.choice.era, kind)));
    }
    find("#random").addEventListener("click", () => void this.takeRandom());
    find("#to-sliders").addEventListener("click", () => this.features.focusFirst());
  }

  private async takeRandom(): Promise<void> {
    try {
      const { search } = await collectionOf(this.state.choice.era);
      // Another song at each press: the seed is the moment.
      this.take(search.row(random(Date.now() % 2 ** 32, "a song").integer(0, search.size)));
    } catch (error) {
      this.tellProblem(messageOf(error));
    }
  }

  private wireTables(): void {
    new PasteRecord({
      marks: () => marksOf(this.state.choice.era),
      example: () => exampleOf(this.state.song),
      taken: (song) => {
        this.set({ song, name: pastedSong });
        this.judging.compare();
      },
    });
    new DropTable({
      score: (songs, told) => this.judging.score(this.state.choice, songs, told),
      judgedBy: () => `the ${modelPhrases[this.state.choice.model]} ${ofEra(this.state.choice.era)}`,
    });
  }

  private wireBelief(): void {
    const options = [
      ["0.5", "1 in 2"],
      ["0.1", "1 in 10"],
      ["0.01", "1 in 100"],
    ] as const;
    const beliefs = new Choices(find("#beliefs"), "belief", options, (share) => this.verdict.believe(Number(share)));
    beliefs.set("0.5");
  }

  private wireLink(): void {
    find("#copy-link").addEventListener("click", async () => {
      this.writeAddress();
      const told = find("#copied");
      const done = await copyText(location.href);
      told.textContent = done ? "Copied." : "The browser forbids that: copy the address of this page.";
      setTimeout(() => {
        told.textContent = "";
      }, 4000);
    });
  }

  private writeAddress(): void {
    clearTimeout(this.writing);
    history.replaceState(null, "", writeLink(this.state.choice, this.state.song));
  }

  /** What a link does not say, or says wrongly, is as on a page without one. */
  private followLink(): void {
    const linked = readLink(location.hash, (song) => faultsOf(song).map(({ message }) => message));
    const first = firstChoice(this.manifest.songs.kind === "real");
    const choice = { era: linked.era ?? first.era, model: linked.model ?? first.model };
    const song: Pick<State, "song" | "name"> = linked.song
      ? { song: linked.song, name: linkedSong }
      : typical(choice.era, "hit");
    this.state = { choice, ...song };
    this.tellProblem(linked.problems.join(" "));
    this.search.forget();
    this.show();
    // Whether a forest knows a song by heart must be said at once, too.
    if (linked.song) this.judging.compare();
  }

  private tellProblem(text: string): void {
    const box = find("#problem");
    box.hidden = text === "";
    box.textContent = text;
  }
}

/** Songs of which the page knows but the numbers. */
const linkedSong: SongName = { text: "The song of the link", more: "" };
const pastedSong: SongName = { text: "The pasted record", more: "" };
const unnamed: readonly SongName[] = [linkedSong, pastedSong];

function nameOf({ songs, row }: Place): SongName {
  return { text: `${songs.track[row]} · ${songs.artist[row]}`, more: eraNames[songs.decade] };
}

function showName({ text, more }: SongName): void {
  find("#now").textContent = text;
  find("#now").title = text.slice(0, 1000);
  find("#now-more").textContent = more;
}

function exampleOf(song: Song): string {
  return JSON.stringify(Object.fromEntries(audioFeatures.map((name, j) => [name, song[j]])), null, 2);
}
