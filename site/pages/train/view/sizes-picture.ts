import { formatNumber, percent } from "../../../../lib/src/show/format";
import { makeSvg } from "../../shared/dom";
import { nearZero, sizeBin, sizeBins, type WeightsPicture } from "../trainer";
import { alternative } from "./alternative";
import { svgText } from "./svg-text";
import type { WeightsView } from "./weights-picture";

/** How many of all weights are how large, as bars in a drawing; in a `.frame`. */
export function sizesPicture(frame: HTMLElement): WeightsView {
  const drawing = makeSvg("svg", { class: "sizes-drawing" });
  frame.append(drawing);
  let last: WeightsPicture | undefined;
  const tell = alternative(drawing);
  const redraw = () => {
    const width = Math.floor(frame.clientWidth);
    if (!last || !width) return;
    drawing.replaceChildren(...histogram(summed(last), width, frame.clientHeight));
  };
  new ResizeObserver(redraw).observe(frame);
  return {
    draw(weights) {
      last = weights;
      redraw();
      tell(() => sizesInWords(weights));
    },
  };
}

function summed({ sizes }: WeightsPicture): number[] {
  return Array.from({ length: sizeBins }, (_, bin) => sizes.reduce((sum, { counts }) => sum + counts[bin], 0));
}

function histogram(counts: readonly number[], width: number, height: number): SVGElement[] {
  const most = Math.max(...counts, 1);
  const bottom = height - 38;
  const step = (width - 16) / counts.length;
  const rects = counts.map((count, bin) => {
    const tall = (bottom - 18) * (count / most);
    return makeSvg("rect", {
      class: "length",
      attributes: { x: 8 + bin * step, y: bottom - tall, width: step - 2, height: tall },
    });
  });
  const ticks = [0, 0.25, 0.5, 1].map((size) =>
    svgText(size === 1 ? "1 or more" : String(size), {
      x: 8 + Math.min(size / sizeBin, counts.length) * step,
      y: bottom + 16,
      "text-anchor": size === 0 ? "start" : size === 1 ? "end" : "middle",
    }),
  );
  return [
    svgText(`${formatNumber(most)} weights in the tallest bar`, { x: width - 8, y: 12, "text-anchor": "end" }),
    ...rects,
    makeSvg("line", { class: "axis", attributes: { x1: 8, x2: width - 8, y1: bottom, y2: bottom } }),
    ...ticks,
    svgText("size of a weight, |w|", { x: width / 2, y: height - 4, "text-anchor": "middle", class: "title" }),
  ];
}

/** "3,040 weights, 12 of them (0.4%) nearer to 0 than 0.001." */
export function sizesInWords({ sizes }: WeightsPicture): string {
  const all = sizes.reduce((sum, { weights }) => sum + weights, 0);
  const near = sizes.reduce((sum, layer) => sum + layer.nearZero, 0);
  return `${formatNumber(all)} weights, ${formatNumber(near)} of them (${percent(near / all)}) nearer to 0 than ${nearZero}.`;
}
