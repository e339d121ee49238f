import { make } from "../../shared/dom";
import type { Interval } from "../../shared/fitted-models";

/** A bar from 0 to 100 % with a mark at the probability and, where it is known, a band for what became of such songs. */
export function gauge(probability: number, interval?: Interval): HTMLElement {
  const bar = make("div", { class: "gauge-bar" });
  if (interval) {
    const band = make("span", { class: "gauge-band" });
    band.style.left = `${interval.low * 100}%`;
    band.style.width = `${(interval.high - interval.low) * 100}%`;
    bar.append(band);
  }
  const mark = make("span", { class: "gauge-mark" });
  mark.style.left = `${probability * 100}%`;
  bar.append(make("span", { class: "gauge-half" }), mark);
  const ends = ["flop", "50 %", "hit"].map((text) => make("span", { text }));
  return make(
    "div",
    { class: "gauge", attributes: { "aria-hidden": true } },
    bar,
    make("div", { class: "gauge-ends" }, ...ends),
  );
}
