import { ASCENT, DESCENT, textWidth } from "../text/measure";

/** A rectangle on the page, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** a, b, c, d, e, f as in SVG: x' = a x + c y + e, y' = b x + d y + f. */
type Transform = readonly [number, number, number, number, number, number];
const IDENTITY: Transform = [1, 0, 0, 1, 0, 0];

/**
 * The room that the texts and rectangles in an SVG element take, in the coordinates of `frame` (by default those of
 * the outermost SVG), from measured glyph widths: jsdom itself knows no sizes. Undefined when there is nothing.
 */
export function boxOf(element: Element, frame?: Element): Box | undefined {
  let box: Box | undefined;
  for (const leaf of [element, ...element.querySelectorAll("text, rect")]) {
    if (leaf !== element && leaf.closest("defs, clipPath")) continue;
    const own = leaf.tagName === "text" || leaf.tagName === "tspan" ? textBox(leaf) : rectBox(leaf);
    if (own) box = union(box, transformed(own, transformTo(leaf, frame)));
  }
  return box;
}

/** The smallest rectangle around two. */
export function union(a: Box | undefined, b: Box): Box {
  if (!a) return b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** The font size in pixels that holds for an element. */
export function fontSize(element: Element): number {
  const own = styleOf(element, "font-size");
  if (!own) return element.parentElement ? fontSize(element.parentElement) : 12;
  const size = Number.parseFloat(own);
  return own.endsWith("%") && element.parentElement ? (size / 100) * fontSize(element.parentElement) : size;
}

function textBox(text: Element): Box | undefined {
  // Plotly marks the lines of a text by a class; a compacted drawing tells them by their own place.
  const lines = [...text.querySelectorAll("tspan.line, tspan[x][dy]")];
  let box: Box | undefined;
  for (const line of lines.length ? lines : [text]) {
    const width = runWidth(line);
    if (width === 0) continue;
    const size = fontSize(line);
    const x = numberOf(line, "x") ?? numberOf(text, "x") ?? 0;
    const y = (numberOf(line, "y") ?? numberOf(text, "y") ?? 0) + (numberOf(line, "dy") ?? 0) * size;
    const anchor = styleOf(text, "text-anchor");
    const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
    box = union(box, { left, right: left + width, top: y - ASCENT * size, bottom: y + DESCENT * size });
  }
  return box;
}

/** Width of the text in an element, run by run, as each may have its own size and weight. */
function runWidth(element: Element): number {
  const weight = styleOf(element, "font-weight") ?? styleOf(element.parentElement, "font-weight");
  const style = { size: fontSize(element), bold: weight === "bold" || Number(weight) >= 600 };
  let width = 0;
  for (const node of element.childNodes) {
    width += node.nodeType === 1 ? runWidth(node as Element) : textWidth(node.textContent ?? "", style);
  }
  return width;
}

function rectBox(rect: Element): Box | undefined {
  if (rect.tagName !== "rect") return undefined;
  const left = numberOf(rect, "x") ?? 0;
  const top = numberOf(rect, "y") ?? 0;
  return { left, top, right: left + (numberOf(rect, "width") ?? 0), bottom: top + (numberOf(rect, "height") ?? 0) };
}

function numberOf(element: Element, name: string): number | undefined {
  const value = Number.parseFloat(element.getAttribute(name) ?? "");
  return Number.isNaN(value) ? undefined : value;
}

/** A style by inline style or attribute; not inherited. */
function styleOf(element: Element | null, name: string): string | undefined {
  const inline = new RegExp(`(?:^|;)\\s*${name}:\\s*([^;]+)`).exec(element?.getAttribute("style") ?? "")?.[1];
  return inline?.trim() ?? element?.getAttribute(name) ?? undefined;
}

function transformTo(element: Element, frame: Element | undefined): Transform {
  let total = IDENTITY;
  for (let at: Element | null = element; at && at !== frame && at.tagName !== "svg"; at = at.parentElement) {
    total = multiply(parseTransform(at.getAttribute("transform") ?? ""), total);
  }
  return total;
}

function parseTransform(text: string): Transform {
  let total = IDENTITY;
  for (const [, kind, list] of text.matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    total = multiply(
      total,
      single(
        kind,
        list
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(Number),
      ),
    );
  }
  return total;
}

function single(kind: string, [p = 0, q, cx = 0, cy = 0, e = 0, f = 0]: (number | undefined)[]): Transform {
  if (kind === "translate") return [1, 0, 0, 1, p, q ?? 0];
  if (kind === "scale") return [p, 0, 0, q ?? p, 0, 0];
  if (kind === "matrix") return [p, q ?? 0, cx, cy, e, f];
  if (kind !== "rotate") return IDENTITY;
  // rotate(angle, x, y)
  const [x, y] = [q ?? 0, cx];
  const [sin, cos] = [Math.sin((p * Math.PI) / 180), Math.cos((p * Math.PI) / 180)];
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

function multiply(m: Transform, n: Transform): Transform {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

function transformed(box: Box, m: Transform): Box {
  const xs = [box.left, box.right].flatMap((x) => [box.top, box.bottom].map((y) => m[0] * x + m[2] * y + m[4]));
  const ys = [box.left, box.right].flatMap((x) => [box.top, box.bottom].map((y) => m[1] * x + m[3] * y + m[5]));
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
