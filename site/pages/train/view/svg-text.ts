import { makeSvg } from "../../shared/dom";

/** A text in a drawing. */
export function svgText(content: string, attributes: Record<string, string | number>): SVGTextElement {
  return makeSvg("text", { text: content, attributes });
}
