import { percent } from "../../../../lib/src/show/format";
import { make, makeSvg } from "../../shared/dom";
import type { Surface, SurfaceAxis, SurfaceDot, Task } from "../trainer";
import { alternative } from "./alternative";
import { between, high, low, paintMatrix } from "./colours";
import { contour } from "./contour";
import { svgText } from "./svg-text";
import { roundTicks, tickTexts } from "./ticks";

export interface SurfacePicture {
  /** @param unit what a feature is counted in, or "" */
  draw(surface: Surface, task: Task, unit: (feature: string) => string): void;
  /** Of a network that does not see two features. */
  clear(): void;
}

const edges = { left: 62, right: 12, bottom: 46 };
/** In a box narrower than this the legend has two rows. */
const NARROW = 480;
const rowHeight = 24;

interface Box {
  readonly width: number;
  readonly height: number;
}

/** Where values are drawn, in pixels of the box. */
interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function areaOf({ width, height }: Box): Area {
  const top = width < NARROW ? 40 + rowHeight : 40;
  return { left: edges.left, right: width - edges.right, top, bottom: height - edges.bottom };
}

/** What the network says over two features, drawn into a `.frame` (so for light paper), with songs as dots. */
export function surfacePicture(frame: HTMLElement): SurfacePicture {
  const canvas = make("canvas", { class: "surface-values", attributes: { "aria-hidden": true } });
  const drawing = makeSvg("svg", { class: "surface-drawing" });
  frame.append(canvas, drawing);
  let last: Parameters<SurfacePicture["draw"]> | undefined;
  const tell = alternative(drawing);
  const redraw = () => {
    const box = { width: Math.floor(frame.clientWidth), height: Math.floor(frame.clientHeight) };
    if (!last || !box.width) return;
    const [surface, task, unit] = last;
    place(canvas, areaOf(box));
    const scale = scaleOf(surface, task);
    // The first row of a canvas is on top, that of the surface is the lowest.
    paintMatrix(canvas, [...surface.values].reverse(), (value) => between(scale.share(value), 0.72));
    drawing.replaceChildren(...parts(surface, scale, box, unit));
  };
  new ResizeObserver(redraw).observe(frame);
  return {
    draw(...shown) {
      last = shown;
      redraw();
      tell(() => told(...shown));
    },
    clear() {
      last = undefined;
      canvas.width = 0;
      drawing.replaceChildren();
      tell(() => "No surface: the network sees one feature only.");
    },
  };
}

/** How values become colours, and what the legend says. */
interface Scale {
  /** -1 to 1, 0 at the middle. */
  share(value: number): number;
  readonly middle: number;
  /** The name of the line at the middle. */
  readonly line: string;
  readonly names: readonly [high: string, low: string];
  readonly ends: readonly [low: string, high: string];
}

function scaleOf({ dots }: Surface, task: Task): Scale {
  if (task === "classification") {
    const share = (value: number) => 2 * (value - 0.5);
    return { share, middle: 0.5, line: "50%", names: ["hit", "flop"], ends: ["0%", "100%"] };
  }
  const targets = dots.map(({ target }) => target);
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const deviation = Math.sqrt(targets.reduce((sum, value) => sum + (value - mean) ** 2, 0) / targets.length) || 1;
  return {
    share: (value) => (value - mean) / (2 * deviation),
    middle: mean,
    line: streams(mean),
    names: [`above ${streams(mean)} streams`, "below"],
    ends: [streams(mean - 2 * deviation), streams(mean + 2 * deviation)],
  };
}

/** Streams by the natural logarithm of 1 + streams. */
export function streams(logarithm: number): string {
  const value = Math.expm1(logarithm);
  const [size, unit] = [[1e9, "B"] as const, [1e6, "M"] as const, [1e3, "k"] as const].find(
    ([least]) => value >= least,
  ) ?? [1, ""];
  return `${Number((value / size).toPrecision(2))}${unit}`;
}

function place(canvas: HTMLCanvasElement, { left, right, top, bottom }: Area): void {
  const size = { width: `${right - left}px`, height: `${bottom - top}px` };
  Object.assign(canvas.style, { left: `${left}px`, top: `${top}px`, ...size });
}

function parts(surface: Surface, scale: Scale, box: Box, unit: (feature: string) => string): SVGElement[] {
  const area = areaOf(box);
  const { left, right, top, bottom } = area;
  const x = (value: number) => left + shareOf(surface.x, value) * (right - left);
  const y = (value: number) => bottom - shareOf(surface.y, value) * (bottom - top);
  const ticks = ({ values }: SurfaceAxis, most: number) => {
    const round = roundTicks(values[0], values[values.length - 1], most);
    return tickTexts(round).map((label, at) => ({ label, value: round[at] }));
  };
  const middle = (bottom + top) / 2;
  return [
    ...ticks(surface.x, (right - left) / 50).map(({ label, value }) =>
      svgText(label, { x: x(value), y: bottom + 17, "text-anchor": "middle" }),
    ),
    ...ticks(surface.y, 6).map(({ label, value }) =>
      svgText(label, { x: left - 7, y: y(value) + 4, "text-anchor": "end" }),
    ),
    svgText(fitting(surface.x.feature, unit(surface.x.feature), right - left), {
      x: (right + left) / 2,
      y: box.height - 8,
      "text-anchor": "middle",
      class: "title",
    }),
    svgText(fitting(surface.y.feature, unit(surface.y.feature), bottom - top), {
      transform: `translate(13 ${middle}) rotate(-90)`,
      "text-anchor": "middle",
      class: "title",
    }),
    line(surface, scale, area),
    ...dots(surface, scale, x, y),
    ...dotKeys(scale, box.width < NARROW ? 0 : left),
    ...colourKey(scale, right, box.width < NARROW ? rowHeight : 0),
  ];
}

