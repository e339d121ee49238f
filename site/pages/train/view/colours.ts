import { palette } from "../../../../lib/src/show/theme";

/** On light paper, as all that stands in a `.frame`: hits (or high, or positive) and flops (or low, or negative). */
export const high = palette[0];
export const low = palette[1];

type Rgb = readonly [number, number, number];

const white: Rgb = [255, 255, 255];
const ends = { high: rgb(high), low: rgb(low) };

/** From orange at -1 over white to blue at 1; `strength` is how far the ends are from white. */
export function between(share: number, strength = 1): Rgb {
  const [end, part] = share > 0 ? [ends.high, share] : [ends.low, -share];
  const much = Math.min(1, part) * strength;
  return [0, 1, 2].map((at) => Math.round(white[at] + (end[at] - white[at]) * much)) as unknown as Rgb;
}

function rgb(colour: string): Rgb {
  return [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16)) as unknown as Rgb;
}

/** A matrix as a picture of one pixel per value, row 0 on top; the style sheet stretches it. */
export function paintMatrix(
  canvas: HTMLCanvasElement,
  rows: readonly (readonly number[])[],
  colour: (value: number) => Rgb,
): void {
  const width = rows[0]?.length ?? 0;
  if (!width) return;
  canvas.width = width;
  canvas.height = rows.length;
  const image = new ImageData(width, rows.length);
  rows.forEach((row, y) => {
    row.forEach((value, x) => {
      image.data.set([...colour(value), 255], 4 * (y * width + x));
    });
  });
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
