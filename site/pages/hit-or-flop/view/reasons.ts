import { audioFeatures } from "../../../../lib/src/data/audio-features";
import { make } from "../../shared/dom";
import type { Choice, Reasons, Song } from "../judge";
import { inWords, percent, points, title, written } from "../wording";

/** Features that stand at once; the others unfold. */
const first = 6;

/** From the base to the verdict: what each feature adds, the largest first, as bars in a table. */
export function showReasons(box: HTMLElement, reasons: Reasons, choice: Choice, song: Song): void {
  const { base, contributions } = reasons;
  const order = contributions.map((_, at) => at);
  order.sort((a, b) => Math.abs(contributions[b]) - Math.abs(contributions[a]));
  const largest = Math.max(...contributions.map(Math.abs), 0.01);
  const rows = order.map((at) => row(audioFeatures[at], song[at], contributions[at], largest));
  const others = sumOf(order.slice(first).map((at) => contributions[at]));
  const summary = make("summary", {}, `The other ${order.length - first}: ${points(others)} together`);
  const more = make("details", { class: "more" }, summary, table("What the other features add", rows.slice(first)));
  more.open = box.querySelector("details")?.open ?? false;
  box.replaceChildren(
    make("p", { class: "hint", text: fromTo(choice, base, sumOf([base, ...contributions])) }),
    table("What the main features add to the probability of a hit", rows.slice(0, first)),
    more,
  );
}

/** Without the dust of many additions, which could make the verdict's 15.5 % a 15.49 %. */
function sumOf(numbers: readonly number[]): number {
  return Number(numbers.reduce((a, b) => a + b, 0).toFixed(12));
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

function fromTo({ model }: Choice, base: number, sum: number): string {
  const start = model === "forest" ? "the mean over the songs it learned from" : "what the medians of all songs get";
  return `From ${percent(base)}, ${start}, to ${percent(sum)}: what each number adds, in percentage points (exact Shapley values).`;
}

function row(feature: string, value: number, adds: number, largest: number): HTMLElement {
  const bar = make("span", { class: `adds ${adds < 0 ? "flop" : "hit"}`, attributes: { "aria-hidden": true } });
  const width = (Math.abs(adds) / largest) * 50;
  bar.style.width = `${width}%`;
  bar.style.left = `${adds < 0 ? 50 - width : 50}%`;
  const number = make("span", { class: "number", text: points(adds) });
  return make(
    "tr",
    {},
    make("th", { attributes: { scope: "row" }, text: title(feature) }),
    make("td", { class: "number quiet", text: inWords(feature, value) || written(value) }),
    make("td", {}, make("div", { class: "adds-cell" }, make("span", { class: "adds-track" }, bar), number)),
  );
}
