import { formatNumber, percent } from "../../../../lib/src/show/format";
import { make } from "../../shared/dom";
import { saveFile } from "../../shared/save-csv";
import { scrollBox } from "../../shared/scroll-box";
import { keepRuns, mostRuns, type Run, recallRuns, runOf, runsCsv } from "../runs";
import type { Settings } from "../settings";
import type { TrainingResult } from "../trainer";
import { type LineChart, lineChart, type Unit } from "./line-chart";
import { metricOf } from "./result-panel";
import { differences, inWords, timeInWords } from "./words";

/** Curves that a chart can hold and still be read. */
const MOST_CURVES = 6;

/** All finished runs beside each other, kept in the browser. */
export class RunsTable {
  private runs = recallRuns();
  /** Numbers of the runs whose curves are drawn, the last chosen last. */
  private chosen = this.runs.slice(-MOST_CURVES).map(({ number }) => number);
  private readonly empty = make("p", {
    class: "hint",
    text: "Each finished run comes here as a row: change one setting, train again and see what it does.",
  });
  private readonly body = make("tbody");
  private readonly scroll = scrollBox("All runs", make("table", { class: "figures" }, head(), this.body));
  private readonly loss = overlay("Validation loss of the chosen runs (penalties included)", "number");
  private readonly metric = overlay("Validation accuracy of the chosen runs", "share");
  private readonly overlays = make("div", { class: "curves overlays" }, this.loss.figure, this.metric.figure);
  private readonly tools = make(
    "div",
    { class: "runs-tools" },
    button("Download as CSV", () => saveFile("hitlab-runs.csv", runsCsv(this.runs))),
    button("Remove all", () => this.remove(this.runs)),
  );
  private readonly said = make("p", { class: "visually-hidden", attributes: { "aria-live": "polite" } });

  /** @param load brings the settings of a run back */
  constructor(
    private readonly host: HTMLElement,
    private readonly load: (settings: Settings) => void,
  ) {
    host.append(this.empty, this.scroll, this.overlays, this.tools, this.said);
    this.show();
  }

  add(result: TrainingResult): void {
    const run = runOf(result, (this.runs.at(-1)?.number ?? 0) + 1);
    this.chosen = [...this.chosen, run.number].slice(-MOST_CURVES);
    this.change([...this.runs, run]);
  }

  private remove(gone: readonly Run[]): void {
    this.change(this.runs.filter((run) => !gone.includes(run)));
    this.said.textContent = `${gone.length} removed, ${this.runs.length} left.`;
    // What was pressed is gone; the reader should not be.
    (this.runs.length ? this.scroll : this.host).focus();
  }

  private choose(run: Run, isWanted: boolean): void {
    const others = this.chosen.filter((number) => number !== run.number);
    this.chosen = isWanted ? [...others, run.number].slice(-MOST_CURVES) : others;
    this.show();
    this.body.querySelector<HTMLInputElement>(`[data-run="${run.number}"]`)?.focus();
  }

  private change(runs: readonly Run[]): void {
    this.runs = runs.slice(-mostRuns);
    keepRuns(this.runs);
    this.show();
  }

  private show(): void {
    const { runs } = this;
    const drawn = runs.filter(({ number }) => this.chosen.includes(number));
    for (const part of [this.scroll, this.tools]) part.hidden = !runs.length;
    this.empty.hidden = runs.length > 0;
    const actions: Actions = {
      load: ({ settings }) => this.load(settings),
      remove: (run) => this.remove([run]),
      choose: (run, isWanted) => this.choose(run, isWanted),
    };
    this.body.replaceChildren(...runs.map((run, at) => row(run, runs[at - 1], drawn.includes(run), actions)));
    this.drawCurves(drawn);
  }

  private drawCurves(drawn: readonly Run[]): void {
    this.overlays.hidden = !drawn.length;
    const epochs = Math.max(1, ...drawn.map(({ valLoss }) => valLoss.length));
    const line = (run: Run, values: readonly number[]) => ({
      name: `run ${run.number}`,
      look: `look-${1 + drawn.indexOf(run)}`,
      values,
    });
    this.loss.chart.draw({ lines: drawn.map((run) => line(run, run.valLoss)), epochs });
    // Errors in log streams have no place beside accuracies.
    const hits = drawn.filter(({ test }) => test.task === "classification");
    this.metric.figure.hidden = !hits.length;
    this.metric.chart.draw({ lines: hits.map((run) => line(run, run.valMetric)), epochs });
  }
}

/** A chart of several runs with its heading. */
function overlay(title: string, unit: Unit): { readonly figure: HTMLElement; readonly chart: LineChart } {
  const host = make("div");
  const figure = make("figure", {}, make("figcaption", { text: title }), host);
  return { figure, chart: lineChart(host, title, unit) };
}

interface Actions {
  load(run: Run): void;
  remove(run: Run): void;
  choose(run: Run, isWanted: boolean): void;
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

function row(run: Run, before: Run | undefined, isDrawn: boolean, actions: Actions): HTMLElement {
  const { number, settings, test, valLoss, valMetric } = run;
  const say = (value: number | undefined) =>
    value === undefined ? "—" : test.task === "classification" ? percent(value) : `${formatNumber(value, 3)} MAE`;
  const best = valLoss.length ? `epoch ${1 + valLoss.indexOf(Math.min(...valLoss))}` : "—";
  const figures = [say(run.train), say(valMetric.at(-1)), best, say(metricOf(test))];
  const size = [formatNumber(run.parameters), timeInWords(run.seconds)];
  const buttons = [
    button("Load", () => actions.load(run), `Load the settings of run ${number}`),
    button("Remove", () => actions.remove(run), `Remove run ${number}`),
  ];
  return make(
    "tr",
    {},
    make("td", {}, curveBox(run, isDrawn, actions.choose)),
    make("th", { text: String(number), attributes: { scope: "row" } }),
    make("td", { text: about(run, before), class: "differs", attributes: { title: inWords(settings) } }),
    ...[...figures, ...size].map((text) => make("td", { text, class: "number" })),
    make("td", {}, make("div", { class: "actions" }, ...buttons)),
  );
}

/** What is different from the run before, and what one should know of the run. */
function about({ settings, stopped, kind, valLoss }: Run, before: Run | undefined): string {
  const words = before ? differences(settings, before.settings) : inWords(settings);
  const notes = [stopped ? `stopped after ${valLoss.length}` : "", kind === "real" ? "" : "invented songs"];
  return [words, ...notes].filter(Boolean).join("; ");
}

function curveBox(run: Run, isDrawn: boolean, choose: Actions["choose"]): HTMLElement {
  const label = `Draw the curve of run ${run.number}`;
  const attributes = { type: "checkbox", checked: isDrawn, "aria-label": label, "data-run": run.number };
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
