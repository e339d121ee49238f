/// <reference lib="dom" />
import { find, make } from "../../pages/shared/dom";
import { drawFigure, type Figure } from "../../pages/shared/plotly";
import { altOf } from "./figures";

/** What a figure consists of, as found on the page. */
interface Shown {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly wide: boolean;
  readonly alt: string;
  readonly picture: HTMLImageElement | null;
  /** Plotly's description; undefined where only the picture is there or Plotly does not load. */
  readonly drawing?: Figure;
  /** As designed, in pixels. */
  readonly width: number;
  readonly height: number;
}

const dialog = make("dialog", { class: "zoom", attributes: { "aria-labelledby": "zoom-name" } });
let shown: Shown | undefined;
let opener: HTMLElement | undefined;

/** A button beside each figure that shows it over the whole window; Esc or "Close" leads back. */
export function wireZoom(): void {
  const figures = document.querySelectorAll<HTMLElement>("figure.figure");
  if (!figures.length) return;
  dialog.addEventListener("close", leave);
  addEventListener("resize", () => {
    if (dialog.open) place();
  });
  document.body.append(dialog);
  for (const figure of figures) {
    const name = find(".figure-name", figure);
    const label = `Enlarge ${name.textContent?.toLowerCase()}`;
    const button = make("button", {
      class: "enlarge",
      text: "Enlarge",
      attributes: { type: "button", "aria-label": label, "aria-haspopup": "dialog" },
      on: { click: () => enter(figure, button) },
    });
    name.after(button);
  }
}

function read(figure: HTMLElement): Shown {
  const frame = find(".frame", figure);
  const text = (selector: string) => figure.querySelector(selector)?.textContent ?? "";
  const picture = frame.querySelector("img");
  const source = frame.dataset.state === "picture" ? null : frame.querySelector("script")?.textContent;
  const drawing = source ? (JSON.parse(source) as Figure) : undefined;
  return {
    name: text(".figure-name"),
    title: text(".figure-title"),
    caption: text(".figure-caption"),
    wide: figure.classList.contains("wide"),
    alt: altOf(frame),
    picture,
    drawing,
    width: Number(picture?.getAttribute("width") ?? drawing?.layout?.width ?? 760),
    height: Number(picture?.getAttribute("height") ?? drawing?.layout?.height ?? 450),
  };
}

function enter(figure: HTMLElement, button: HTMLElement): void {
  opener = button;
  shown = read(figure);
  const close = make("button", {
    class: "tool",
    text: "Close",
    attributes: { type: "button" },
    on: { click: () => dialog.close() },
  });
  const name = make("p", { id: "zoom-name", class: "quiet", text: shown.name });
  const frame = make("div", { class: "frame" });
  dialog.classList.toggle("wide", shown.wide);
  dialog.replaceChildren(
    make("div", { class: "zoom-head" }, name, close),
    make("p", { class: "figure-title", text: shown.title }),
    make(
      "div",
      {
        class: shown.wide ? "zoom-stage wide" : "zoom-stage",
        attributes: { tabindex: 0, role: "group", "aria-label": shown.name },
      },
      make("div", { class: "zoom-fit" }, frame),
    ),
    make("p", { class: "figure-caption", text: shown.caption }),
  );
  dialog.showModal();
  place();
  show(shown, frame);
}

function show({ drawing, picture, alt }: Shown, frame: HTMLElement): void {
  const plain = () => {
    if (picture) frame.replaceChildren(picture.cloneNode());
  };
  if (drawing) drawFigure(frame, drawing, alt).catch(plain);
  else plain();
}

/** Plotly's buttons stand below the figure. */
const BUTTONS = 36;

/**
 * Gives the figure the whole stage. It is enlarged with its letters, as it is to be read from afar, and what room
 * remains beside or below it goes to the drawing, up to a half more.
 */
function place(): void {
  if (!shown) return;
  const stage = find(".zoom-stage", dialog);
  const { width, height, wide, drawing } = shown;
  const [across, down] = [stage.clientWidth, stage.clientHeight];
  const scale = Math.min(Math.max(Math.min(across / width, down / (height + BUTTONS)), 1), 3);
  const size = {
    width: Math.floor(Math.min(Math.max(across / scale, wide ? width : 0), width * 1.5)),
    height: Math.floor(Math.min(Math.max(down / scale - BUTTONS, wide ? height : 0), height * 1.5)),
  };
  if (!drawing) size.height = Math.floor(Math.min(size.height, (size.width * height) / width));
  const fit = find(".zoom-fit", stage);
  fit.style.width = `${size.width * scale}px`;
  fit.style.height = `${(size.height + BUTTONS) * scale}px`;
  const frame = find(".frame", fit);
  Object.assign(frame.style, { width: `${size.width}px`, height: `${size.height}px`, transform: `scale(${scale})` });
}

function leave(): void {
  dialog.replaceChildren();
  shown = undefined;
  opener?.focus();
}
