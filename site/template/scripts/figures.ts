/// <reference lib="dom" />
import { phoneHeight } from "../../pages/shared/fit-figure";
import { drawFigure, type Figure, whenNear } from "../../pages/shared/plotly";

/** Makes each figure interactive when it comes near the screen. Until then, and if that fails, its picture stands. */
export function watchFigures(): void {
  whenNear(document.querySelectorAll<HTMLElement>("[data-figure]"), (frame) => {
    draw(frame).catch(() => frame.setAttribute("data-state", "picture"));
  });
}

async function draw(frame: HTMLElement): Promise<void> {
  const figure = JSON.parse(frame.querySelector("script")?.textContent ?? "") as Figure;
  if (!frame.closest(".wide")) frame.style.setProperty("--phone-height", `${phoneHeight(figure)}px`);
  await drawFigure(frame, figure, altOf(frame));
}

/** The text of the picture; of a figure too large for one, what stands beneath it "in words". */
export function altOf(frame: HTMLElement): string {
  const words = [...(frame.closest("figure")?.querySelectorAll(".alt p") ?? [])].map(({ textContent }) => textContent);
  return frame.querySelector("img")?.alt ?? words.join("\n");
}
