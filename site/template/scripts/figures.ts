/// <reference lib="dom" />
import { type Figure, fitted, type Size } from "./fit-figure";

interface PlotlyLike {
  newPlot(element: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  react(element: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
}
declare global {
  interface Window {
    Plotly?: PlotlyLike;
  }
}

let library: Promise<PlotlyLike> | undefined;

/** The one Plotly of the site, loaded when the first figure comes near. A classic script: file:// allows no other. */
function plotly(): Promise<PlotlyLike> {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${document.documentElement.dataset.base}assets/plotly.min.js`;
    script.addEventListener("load", () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("no Plotly"))));
    script.addEventListener("error", () => reject(new Error("plotly.min.js did not load")));
    document.head.append(script);
  });
  return library;
}

/** Makes each figure interactive when it comes near the screen. Until then, and if that fails, its picture stands. */
export function watchFigures(): void {
  const frames = document.querySelectorAll<HTMLElement>("[data-figure]");
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        draw(target as HTMLElement).catch(() => target.setAttribute("data-state", "picture"));
      }
    },
    { rootMargin: "600px 0px" },
  );
  for (const frame of frames) watcher.observe(frame);
}

async function draw(frame: HTMLElement): Promise<void> {
  const figure = JSON.parse(frame.querySelector("script")?.textContent ?? "") as Figure;
  const Plotly = await plotly();
  const plot = document.createElement("div");
  plot.className = "plot";
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", frame.querySelector("img")?.alt ?? "");
  frame.append(plot);
  let shown = boxOf(frame);
  const wide = frame.closest(".wide") !== null;
  const { data, layout, config } = fitted(figure, shown, wide);
  await Plotly.newPlot(plot, data, layout, config);
  frame.dataset.state = "interactive";
  new ResizeObserver(() => {
    const box = boxOf(frame);
    if (!box.width || (box.width === shown.width && box.height === shown.height)) return;
    shown = box;
    const again = fitted(figure, box, wide);
    void Plotly.react(plot, again.data, again.layout, again.config);
  }).observe(frame);
}

function boxOf(frame: HTMLElement): Size {
  return { width: Math.floor(frame.clientWidth), height: Math.floor(frame.clientHeight) };
}
