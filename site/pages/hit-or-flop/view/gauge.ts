import { make } from "../../shared/dom";
import type { Interval } from "../../shared/fitted-models";

/**
 * A bar from 0 to 100 % with a mark at the probability; where they are known, a band for what became of such songs, and
 * a hollow mark at the probability that deserves more trust.
 */
export function gauge(probability: number, trusted: number, interval?: Interval): HTMLElement {
  const bar = make("div", { class: "gauge-bar" });
  if (interval) bar.append(part("gauge-band", interval.low, interval.high));
  bar.append(make("span", { class: "gauge-half" }), part("gauge-mark", probability));
  if (trusted !== probability) bar.append(part("gauge-mark trusted", trusted));
  const ends = ["flop", "50 %", "hit"].map((text) => make("span", { text }));
  const legend = make("div", { class: "gauge-ends" }, ...ends);
  return make("div", { class: "gauge", attributes: { "aria-hidden": true } }, bar, legend);
}

function part(name: string, from: number, to?: number): HTMLElement {
  const element = make("span", { class: name });
  element.style.left = `${from * 100}%`;
  if (to !== undefined) element.style.width = `${(to - from) * 100}%`;
  return element;
}
