import { audioFeatures } from "../../../../lib/src/data/audio-features";
import { make } from "../../shared/dom";
import type { Choice, Reasons, Song } from "../judge";
import { inWords, percent, points, title, verdictOf, written } from "../wording";

/** Features that stand at once; the others unfold. */
const first = 6;

/** From the base to the verdict: what each feature adds, the largest first, as bars in a table. */
export function reasonsTable(reasons: Reasons, choice: Choice, song: Song): HTMLElement {
  const { base, contributions } = reasons;
  const order = contributions.map((_, at) => at);
  order.sort((a, b) => Math.abs(contributions[b]) - Math.abs(contributions[a]));
  const largest = Math.max(...contributions.map(Math.abs), 0.01);
  const rows = order.map((at) => row(audioFeatures[at], song[at], contributions[at], largest));
  const sum = contributions.reduce((a, b) => a + b, base);
  const others = contributionsOf(order.slice(first), contributions);
  const summary = make("summary", {}, `The other ${order.length - first}: ${points(others)} together`);
  return make(
    "div",
    {},
    make("p", { class: "hint", text: startOf(choice, base) }),
    table("What the main features add to the probability of a hit", rows.slice(0, first)),
    make("details", { class: "more" }, summary, table("What the other features add", rows.slice(first))),
    make("p", { class: "hint", text: `Together ${percent(sum)}: a ${verdictOf(sum).toLowerCase()}.` }),
  );
}

function contributionsOf(features: readonly number[], contributions: readonly number[]): number {
  return features.reduce((sum, at) => sum + contributions[at], 0);
}

function table(caption: string, rows: readonly HTMLElement[]): HTMLElement {
  const names = ["Feature", "Value", "Adds, in percentage points"];
  const head = make("tr", {}, ...names.map((text) => make("th", { attributes: { scope: "col" }, text })));
  return make(
    "table",
    { class: "reasons" },
    make("caption", { class: "visually-hidden", text: caption }),
    make("thead", { class: "visually-hidden" }, head),
    make("tbody", {}, ...rows),
  );
}

function startOf({ model }: Choice, base: number): string {
  const begins =
    model === "forest"
      ? `Knowing nothing of a song the forest says ${percent(base)}`
      : `Of the era's typical song, the median in every number, it says ${percent(base)}`;
  return `${begins}. What each number of this song adds, in percentage points (exact Shapley values):`;
}

function row(feature: string, value: number, adds: number, largest: number): HTMLElement {
  const bar = make("span", { class: `adds ${adds < 0 ? "flop" : "hit"}`, attributes: { "aria-hidden": true } });
  const width = (Math.abs(adds) / largest) * 50;
  bar.style.width = `${width}%`;
  bar.style.left = `${adds < 0 ? 50 - width : 50}%`;
  return make(
    "tr",
    {},
    make("th", { attributes: { scope: "row" }, text: title(feature) }),
    make("td", { class: "number quiet", text: inWords(feature, value) || written(value) }),
    make(
      "td",
      { class: "adds-cell" },
      make("span", { class: "adds-track" }, bar),
      make("span", { class: "number", text: points(adds) }),
    ),
  );
}
