import { make } from "../../shared/dom";
import type { Place } from "../alike";
import type { Alike } from "../judge";
import { eraNames } from "../wording";

/** The songs nearest to one, each a button that takes it; the focus stays among them. */
export function showNeighbours(box: HTMLElement, songs: readonly Alike[], take: (place: Place) => void): void {
  const focused = box.contains(document.activeElement);
  const hits = songs.filter(({ songs: of, row }) => of.target[row] === 1).length;
  const summary = `${hits} of the ${songs.length} nearest were hits. The nearer, the more alike in all fifteen numbers, each counted in its standard deviations.`;
  const head = ["Song", "Was", "Distance"].map((text, at) =>
    make("th", { class: at === 2 ? "number" : "", attributes: { scope: "col" }, text }),
  );
  const rows = songs.map((song) => row(song, take));
  const caption = make("caption", { class: "visually-hidden", text: "The songs nearest to this one" });
  const table = make(
    "table",
    { class: "figures neighbours" },
    caption,
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...rows),
  );
  box.replaceChildren(make("p", { class: "hint", text: summary }), table);
  if (focused) box.querySelector("button")?.focus();
}

function row({ songs, row: at, distance }: Alike, take: (place: Place) => void): HTMLElement {
  const hit = songs.target[at] === 1;
  const name = make(
    "button",
    {
      class: "take",
      attributes: { type: "button", title: `${songs.track[at]} · ${songs.artist[at]}`.slice(0, 1000) },
      on: { click: () => take({ songs, row: at }) },
    },
    make("b", { class: "data-text clamp", text: songs.track[at] }),
    make(
      "span",
      { class: "by quiet" },
      make("span", { class: "data-text clamp", text: songs.artist[at] }),
      make("span", { text: eraNames[songs.decade] }),
    ),
  );
  return make(
    "tr",
    {},
    make("td", { class: "song-cell" }, name),
    make("td", {}, make("span", { class: `tag ${hit ? "hit" : "flop"}`, text: hit ? "hit" : "flop" })),
    make("td", { class: "number", text: distance.toFixed(2) }),
  );
}
