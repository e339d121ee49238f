import { makeSvg } from "../shared/dom";
import { span, trendRange } from "./figures";
import { type State, shownClasses } from "./state";
import type { ClassStatistics, DecadesStatistics, FeatureStatistics } from "./statistics";
import { ticksFor } from "./ticks";
import { centreOf, middleHalf } from "./values";

const SIZE = { width: 240, height: 132 };
const PLOT = { left: 50, right: 234, top: 12, bottom: 110 };

type Point = readonly [x: number, y: number];

/** A small drawing of a feature's trend: the large figure without its words. What it shows stands beside it as text. */
export function miniTrend(statistics: DecadesStatistics, feature: FeatureStatistics, state: State): SVGElement {
  const shown = shownClasses(state).map((kind) => ({
    kind,
    own: state.decades.map((decade) => feature.decades[statistics.decades.indexOf(decade)][kind]),
  }));
  const [low, high] = trendRange(
    feature.name,
    shown.flatMap(({ own }) => own),
  );
  const y = (value: number) => PLOT.bottom - ((value - low) / (high - low)) * (PLOT.bottom - PLOT.top);
  const spanned = span(statistics, state);
  const step = (PLOT.right - PLOT.left) / spanned.length;
  const x = (at: number) => PLOT.left + step * (spanned.indexOf(state.decades[at]) + 0.5);
  const drawing = makeSvg("svg", {
    class: "mini",
    attributes: { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, "aria-hidden": "true", focusable: "false" },
  });
  drawing.append(...marks(feature.name, low, high, y));
  drawing.append(
    ...state.decades.map((decade, at) => {
      const inner = at > 0 && at < state.decades.length - 1;
      return label(decade, [x(at), SIZE.height - 6], "middle", inner ? "inner" : "");
    }),
  );
  for (const { kind, own } of shown) drawing.append(...bandOf(feature.name, kind, own, x, y));
  for (const { kind, own } of shown) drawing.append(...lineOf(feature.name, kind, own, x, y));
  return drawing;
}

function marks(feature: string, low: number, high: number, y: (value: number) => number): SVGElement[] {
  const { values, labels } = ticksFor(feature, low, high, 4);
  return values.flatMap((value, at) => [
    makeSvg("path", { class: "grid", attributes: { d: `M${PLOT.left} ${y(value)}H${PLOT.right}` } }),
    label(labels[at], [PLOT.left - 6, y(value) + 3.5], "end"),
  ]);
}

function label(text: string, [x, y]: Point, anchor: "middle" | "end", kind = ""): SVGElement {
  return makeSvg("text", { class: kind, text, attributes: { x, y, "text-anchor": anchor } });
}

type Place = (value: number) => number;

function bandOf(feature: string, kind: string, own: readonly ClassStatistics[], x: Place, y: Place): SVGElement[] {
  const halves = own.flatMap((each) => {
    const half = middleHalf(feature, each);
    return half ? [half] : [];
  });
  if (halves.length === 0) return [];
  const below = halves.map(([low], at): Point => [x(at), y(low)]);
  const above = halves.map(([, high], at): Point => [x(at), y(high)]);
  return [makeSvg("path", { class: `band ${kind}`, attributes: { d: `${path([...below, ...above.reverse()])}Z` } })];
}

function lineOf(feature: string, kind: string, own: readonly ClassStatistics[], x: Place, y: Place): SVGElement[] {
  const points = own.map((each, at): Point => [x(at), y(centreOf(feature, each))]);
  const dots = points.map(([cx, cy]) =>
    kind === "hits"
      ? makeSvg("circle", { class: "dot hits", attributes: { cx, cy, r: 3.2 } })
      : makeSvg("path", { class: "dot flops", attributes: { d: `M${cx} ${cy - 4}l4 4l-4 4l-4 -4Z` } }),
  );
  return [makeSvg("path", { class: `line ${kind}`, attributes: { d: path(points) } }), ...dots];
}

function path(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
}
