import { formatNumber } from "../../../lib/src/show/format";
import made from "../../data/decades.json";
import { find } from "../shared/dom";
import { wireThemeButton } from "../shared/theme-button";
import { claimsTable } from "./claims-table";
import { controls } from "./controls";
import { definitions } from "./definitions";
import { glance } from "./glance";
import { heatTable } from "./heat-table";
import { oneFeature } from "./one-feature";
import { readState, type State, writeState } from "./state";
import type { DecadesStatistics } from "./statistics";
import { announcement } from "./wording";

const statistics = made as unknown as DecadesStatistics;
const content = find("#content");
const status = find("#shown");
let state = readState(location.hash);

const chooser = controls(
  (chosen) => change(chosen),
  (why) => {
    status.textContent = why;
  },
);
const all = glance(statistics, (feature) => {
  change({ feature });
  one.heading.scrollIntoView({ block: "start" });
  one.heading.focus({ preventScroll: true });
});
const one = oneFeature(statistics);
const heat = heatTable(statistics);

function change(chosen: Partial<State>): void {
  state = { ...state, ...chosen };
  const written = writeState(state);
  // Without anything chosen the address is the page's own again. Each choice a step back would be too many.
  history.replaceState(null, "", written ? `#${written}` : location.pathname + location.search);
  show();
}

function show(): void {
  content.dataset.classes = state.classes;
  for (const part of [chooser, all, one, heat]) part.show(state);
  status.textContent = announcement(state, songsShown());
}

function songsShown(): number {
  const [first] = statistics.features;
  return state.decades.reduce((sum, decade) => {
    const { hits, flops } = first.decades[statistics.decades.indexOf(decade)];
    return sum + (state.classes === "flops" ? 0 : hits.songs) + (state.classes === "hits" ? 0 : flops.songs);
  }, 0);
}

find("#controls").append(chooser.element);
find("#glance").append(all.element);
find("#one").append(one.element);
find("#heat").append(heat.element);
find("#claims").append(claimsTable(statistics));
find("#definitions").append(definitions());
find("#songs").textContent = formatNumber(statistics.songs);
find("#artists").textContent = formatNumber(statistics.artists);
find("#draws").textContent = formatNumber(statistics.samples);
find("#sha256").textContent = statistics.sha256;
// A link to this page with other choices, opened in this tab; the skip link's "#content" chooses nothing.
addEventListener("hashchange", () => {
  if (!location.hash.includes("=")) return;
  state = readState(location.hash);
  show();
});
wireThemeButton();
show();
