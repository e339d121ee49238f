import { formatNumber, percent } from "../../../../lib/src/show/format";
import { make, makeSvg } from "../../shared/dom";
import { alternative } from "./alternative";
import { svgText } from "./svg-text";
import { logTicks, roundAxis, roundTicks, tickTexts } from "./ticks";

/** A line of a chart: one value per epoch, from the first on. */
export interface Line {
  readonly name: string;
  /** Its look, by class: train.css knows look-1 to look-6. */
  readonly look: string;
  readonly values: readonly number[];
}

/** What a chart shows now. */
export interface Lines {
  readonly lines: readonly Line[];
  /** Length of the axis of epochs. */
  readonly epochs: number;
}

/** Shares are written as percentages. */
export type Unit = "share" | "number";

export interface LineChart {
  draw(shown: Lines): void;
  /** Says what the values are from now on. */
  name(label: string, unit: Unit): void;
}

const HEIGHT = 230;
const inner = { left: 50, right: 14, top: 12, bottom: 36 };

interface Scale {
  /** Place in pixels of a value. */
  place(value: number): number;
  readonly ticks: readonly number[];
}

/**
 * A small chart of lines by epoch, drawn into `host`. Its legend tells the values of the last epoch, or of the one
 * under the pointer.
 *
 * @param firstLabel what the values are
 */
export function lineChart(host: HTMLElement, firstLabel: string, firstUnit: Unit): LineChart {
  const legend = make("p", { class: "legend", attributes: { "aria-hidden": true } });
  const drawing = makeSvg("svg", {
    class: "line-chart",
    attributes: { height: HEIGHT },
  });
  host.append(legend, drawing);
  let shown: Lines = { lines: [], epochs: 1 };
  let pointed: number | undefined;
  let [label, unit] = [firstLabel, firstUnit];
  const tell = alternative(drawing);
  const redraw = () => {
    const width = Math.floor(drawing.clientWidth);
    if (!width) return;
    paint(drawing, shown, { width, unit, pointed });
    legend.replaceChildren(...keys(shown, pointed, writer(unit)));
    tell(() => told(label, shown, writer(unit)));
  };
  drawing.addEventListener("pointermove", (event) => {
    const share = (event.offsetX - inner.left) / (drawing.clientWidth - inner.left - inner.right);
    const last = Math.max(0, ...shown.lines.map(({ values }) => values.length));
    pointed = last ? Math.min(last, Math.max(1, Math.round(1 + share * (shown.epochs - 1)))) : undefined;
    redraw();
  });
  drawing.addEventListener("pointerleave", () => {
    pointed = undefined;
    redraw();
  });
  new ResizeObserver(redraw).observe(host);
  return {
    draw(next) {
      shown = next;
      redraw();
    },
    name(...next) {
      [label, unit] = next;
    },
  };
}

/** How values are written in words. */
function writer(unit: Unit): (value: number) => string {
  if (unit === "share") return (value) => percent(value);
  return (value) => formatNumber(value, Math.abs(value) >= 10 ? 1 : 3);
}

interface Look {
  readonly width: number;
  readonly unit: Unit;
  readonly pointed: number | undefined;
}

function paint(drawing: SVGSVGElement, shown: Lines, { width, unit, pointed }: Look): void {
  const right = width - inner.right;
  const bottom = HEIGHT - inner.bottom;
  const y = upright(shown, bottom);
  const span = Math.max(1, shown.epochs - 1);
  const x = (epoch: number) => inner.left + ((epoch - 1) / span) * (right - inner.left);
  const parts: SVGElement[] = [];
  const texts =
    unit === "share" ? tickTexts(y.ticks.map((tick) => 100 * tick)).map((text) => `${text}%`) : tickTexts(y.ticks);
  for (const [which, tick] of y.ticks.entries()) {
    const at = y.place(tick);
    parts.push(makeSvg("line", { class: "grid", attributes: { x1: inner.left, x2: right, y1: at, y2: at } }));
    parts.push(svgText(texts[which], { x: inner.left - 8, y: at + 4, "text-anchor": "end" }));
  }
  for (const tick of epochTicks(shown.epochs, width))
    parts.push(svgText(String(tick), { x: x(tick), y: bottom + 17, "text-anchor": "middle" }));
  parts.push(makeSvg("line", { class: "axis", attributes: { x1: inner.left, x2: right, y1: bottom, y2: bottom } }));
  parts.push(svgText("epoch", { x: (inner.left + right) / 2, y: HEIGHT - 4, "text-anchor": "middle" }));
  if (pointed) {
    const at = x(pointed);
    parts.push(makeSvg("line", { class: "pointed", attributes: { x1: at, x2: at, y1: inner.top, y2: bottom } }));
  }
  for (const line of shown.lines) parts.push(...lineParts(line, x, y, pointed));
  drawing.replaceChildren(...parts);
}

