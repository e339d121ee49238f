import { formatNumber, listed } from "../../../../lib/src/show/format";
import { find, make } from "../../shared/dom";
import type { Reliability } from "../../shared/fitted-models";
import type { DataKind, ScoresPayload } from "../../shared/payloads";
import type { Choice } from "../judge";
import { underShare } from "../prior";
import { binOf, trustSentence } from "../reliability";
import type { Seen } from "../seen";
import { modelPhrases, ofEra, percent, title, verdictOf } from "../wording";
import { gauge } from "./gauge";

/** All that the verdict rests on. */
export interface Told {
  readonly choice: Choice;
  readonly probability: number;
  /** Of what songs the model learned. */
  readonly learned: DataKind;
  /** How far to trust it; not known of a forest that learned from invented songs. */
  readonly reliability?: Reliability;
  /** Features in which no song of the era goes so far. */
  readonly beyond: readonly string[];
  /** On the study's songs kept aside. */
  readonly test?: ScoresPayload;
  /** Of a song of the collection: what it was (undefined: it stands there as both), and whether the forest learned from it. */
  readonly known?: { readonly hit: boolean | undefined; readonly kind: DataKind; readonly seen?: Seen };
}

/** Shows the verdict; says it once the song rests. */
export class Verdict {
  private readonly box = find("#says");
  private readonly spoken = find("#spoken");
  private readonly believed = find("#believed");
  private readonly glance = find<HTMLButtonElement>("#glance");
  private timer?: ReturnType<typeof setTimeout>;
  private told?: Told;
  private share = 0.5;

  constructor() {
    const verdict = find("#verdict");
    this.glance.addEventListener("click", () => {
      verdict.scrollIntoView({ block: "start" });
      verdict.focus({ preventScroll: true });
    });
    new IntersectionObserver(([seen]) => {
      this.glance.classList.toggle("needed", !seen.isIntersecting);
    }).observe(this.box);
  }

  /** Until there is a verdict, and where there is none. */
  wait(text: string, failed = false): void {
    this.told = undefined;
    this.box.setAttribute("aria-busy", String(!failed));
    this.box.replaceChildren(make("p", { class: failed ? "problem" : "hint waiting", text }));
    this.glance.hidden = true;
    this.believed.textContent = "";
    this.say(text);
  }

  show(found: Told): void {
    const told = found.beyond.length ? { ...found, reliability: undefined } : found;
    this.told = told;
    const { probability } = told;
    const trusted = trustedOf(told);
    const interval = told.reliability && binOf(told.reliability, trusted).hits;
    const notes = [knownNote(told), trustNote(told, trusted), qualityNote(told)].filter((note) => note !== undefined);
    this.box.setAttribute("aria-busy", "false");
    this.box.replaceChildren(bigWords(told), gauge(probability, trusted, interval), ...notes);
    this.glance.hidden = false;
    this.glance.replaceChildren(...glanceAt(probability));
    this.showBelief();
    this.say(spokenOf(told));
  }

  /** Another belief in how many of all songs are hits. */
  believe(share: number): void {
    this.share = share;
    this.showBelief();
    this.say(this.believed.textContent);
  }

  private showBelief(): void {
    if (!this.told) return;
    const moved = percent(underShare(trustedOf(this.told), this.share));
    this.believed.textContent =
      this.share === 0.5
        ? "As in this collection. Of all songs that come out, far fewer are."
        : `If one song in ${Math.round(1 / this.share)} is a hit and the others are like the flops here, this one is a hit with a probability of ${moved}.`;
  }

  private say(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.spoken.textContent = text;
    }, 700);
  }
}

/** The probability that deserves trust: of a song that the forest learned from, what trees say that did not see it. */
function trustedOf({ probability, known }: Told): number {
  return known?.seen?.trained ? (known.seen.outOfBag ?? probability) : probability;
}

function bigWords({ probability }: Told): HTMLElement {
  const verdict = verdictOf(probability);
  const number = make("data", { id: "probability", attributes: { value: probability }, text: percent(probability) });
  const words = [make("b", { text: verdict }), number, make("span", { class: "hint", text: "probability of a hit" })];
  return make("p", { class: `big ${verdict.toLowerCase()}` }, ...words);
}

function glanceAt(probability: number): HTMLElement[] {
  const verdict = verdictOf(probability);
  return [
    make("b", { class: verdict.toLowerCase(), text: `${verdict} ${percent(probability)}` }),
    make("span", { class: "quiet", text: "to the verdict" }),
  ];
}

