import { type Figure, fitted, type Size } from "./fit-figure";

export type { Figure };

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
    script.addEventListener("error", () => {
      // The next figure tries again.
      library = undefined;
      script.remove();
      reject(new Error("plotly.min.js did not load"));
    });
    document.head.append(script);
  });
  return library;
}

/** What is drawn in a frame now, and how to draw it again. */
interface Drawn {
  readonly plot: HTMLElement;
  figure: Figure;
  alt: string;
  shown: Size;
}

const drawings = new WeakMap<HTMLElement, Drawn>();

/**
 * Draws a figure in a `.frame`, which has a size of its own (CSS height or aspect-ratio), and again whenever that size
 * changes. A second call for the same frame changes the figure in place.
 *
 * @param alt what the figure shows, with its main numbers
 */
export async function drawFigure(frame: HTMLElement, figure: Figure, alt: string): Promise<void> {
  const Plotly = await plotly();
  const wide = frame.closest(".wide") !== null;
  const known = drawings.get(frame);
  const drawn = known ?? { plot: plotIn(frame), figure, alt, shown: boxOf(frame) };
  Object.assign(drawn, { figure, alt, shown: boxOf(frame) });
  const { data, layout, config } = fitted(figure, drawn.shown, wide);
  if (known) {
    await Plotly.react(drawn.plot, data, layout, config);
    describe(drawn);
    return;
  }
  drawings.set(frame, drawn);
  await Plotly.newPlot(drawn.plot, data, layout, config);
  describe(drawn);
  frame.dataset.state = "interactive";
  new ResizeObserver(() => {
    const box = boxOf(frame);
    if (!box.width || (box.width === drawn.shown.width && box.height === drawn.shown.height)) return;
    drawn.shown = box;
    const again = fitted(drawn.figure, box, wide);
    void Plotly.react(drawn.plot, again.data, again.layout, again.config);
  }).observe(frame);
}

function plotIn(frame: HTMLElement): HTMLElement {
  const plot = document.createElement("div");
  plot.className = "plot";
  frame.append(plot);
  return plot;
}

/** To a screen reader a figure is one picture with a text, that of the latest call; its buttons stand beside it. */
function describe({ plot, alt }: Drawn): void {
  const [picture, ...above] = plot.querySelectorAll(".main-svg");
  picture?.setAttribute("role", "img");
  picture?.setAttribute("aria-label", alt);
  for (const layer of above) layer.setAttribute("aria-hidden", "true");
}

function boxOf(frame: HTMLElement): Size {
  return { width: Math.floor(frame.clientWidth), height: Math.floor(frame.clientHeight) };
}

/** Calls `show` once for each of the elements, when it comes near the screen. */
export function whenNear(elements: Iterable<HTMLElement>, show: (element: HTMLElement) => void): void {
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        show(target as HTMLElement);
      }
    },
    { rootMargin: "600px 0px" },
  );
  for (const element of elements) watcher.observe(element);
}
