import { formatNumber, percent } from "../../../../lib/src/show/format";
import { make } from "../../shared/dom";
import type { EpochFigures, Surface, Task, WeightsPicture } from "../trainer";
import { calmly } from "./calmly";
import { streams } from "./surface-picture";
import { meanSize } from "./weights-picture";

/**
 * Keeps a table in `host`, which lies in a `details`: made when it is opened, and then anew at most every two seconds.
 *
 * @returns hears how to make the table now
 */
export function fillWhenOpen(host: HTMLElement): (build: () => HTMLElement) => void {
  const details = host.closest("details");
  let latest: (() => HTMLElement) | undefined;
  const fill = () => {
    if (latest && details?.open) host.replaceChildren(latest());
  };
  details?.addEventListener("toggle", fill);
  const refill = calmly<void>(2000, fill);
  return (build) => {
    latest = build;
    refill();
  };
}

export function epochsTable(history: readonly EpochFigures[], task: Task): HTMLElement {
  const metric = task === "classification" ? "accuracy" : "mean absolute error";
  const say = (value: number) => (task === "classification" ? percent(value, 2) : formatNumber(value, 4));
  const rows = history.map(({ epoch, loss, valLoss, metric, valMetric }) => [
    String(epoch),
    formatNumber(loss, 4),
    formatNumber(valLoss, 4),
    say(metric),
    say(valMetric),
  ]);
  return table(["epoch", "training loss", "validation loss", `training ${metric}`, `validation ${metric}`], rows);
}

/** Five places on either axis say enough. */
export function surfaceTable({ x, y, values }: Surface, task: Task): HTMLElement {
  const places = (count: number) => [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * (count - 1)));
  const columns = places(x.values.length);
  const say = (value: number) => (task === "classification" ? percent(value, 0) : streams(value));
  const rows = places(y.values.length).map((row) => [
    formatNumber(y.values[row]),
    ...columns.map((column) => say(values[row][column])),
  ]);
  return table([`${y.feature} ↓ ${x.feature} →`, ...columns.map((column) => formatNumber(x.values[column]))], rows);
}

export function weightsTable({ features, first }: WeightsPicture): HTMLElement {
  const largest = (row: readonly number[]) => row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const rows = features.map((feature, at) => [feature, meanSize(first[at]), largest(first[at])] as const);
  const sorted = [...rows].sort((a, b) => b[1] - a[1]);
  return table(
    ["feature", "mean |w|", "largest |w|"],
    sorted.map(([feature, mean, most]) => [feature, formatNumber(mean, 3), formatNumber(most, 3)]),
  );
}

/** A plain table whose first column names the row. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const numberAt = (at: number) => (at ? "number" : undefined);
  const head = heads.map((text, at) => make("th", { text, class: numberAt(at), attributes: { scope: "col" } }));
  const cell = (text: string, at: number) =>
    at ? make("td", { text, class: "number" }) : make("th", { text, attributes: { scope: "row" } });
  const body = rows.map((cells) => make("tr", {}, ...cells.map(cell)));
  return make("table", { class: "figures" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body));
}
