import { make } from "../shared/dom";
import { scrollBox } from "../shared/scroll-box";
import { downloadButton } from "./actions";
import { type HeatSort, ordered, pressed, unsorted, within } from "./heat-order";
import { type Interval, type Lean, leanIn } from "./lean";
import type { State } from "./state";
import type { DecadesStatistics, FeatureStatistics } from "./statistics";
import { aucTable } from "./tables";
import { auc, inHits } from "./wording";

/** The AUC of every feature in every decade chosen, coloured by how far it is from one half; its columns sort it. */
export function heatTable(statistics: DecadesStatistics) {
  let sort = unsorted;
  let shown: State | undefined;
  const table = make("table", { class: "figures heat" });
  const intervals = make("input", {
    attributes: { type: "checkbox" },
    on: { change: () => table.classList.toggle("with-intervals", intervals.checked) },
  });
  const status = make("p", { class: "visually-hidden", attributes: { role: "status" } });
  const draw = () => shown && fill(table, statistics, shown, sort, press);
  const press = (by: HeatSort["by"]) => {
    sort = pressed(sort, by);
    draw();
    table.querySelector<HTMLElement>(`[data-sort="${by}"]`)?.focus();
    status.textContent = `Sorted by ${by === "lean" ? "the verdict" : by}, ${sort.descending ? "descending" : "ascending"}.`;
  };
  const save = downloadButton(() => shown && aucTable(statistics, shown.decades, ordered(statistics, sort)));
  return {
    element: make(
      "div",
      { class: "figure-panel" },
      scrollBox("AUC of each feature by decade", table),
      make("p", { class: "actions" }, make("label", { class: "check" }, intervals, " Show intervals"), save),
      status,
    ),
    show(state: State) {
      sort = within(sort, state.decades);
      shown = state;
      draw();
    },
  };
}

type Press = (by: HeatSort["by"]) => void;

function fill(
  table: HTMLElement,
  statistics: DecadesStatistics,
  { decades }: State,
  sort: HeatSort,
  press: Press,
): void {
  const columns: [HeatSort["by"], string][] = [
    ["name", "Feature"],
    ...decades.map((decade): [HeatSort["by"], string] => [decade, decade]),
    ["lean", "In all six"],
  ];
  const heads = columns.map(([by, text]) => head(by, text, sort, press));
  const rows = ordered(statistics, sort).map((feature) =>
    make(
      "tr",
      {},
      make("th", { text: feature.name, attributes: { scope: "row" } }),
      ...decades.map((decade) => aucCell(feature.decades[statistics.decades.indexOf(decade)].auc)),
      make("td", { class: "lean", text: words(feature.lean) }),
    ),
  );
  const caption =
    "AUC of each feature alone. Blue, above 0.5: hits have more of it; orange, below: less. ≈ marks where the 95 % interval over artists holds one half.";
  table.replaceChildren(
    make("caption", { text: caption }),
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows),
  );
}

function head(by: HeatSort["by"], text: string, sort: HeatSort, press: Press): HTMLElement {
  const here = sort.by === by;
  const direction = sort.descending ? "descending" : "ascending";
  const mark = make("span", {
    class: "arrow",
    text: here ? (sort.descending ? "↓" : "↑") : "↕",
    attributes: { "aria-hidden": "true" },
  });
  const attributes = { type: "button", "data-sort": by };
  return make(
    "th",
    { attributes: { scope: "col", "aria-sort": here ? direction : "none" } },
    make("button", { class: "sort", attributes, on: { click: () => press(by) } }, text, mark),
  );
}

function words(lean: Lean | "open"): string {
  return lean === "more" || lean === "less" ? `${inHits[lean]} in hits` : inHits[lean];
}

/** A cell whose fill is the stronger the farther the AUC lies from one half. */
export function aucCell(value: Interval): HTMLElement {
  const lean = leanIn(value);
  // With two digits many a limit would read 0.50, on either side of one half.
  const interval = `${auc(value.low, 3)} to ${auc(value.high, 3)}`;
  const cell = make(
    "td",
    {
      class: `auc ${value.estimate >= 0.5 ? "above" : "below"} ${lean}`,
      attributes: { title: `95 % interval ${interval}: ${words(lean)}` },
    },
    make("span", { class: "value", text: `${lean === "open" ? "≈ " : ""}${auc(value.estimate)}` }),
    make("span", { class: "interval", text: interval }),
  );
  // 0.16, the farthest of all, gets nearly the whole fill.
  cell.style.setProperty("--strength", `${Math.round(Math.min(Math.abs(value.estimate - 0.5) / 0.35, 1) * 60)}%`);
  return cell;
}

/** The AUCs of a feature in all decades, as cells of a table. */
export function aucCells({ decades }: FeatureStatistics): HTMLElement[] {
  return decades.map(({ auc: value }) => aucCell(value));
}
