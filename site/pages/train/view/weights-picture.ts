import { formatNumber } from "../../../../lib/src/show/format";
import { make, makeSvg } from "../../shared/dom";
import type { WeightsPicture } from "../trainer";
import { alternative } from "./alternative";
import { between, paintMatrix } from "./colours";
import { svgText } from "./svg-text";

export interface WeightsView {
  draw(weights: WeightsPicture): void;
}

const ROW = 17;
const labels = 122;
const bars = 64;
const top = 22;

/** The first layer's weights as a heat picture, feature by unit, beside each feature's mean size; in a `.frame`. */
export function weightsPicture(frame: HTMLElement): WeightsView {
  const canvas = make("canvas", { class: "weights-values", attributes: { "aria-hidden": true } });
  const drawing = makeSvg("svg", { class: "weights-drawing" });
  frame.append(canvas, drawing);
  let last: WeightsPicture | undefined;
  const tell = alternative(drawing);
  const redraw = () => {
    const width = Math.floor(frame.clientWidth);
    if (!last || !width) return;
    const height = last.features.length * ROW;
    frame.style.height = `${top + height + 24}px`;
    const left = Math.min(labels, width / 2);
    const area = { left, right: Math.max(left + 30, width - bars - 8), top, height };
    Object.assign(canvas.style, {
      left: `${area.left}px`,
      top: `${top}px`,
      width: `${area.right - area.left}px`,
      height: `${height}px`,
    });
    const most = largest(last.first);
    paintMatrix(canvas, last.first, (value) => between(value / most));
    drawing.replaceChildren(...parts(last, area, most));
  };
  new ResizeObserver(redraw).observe(frame);
  return {
    draw(weights) {
      last = weights;
      redraw();
      tell(() => told(weights));
    },
  };
}

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

function parts({ features, first }: WeightsPicture, area: Area, most: number): SVGElement[] {
  const means = first.map(meanSize);
  const longest = Math.max(...means, 1e-9);
  const rows = features.flatMap((feature, at) => {
    const middle = area.top + (at + 0.5) * ROW;
    const attributes = { x: area.right + 8, y: middle - 4, width: (bars - 4) * (means[at] / longest), height: 8 };
    return [
      svgText(short(feature), { x: area.left - 7, y: middle + 4, "text-anchor": "end" }),
      makeSvg("rect", { class: "length", attributes }),
    ];
  });
  const units = first[0].length;
  return [
    svgText(`${units} ${units === 1 ? "unit" : "units"}${area.right - area.left > 200 ? " of the first layer" : ""}`, {
      x: area.left,
      y: 14,
    }),
    svgText("mean |w|", { x: area.right + 8, y: 14 }),
    ...rows,
    ...scaleKey(area, most),
  ];
}

/** Below: what the colours are. */
function scaleKey(area: Area, most: number): SVGElement[] {
  const y = area.top + area.height + 8;
  // Under the narrowest picture it ends with the bars.
  const from = Math.min(area.left + 44, area.right - 60);
  const steps = Array.from({ length: 21 }, (_, at) => {
    const fill = `rgb(${between((at - 10) / 10).join()})`;
    return makeSvg("rect", { attributes: { x: from + at * 4, y, width: 4.3, height: 11, fill } });
  });
  return [
    svgText(`−${formatNumber(most, 2)}`, { x: from - 6, y: y + 10, "text-anchor": "end" }),
    ...steps,
    svgText(formatNumber(most, 2), { x: from + 90, y: y + 10 }),
  ];
}

function largest(rows: readonly (readonly number[])[]): number {
  return rows.reduce((most, row) => row.reduce((found, value) => Math.max(found, Math.abs(value)), most), 1e-6);
}

export function meanSize(row: readonly number[]): number {
  return row.reduce((sum, value) => sum + Math.abs(value), 0) / row.length;
}

function short(feature: string): string {
  return feature.length > 18 ? `${feature.slice(0, 17)}…` : feature;
}

function told(weights: WeightsPicture): string {
  const means = weights.features.map((feature, at) => ({ feature, mean: meanSize(weights.first[at]) }));
  const sorted = [...means].sort((a, b) => b.mean - a.mean);
  const say = ({ feature, mean }: (typeof means)[number]) => `${feature} ${formatNumber(mean, 2)}`;
  const least = sorted.at(-1);
  return `Weights from ${weights.features.length} features to ${weights.first[0].length} units. Mean size: largest ${sorted.slice(0, 3).map(say).join(", ")}; smallest ${least ? say(least) : ""}.`;
}
