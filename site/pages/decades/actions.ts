import { make } from "../shared/dom";
import { csvOf, saveFile } from "../shared/save-csv";
import type { Table } from "./tables";

/** A button of the row beneath a figure. */
export function button(text: string, click: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  return make("button", { class: "button", text, attributes: { type: "button", ...attributes }, on: { click } });
}

/** The button that gives a table, as it is at the time of the press, as a file. */
export function downloadButton(table: () => Table | undefined): HTMLButtonElement {
  return button("Download CSV", () => {
    const now = table();
    if (now) saveFile(`${now.name}.csv`, csvOf(now.columns, now.rows));
  });
}
