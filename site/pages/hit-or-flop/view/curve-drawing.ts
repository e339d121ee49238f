import { make, makeSvg } from "../../shared/dom";
import type { FeatureMarks } from "../../shared/fitted-models";
import type { Curve } from "../judge";
import { placeOn, type Scale } from "../scale";

type Quartiles = FeatureMarks["hit"];

/** The small drawing around a slider: above it the verdict along the feature, below it what is typical. */
export class CurveDrawing {
  readonly element: HTMLElement;
  readonly marks = make("div", { class: "marks", attributes: { "aria-hidden": true } });
  private readonly line = makeSvg("path", { class: "line", attributes: { d: "" } });
  private readonly dot = make("span", { class: "dot", attributes: { hidden: true } });
  private scale: Scale = { low: 0, high: 1, step: 1 };
  private value = 0;
  private curve?: Curve;

  constructor() {
    // Stretched to the box; lines keep their width, and the dot, which would not stay round, is an element of its own.
    const attributes = { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": true };
    const half = makeSvg("line", { class: "half", attributes: { x1: 0, x2: 100, y1: 50, y2: 50 } });
    const drawing = makeSvg("svg", { attributes }, half, this.line);
    this.element = make("div", { class: "curve", attributes: { "aria-hidden": true } }, drawing, this.dot);
  }

  showScale(scale: Scale, marks: FeatureMarks, value: number): void {
    this.scale = scale;
    this.value = value;
    this.marks.replaceChildren(this.band("hit", marks.hit), this.band("flop", marks.flop));
    this.draw();
  }

  showValue(value: number): void {
    this.value = value;
    this.draw();
  }

  showCurve(curve: Curve): void {
    this.curve = curve;
    this.draw();
  }

  private band(kind: "hit" | "flop", [low, median, high]: Quartiles): HTMLElement {
    const from = placeOn(this.scale, low);
    const to = placeOn(this.scale, high);
    const bar = make("span", { class: "stretch" });
    bar.style.left = share(from);
    bar.style.width = share(to - from);
    const notch = make("span", { class: "notch" });
    notch.style.left = share(placeOn(this.scale, median));
    return make("div", { class: `band ${kind}` }, bar, notch);
  }

  private draw(): void {
    if (!this.curve) return;
    this.line.setAttribute("d", pathOf(this.curve, this.scale));
    this.dot.style.left = share(placeOn(this.scale, this.value));
    this.dot.style.top = share(1 - heightAt(this.curve, this.value));
    this.dot.hidden = false;
  }
}

/** The part of a curve that lies on the scale. */
function pathOf({ x, probability }: Curve, scale: Scale): string {
  const points = x.flatMap((value, i) =>
    value < scale.low || value > scale.high ? [] : [`${round(placeOn(scale, value))} ${round(1 - probability[i])}`],
  );
  return points.length ? `M${points.join("L")}` : "";
}

/** The curve's height at a value, on the straight line between its neighbours. */
export function heightAt({ x, probability }: Curve, value: number): number {
  const right = x.findIndex((known) => known >= value);
  if (right < 0) return probability[x.length - 1];
  if (right === 0) return probability[0];
  const part = (value - x[right - 1]) / (x[right] - x[right - 1]);
  return probability[right - 1] + part * (probability[right] - probability[right - 1]);
}

function share(part: number): string {
  return `${round(part)}%`;
}

function round(part: number): number {
  return Math.round(part * 10_000) / 100;
}
