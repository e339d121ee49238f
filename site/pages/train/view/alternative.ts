import { calmly } from "./calmly";

/**
 * The text alternative of a drawing, renewed at most every two seconds: whoever hears it needs no new text with every
 * epoch. Before the first text the drawing is empty, and no part of the page for a reader of the screen.
 */
export function alternative(drawing: SVGElement): (text: () => string) => void {
  drawing.setAttribute("aria-hidden", "true");
  return calmly<() => string>(2000, (text) => {
    drawing.removeAttribute("aria-hidden");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", text());
  });
}
