import { formatNumber } from "../../../lib/src/show/format";
import { make } from "../shared/dom";
import { drawFigure, type Figure, whenNear } from "../shared/plotly";
import { scrollBox } from "../shared/scroll-box";
import { button, downloadButton } from "./actions";
import type { Table } from "./tables";

/** A figure with its numbers: shown as a picture or as a table, and as a file to keep. */
export interface FigurePanel {
  readonly element: HTMLElement;
  /** Takes what is shown now; it draws at once or when the picture is next seen. */
  update(table: Table, draw: () => void): void;
}

/** @param pictures what `draw` fills */
export function figurePanel(id: string, pictures: HTMLElement): FigurePanel {
  const numbers = make("div", { id: `${id}-table`, class: "numbers", attributes: { hidden: true } });
  let table: Table | undefined;
  let draw = () => {};
  const asTable = button("Show as table", () => turn(numbers.hidden), {
    "aria-expanded": "false",
    "aria-controls": numbers.id,
  });
  const save = downloadButton(() => table);
  const refresh = () => {
    if (numbers.hidden) draw();
    else if (table) numbers.replaceChildren(tableOf(table));
  };
  const turn = (toTable: boolean) => {
    numbers.hidden = !toTable;
    pictures.hidden = toTable;
    asTable.textContent = toTable ? "Show as figure" : "Show as table";
    asTable.setAttribute("aria-expanded", String(toTable));
    refresh();
  };
  return {
    element: make(
      "div",
      { class: "figure-panel", id },
      pictures,
      numbers,
      make("p", { class: "actions" }, asTable, save),
    ),
    update(next, drawNext) {
      table = next;
      draw = drawNext;
      refresh();
    },
  };
}

/** A table as a page shows it, with fewer digits than its file, in a box that moves by itself where it is wider than the page. */
function tableOf({ caption, columns, rows }: Table): HTMLElement {
  const numeric = columns.map((_, column) => rows.every((row) => typeof row[column] === "number"));
  const kind = (column: number) => (numeric[column] ? "number" : "");
  const heads = columns.map((name, at) =>
    make("th", { class: kind(at), text: name.replaceAll("_", " "), attributes: { scope: "col" } }),
  );
  const body = rows.map((row) =>
    make(
      "tr",
      {},
      ...row.map((cell, at) =>
        make("td", { class: kind(at), text: typeof cell === "number" ? formatNumber(cell) : cell }),
      ),
    ),
  );
  const table = make(
    "table",
    { class: "figures" },
    make("caption", { text: caption }),
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...body),
  );
  const box = scrollBox(caption, table);
  box.classList.add("tall");
  return box;
}

/** A frame for a figure of Plotly. */
export interface Frame {
  readonly element: HTMLElement;
  show(figure: Figure, alt: string): void;
}

/** A frame that draws what it was last given once it comes near the screen, and from then on at once. */
export function lazyFrame(kind: string): Frame {
  const frame = make("div", { class: `frame ${kind}` });
  const trouble = make("p", { class: "problem", attributes: { hidden: true } });
  let latest: { figure: Figure; alt: string } | undefined;
  let near = false;
  const draw = () => {
    // A frame that is not to be seen has no size to draw for.
    if (!near || !latest || frame.clientWidth === 0) return;
    drawFigure(frame, latest.figure, latest.alt).catch((error: unknown) => {
      trouble.textContent = `This figure is not drawn (${String(error)}). Its numbers are in the table.`;
      trouble.hidden = false;
    });
  };
  const nearNow = () => {
    near = true;
    draw();
  };
  whenNear([frame], nearNow);
  // Paper has no scrolling. A figure that Plotly must first be loaded for stays blank at the first print.
  window.addEventListener("beforeprint", () => {
    nearNow();
    scaleToPaper(frame, true);
  });
  window.addEventListener("afterprint", () => scaleToPaper(frame, false));
  return {
    element: make("div", { class: "framed" }, frame, trouble),
    show(figure, alt) {
      latest = { figure, alt };
      draw();
    },
  };
}

/** A drawing is as wide as the screen had room for; with a view box it becomes as wide as the paper has. */
function scaleToPaper(frame: HTMLElement, paper: boolean): void {
  for (const layer of frame.querySelectorAll<SVGSVGElement>(".main-svg")) {
    const { width, height } = layer;
    if (paper) layer.setAttribute("viewBox", `0 0 ${width.baseVal.value} ${height.baseVal.value}`);
    else layer.removeAttribute("viewBox");
  }
}