function withUnit(feature: string, unit: string): string {
  return unit ? `${feature} (${unit})` : feature;
}

/** A label in so many pixels: where there is no room for the unit, it goes. */
function fitting(feature: string, unit: string, room: number): string {
  const whole = withUnit(feature, unit);
  return whole.length * 6.9 > room ? feature : whole;
}

function shareOf({ values }: SurfaceAxis, value: number): number {
  const [from, to] = [values[0], values.at(-1) as number];
  return to > from ? (value - from) / (to - from) : 0.5;
}

/** Where the network is undecided. */
function line(surface: Surface, scale: Scale, area: Area): SVGElement {
  const [columns, rows] = [surface.x.values.length - 1, surface.y.values.length - 1];
  const x = (column: number) => (area.left + (column / columns) * (area.right - area.left)).toFixed(1);
  const y = (row: number) => (area.bottom - (row / rows) * (area.bottom - area.top)).toFixed(1);
  const d = contour(surface.values, scale.middle).map(([x0, y0, x1, y1]) => `M${x(x0)} ${y(y0)}L${x(x1)} ${y(y1)}`);
  return makeSvg("path", { class: "middle-line", attributes: { d: d.join("") } });
}

const RADIUS = 3.2;

function dots(
  surface: Surface,
  scale: Scale,
  x: (value: number) => number,
  y: (value: number) => number,
): SVGElement[] {
  const inside = (axis: SurfaceAxis, value: number) =>
    value >= axis.values[0] && value <= (axis.values.at(-1) as number);
  const seen = surface.dots.filter((dot) => inside(surface.x, dot.x) && inside(surface.y, dot.y));
  const draw = (chosen: SurfaceDot[], mark: typeof circle) => chosen.map((dot) => mark(x(dot.x), y(dot.y))).join("");
  return [
    shape(
      draw(
        seen.filter(({ target }) => target <= scale.middle),
        diamond,
      ),
      low,
    ),
    shape(
      draw(
        seen.filter(({ target }) => target > scale.middle),
        circle,
      ),
      high,
    ),
  ];
}

function circle(x: number, y: number): string {
  return `M${(x - RADIUS).toFixed(1)} ${y.toFixed(1)}a${RADIUS} ${RADIUS} 0 1 0 ${2 * RADIUS} 0a${RADIUS} ${RADIUS} 0 1 0 ${-2 * RADIUS} 0`;
}

function diamond(x: number, y: number): string {
  const r = RADIUS * 1.25;
  return `M${x.toFixed(1)} ${(y - r).toFixed(1)}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`;
}

function shape(d: string, fill: string): SVGElement {
  return makeSvg("path", { class: "dots", attributes: { d, fill } });
}

/** On top: what the two kinds of dots are. */
function dotKeys({ names: [above, below] }: Scale, left: number): SVGElement[] {
  const belowAt = left + 26 + above.length * 7;
  return [
    shape(circle(left + 5, 14), high),
    svgText(above, { x: left + 13, y: 18 }),
    shape(diamond(belowAt, 14), low),
    svgText(below, { x: belowAt + 9, y: 18 }),
  ];
}

/** What the colours are, up to the right end, so many pixels further down. */
function colourKey({ ends, line: name }: Scale, right: number, down: number): SVGElement[] {
  const left = right - 84 - ends[1].length * 8 - 8;
  const steps = Array.from({ length: 21 }, (_, at) => {
    const fill = `rgb(${between((at - 10) / 10, 0.72).join()})`;
    return makeSvg("rect", { attributes: { x: left + at * 4, y: down + 8, width: 4.3, height: 12, fill } });
  });
  const middle = { x1: left + 42, x2: left + 42, y1: down + 6, y2: down + 22 };
  return [
    svgText(ends[0], { x: left - 5, y: down + 18, "text-anchor": "end" }),
    ...steps,
    makeSvg("line", { class: "middle-line", attributes: middle }),
    svgText(name, { x: left + 42, y: down + 33, "text-anchor": "middle" }),
    svgText(ends[1], { x: right, y: down + 18, "text-anchor": "end" }),
  ];
}

function told(surface: Surface, task: Task, unit: (feature: string) => string): string {
  const label = (feature: string) => withUnit(feature, unit(feature));
  const say = (value: number) => (task === "classification" ? percent(value, 0) : `${streams(value)} streams`);
  const [bottom, top] = [surface.values[0], surface.values.at(-1) as readonly number[]];
  const corner = (x: "low" | "high", y: "low" | "high") => {
    const row = y === "low" ? bottom : top;
    return `${say(x === "low" ? row[0] : (row.at(-1) as number))} at ${x} ${surface.x.feature} and ${y} ${surface.y.feature}`;
  };
  const corners = [corner("low", "low"), corner("high", "low"), corner("low", "high"), corner("high", "high")];
  const what = task === "classification" ? "The probability of a hit" : "The predicted streams";
  return `${what} over ${label(surface.x.feature)} and ${label(surface.y.feature)}, other features at their medians: ${corners.join("; ")}. ${surface.dots.length} of the songs it trains on lie on it as dots.`;
}