function spokenOf({ choice, probability, known }: Told): string {
  const says = `${verdictOf(probability)}, ${percent(probability)}, says the ${modelPhrases[choice.model]}.`;
  const fair = known?.seen?.trained ? known.seen.outOfBag : null;
  return fair === null
    ? says
    : `${says} It knows this song by heart; trees that had not heard it say ${percent(fair)}.`;
}

function knownNote(told: Told): HTMLElement | undefined {
  const { known } = told;
  if (!known) return undefined;
  const { hit } = known;
  const [was, did] = hit === undefined ? standsTwice(known.seen) : [itWas(hit, known.kind), howItDid(told, hit, known)];
  return make("p", { class: "known" }, make("b", { text: was }), ` ${did}`);
}

function itWas(hit: boolean, kind: DataKind): string {
  return `${kind === "real" ? "It really was" : "In the invented collection it was"} a ${hit ? "hit" : "flop"}.`;
}

/** The same recording in two files, with two labels. */
function standsTwice(seen?: Seen): [was: string, did: string] {
  const fair = seen?.trained ? seen.outOfBag : null;
  const unheard = fair === null ? "" : ` Trees that had not heard it say ${percent(fair)} (the hollow mark).`;
  return ["The collection has it as a hit and as a flop.", `So no verdict on it is right or wrong.${unheard}`];
}

/** Whether the model is right; of a song that a forest learned from, whether the trees are that had not heard it. */
function howItDid({ choice, probability, learned }: Told, hit: boolean, { kind, seen }: NonNullable<Told["known"]>) {
  const did = (said: number) => (hit === (verdictOf(said) === "Hit") ? "right" : "wrong");
  if (learned !== kind) return "That tells nothing about the model, which learned from real songs.";
  if (choice.model !== "forest") {
    return `The verdict is ${did(probability)}; the model learned from three quarters of these songs, perhaps from it.`;
  }
  if (!seen?.trained)
    return `The verdict is ${did(probability)}${seen ? ", and the forest had not heard the song" : ""}.`;
  const byHeart = "The forest learned from it and knows it by heart";
  return seen.outOfBag === null
    ? `${byHeart}: its verdict proves nothing.`
    : `${byHeart}. Trees that had not heard it are fairer: they say ${percent(seen.outOfBag)} (the hollow mark), which is ${did(seen.outOfBag)}.`;
}

function trustNote({ choice, reliability, learned, beyond }: Told, trusted: number): HTMLElement {
  if (beyond.length) {
    const where = `No song ${ofEra(choice.era)} goes so far in ${listed(beyond.map((name) => title(name).toLowerCase()))}.`;
    return make("p", { class: "trust" }, make("b", { text: where }), " The model guesses, and no test tells how well.");
  }
  if (!reliability) {
    const text =
      learned === "real" ? "" : "It learned from invented songs: nobody can say how far to trust it on real ones.";
    return make("p", { class: "trust", text });
  }
  const { songs, got, hits, interval } = trustSentence(reliability, trusted);
  return make(
    "p",
    { class: "trust" },
    `Tested on artists unknown to it, it gave ${songs} songs ${got}: `,
    make("b", { text: `${hits} of them were hits` }),
    ` (95\u00a0% interval ${interval}, the grey band).`,
  );
}

/** With artists kept apart where that is known; else on songs kept aside as the study kept them. */
function qualityNote({ reliability, test, learned }: Told): HTMLElement {
  const text = reliability ? acrossArtists(reliability) : test ? onTest(test, learned) : "";
  return make("p", { class: "hint", text });
}

function acrossArtists({ accuracy, rocAuc }: Reliability): string {
  const range = `${Math.round(accuracy.low * 100)} to ${percent(accuracy.high)}`;
  const auc = rocAuc.estimate.toFixed(2);
  return `Over that whole test: ${percent(accuracy.estimate)} of the verdicts right (${range}); the hit above the flop in ${Math.round(100 * Number(auc))} of 100 pairs (AUC ${auc}).`;
}

function onTest({ songs, accuracy, rocAuc }: ScoresPayload, learned: DataKind): string {
  const kept = `${formatNumber(songs)} ${learned === "real" ? "" : "invented "}songs kept aside`;
  return `On ${kept}: ${percent(accuracy)} right, AUC ${rocAuc.toFixed(2)}.`;
}
