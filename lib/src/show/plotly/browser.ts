import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { DOMWindow } from "jsdom";
import { random } from "../../random";
import { type Box, boxOf } from "./geometry";
import type { JsonObject } from "./types";

/** The few functions of Plotly that are used here. */
interface Plotly {
  newPlot(place: Element, data: JsonObject[], layout: JsonObject, config: JsonObject): Promise<unknown>;
  readonly Snapshot: { toSVG(place: Element, format: "svg"): string };
}

/** A page without a screen in which Plotly draws. */
export interface Page {
  readonly plotly: Plotly;
  readonly document: Document;
  /** Where the drawing goes. */
  readonly place: HTMLElement;
  parseSvg(svg: string): Element;
  /** Makes the ids that Plotly draws at random the same for the same figure. */
  seed(name: string): void;
}

let page: Page | undefined;

/** The page, made at the first call (about half a second) and kept: a figure then takes some 0.1 s. */
export function openPage(): Page {
  page ??= createPage();
  return page;
}

function createPage(): Page {
  // Loaded here, so that a notebook without figures pays neither the time nor the memory.
  const load = createRequire(__filename);
  const { JSDOM } = load("jsdom") as typeof import("jsdom");
  const { window } = new JSDOM('<!doctype html><div id="place"></div>', { runScripts: "outside-only" });
  addMissingParts(window);
  window.eval(readFileSync(load.resolve("plotly.js-dist"), "utf8"));
  return {
    plotly: (window as unknown as { Plotly: Plotly }).Plotly,
    document: window.document,
    place: window.document.getElementById("place") as HTMLElement,
    parseSvg: (svg) => new window.DOMParser().parseFromString(svg, "image/svg+xml").documentElement,
    seed: (name) => {
      const numbers = random(0, "show", name);
      (window as unknown as { Math: Math }).Math.random = () => numbers.uniform();
    },
  };
}

/** What Plotly asks of a browser and jsdom lacks; sizes come from the measured widths. */
function addMissingParts(window: DOMWindow): void {
  Object.assign(window, {
    TextEncoder,
    TextDecoder,
    matchMedia: () => ({ matches: false, addListener: () => {}, addEventListener: () => {} }),
  });
  window.URL.createObjectURL = () => "";
  window.HTMLCanvasElement.prototype.getContext = () => null;
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: Element) {
      return rectangle(boxOf(this, this));
    },
    getComputedTextLength(this: Element) {
      return rectangle(boxOf(this, this)).width;
    },
  });
  window.Element.prototype.getBoundingClientRect = function (this: Element): DOMRect {
    return rectangle(boxOf(this)) as DOMRect;
  };
}

function rectangle(box: Box = { left: 0, top: 0, right: 0, bottom: 0 }) {
  return { ...box, x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
}