function lineParts(line: Line, x: (epoch: number) => number, y: Scale, pointed: number | undefined): SVGElement[] {
  const points = line.values.map((value, at) => [x(at + 1), y.place(value)] as const);
  const known = points.filter((_, at) => Number.isFinite(line.values[at]));
  const path = makeSvg("path", {
    class: `line ${line.look}`,
    attributes: { d: known.map(([left, top], at) => `${at ? "L" : "M"}${left.toFixed(1)} ${top.toFixed(1)}`).join("") },
  });
  const marked = pointed ? points[pointed - 1] : known.at(-1);
  const dot = marked && Number.isFinite(marked[1]);
  if (!dot) return [path];
  const attributes = { cx: marked[0], cy: marked[1], r: 4 };
  return [path, makeSvg("circle", { class: `dot ${line.look}`, attributes })];
}

/**
 * The upright axis: to round ends around all values, logarithmic where the first epochs would press the others flat (a
 * loss of log streams begins at the square of the target).
 */
function upright({ lines }: Lines, bottom: number): Scale {
  const values = lines.flatMap((line) => line.values).filter(Number.isFinite);
  if (!values.length) values.push(0, 1);
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  const place = (share: number) => bottom - share * (bottom - inner.top);
  if (low > 0 && high > 10 && high > 10 * low) {
    const [from, to] = [Math.log10(low) - 0.05, Math.log10(high) + 0.05];
    return {
      place: (value) => place((Math.log10(value) - from) / (to - from)),
      ticks: logTicks(low * 0.9, high * 1.1),
    };
  }
  const ticks = roundAxis(low, high, 5);
  const [from, to] = [ticks[0], ticks[ticks.length - 1]];
  return { place: (value) => place((value - from) / (to - from)), ticks };
}

/** Whole epochs, the first and the last among them where there is room. */
function epochTicks(epochs: number, width: number): number[] {
  const round = roundTicks(0, epochs, Math.max(2, Math.floor(width / 70))).filter(
    (tick) => Number.isInteger(tick) && tick > 0,
  );
  return [...new Set([1, ...round])].filter((tick) => tick === 1 || tick > epochs / 20);
}

function keys({ lines }: Lines, pointed: number | undefined, format: (value: number) => string): Node[] {
  const ends = new Set(pointed ? [pointed] : lines.map(({ values }) => values.length));
  const [end] = ends;
  const where = ends.size > 1 ? "at their ends" : end ? `epoch ${end}` : "";
  const at = make("span", { class: "at", text: where });
  const each = lines.map(({ name, look, values }) => {
    const value = pointed ? values[pointed - 1] : values.at(-1);
    const key = makeSvg("svg", { class: "key", attributes: { width: 22, height: 10 } });
    key.append(makeSvg("path", { class: `line ${look}`, attributes: { d: "M1 5H21" } }));
    return make("span", {}, key, `${name} `, make("b", { text: value === undefined ? "" : format(value) }));
  });
  return [...each, at];
}

function told(label: string, { lines }: Lines, format: (value: number) => string): string {
  const each = lines
    .filter(({ values }) => values.length)
    .map(({ name, values }) => {
      const known = values.filter(Number.isFinite);
      const best = known.length
        ? ` (from ${format(known[0])} in the first; lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))})`
        : "";
      return `${name} ${format(values.at(-1) as number)} after ${values.length} epochs${best}`;
    });
  return each.length ? `${label} by epoch. ${each.join("; ")}.` : `${label} by epoch: nothing trained yet.`;
}
