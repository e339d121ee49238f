import { duration, formatNumber, percent } from "../../../../lib/src/show/format";
import { make } from "../../shared/dom";
import { keepRuns, mostRuns, type Run, recallRuns, runOf, runsCsv } from "../runs";
import type { Settings } from "../settings";
import type { TrainingResult } from "../trainer";
import { lineChart } from "./line-chart";
import { metricOf } from "./result-panel";
import { differences, inWords } from "./words";

export interface RunsTable {
  add(result: TrainingResult): void;
}

/** Curves that a chart can hold and still be read. */
const MOST_CURVES = 6;

/** All finished runs beside each other. `load` brings the settings of one back. */
export function runsTable(host: HTMLElement, load: (settings: Settings) => void): RunsTable {
  let runs = recallRuns();
  let chosen = new Set(runs.slice(-MOST_CURVES).map(({ number }) => number));
  const empty = make("p", {
    class: "hint",
    text: "Each finished run comes here as a row: change one setting, train again and see what it does.",
  });
  const body = make("tbody");
  const scroll = make("div", {
    class: "scroll",
    attributes: { tabindex: 0, role: "region", "aria-label": "All runs" },
  });
  scroll.append(make("table", { class: "figures" }, head(), body));
  const chartHost = make("div");
  const title = make("figcaption", { text: "Validation loss of the chosen runs (penalties included)" });
  const overlay = make("figure", { class: "overlay" }, title, chartHost);
  const chart = lineChart(chartHost, "Validation loss of the chosen runs", "number");
  const said = make("p", { class: "visually-hidden", attributes: { "aria-live": "polite" } });
  const tools = make(
    "div",
    { class: "runs-tools" },
    button("Download as CSV", () => download(runs)),
    button("Remove all", removeAll),
  );
  host.append(empty, scroll, overlay, tools, said);

  function change(next: readonly Run[]): void {
    if (next.length < runs.length) said.textContent = `${runs.length - next.length} removed, ${next.length} left.`;
    runs = next.slice(-mostRuns);
    keepRuns(runs);
    show();
  }
  /** What was pressed is gone; the reader should not be. */
  const focus = () => (runs.length ? scroll : host).focus();
  function removeAll(): void {
    change([]);
    focus();
  }
  const remove = (run: Run) => {
    change(runs.filter(({ number }) => number !== run.number));
    focus();
  };
  const choose = (run: Run, wanted: boolean) => {
    chosen = new Set([...chosen].filter((number) => number !== run.number));
    if (wanted) chosen = new Set([...[...chosen].slice(1 - MOST_CURVES), run.number]);
    show();
    body.querySelector<HTMLInputElement>(`[data-run="${run.number}"]`)?.focus();
  };
  function show(): void {
    for (const part of [scroll, overlay, tools]) part.hidden = !runs.length;
    empty.hidden = runs.length > 0;
    const drawn = runs.filter(({ number }) => chosen.has(number));
    const look = (run: Run) => (drawn.includes(run) ? `look-${1 + drawn.indexOf(run)}` : undefined);
    const actions = { load, remove, choose };
    body.replaceChildren(...runs.map((run, at) => row(run, runs[at - 1], look(run), actions)));
    const lines = drawn.map((run) => ({ name: `run ${run.number}`, look: look(run) ?? "", values: run.valLoss }));
    chart.draw({ lines, epochs: Math.max(1, ...drawn.map(({ valLoss }) => valLoss.length)) });
    overlay.hidden = !lines.length;
  }
  show();
  return {
    add(result) {
      const run = runOf(result, (runs.at(-1)?.number ?? 0) + 1);
      chosen = new Set([...[...chosen].slice(1 - MOST_CURVES), run.number]);
      change([...runs, run]);
    },
  };
}

function head(): HTMLElement {
  const names = [
    "Curve",
    "Run",
    "What differs from the run before",
    "Training",
    "Validation",
    "Lowest loss at",
    "Test",
    "Parameters",
    "Time",
    "",
  ];
  const numbers = [3, 4, 5, 6, 7, 8];
  const cells = names.map((text, at) =>
    text
      ? make("th", { text, class: numbers.includes(at) ? "number" : undefined, attributes: { scope: "col" } })
      : make("td"),
  );
  return make("thead", {}, make("tr", {}, ...cells));
}

interface Actions {
  load(settings: Settings): void;
  remove(run: Run): void;
  choose(run: Run, wanted: boolean): void;
}

function row(
  run: Run,
  before: Run | undefined,
  look: string | undefined,
  { load, remove, choose }: Actions,
): HTMLElement {
  const { number, settings, test, valLoss, valMetric } = run;
  const say = (value: number | undefined) =>
    value === undefined ? "—" : test.task === "classification" ? percent(value) : `${formatNumber(value, 3)} MAE`;
  const words = before ? differences(settings, before.settings) : inWords(settings);
  const notes = [
    run.stopped ? `stopped after ${valLoss.length}` : "",
    run.kind === "real" ? "" : "invented songs",
  ].filter(Boolean);
  const text = [words, ...notes].join("; ");
  const cell = (content: string) => make("td", { text: content, class: "number" });
  const best = valLoss.length ? String(1 + valLoss.indexOf(Math.min(...valLoss))) : "—";
  return make(
    "tr",
    {},
    make("td", {}, curveBox(run, look, choose)),
    make("th", { text: String(number), attributes: { scope: "row" } }),
    make("td", { text, class: "differs", attributes: { title: inWords(settings) } }),
    ...[say(run.train), say(valMetric.at(-1)), best === "—" ? best : `epoch ${best}`, say(metricOf(test))].map(cell),
    ...[formatNumber(run.parameters), duration(run.seconds)].map(cell),
    make(
      "td",
      {},
      make(
        "div",
        { class: "actions" },
        button("Load", () => load(settings), `Load the settings of run ${number}`),
        button("Remove", () => remove(run), `Remove run ${number}`),
      ),
    ),
  );
}

/** Whether the run's curve is drawn; its mark is that of the curve. */
function curveBox(run: Run, look: string | undefined, choose: Actions["choose"]): HTMLElement {
  const attributes = {
    type: "checkbox",
    checked: look !== undefined,
    "aria-label": `Draw the curve of run ${run.number}`,
    "data-run": run.number,
  };
  const box = make("input", { attributes });
  box.addEventListener("change", () => choose(run, box.checked));
  return box;
}

function button(text: string, act: () => void, label?: string): HTMLButtonElement {
  return make("button", {
    class: "button small",
    text,
    attributes: { type: "button", "aria-label": label },
    on: { click: act },
  });
}

function download(runs: readonly Run[]): void {
  const address = URL.createObjectURL(new Blob([runsCsv(runs)], { type: "text/csv" }));
  make("a", { attributes: { href: address, download: "hitlab-runs.csv" } }).click();
  URL.revokeObjectURL(address);
}
