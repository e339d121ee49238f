import { createRequire } from "node:module";

/**
 * A drawing as PNG: for tests, for pictures in a README, for looking at it.
 *
 * @param options.scale pixels of the picture per pixel of the drawing (2)
 * @param options.background what shows where the drawing is transparent (nothing)
 */
export function png(svg: string, options: { scale?: number; background?: string } = {}): Buffer {
  const { Resvg } = createRequire(__filename)("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  const picture = new Resvg(svg, {
    fitTo: { mode: "zoom", value: options.scale ?? 2 },
    background: options.background,
    font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans" },
  });
  return picture.render().asPng();
}
