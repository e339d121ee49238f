/**
 * What Plotly draws, made small and quiet: no classes, no unused definitions, no handles for the mouse, coordinates of
 * one hundredth of a pixel, stable ids, and a title and description for screen readers.
 *
 * @param svg the outermost SVG element; it is changed
 * @param options.id start of every id in the drawing (several drawings may stand on one page)
 */
export function compactSvg(svg: Element, options: { id: string; title: string; alt: string; fonts: string }): string {
  dropUnseen(svg);
  dropUnusedClips(svg);
  for (const element of [svg, ...svg.querySelectorAll("*")]) tidyAttributes(element, options.fonts);
  for (const group of svg.querySelectorAll("g")) gatherDots(group);
  dropEmptyGroups(svg);
  renameIds(svg, options.id);
  describe(svg, options);
  return svg.outerHTML.replace(/ xmlns:xlink="[^"]*"/, svg.outerHTML.includes("xlink:") ? "$&" : "");
}

function dropUnseen(svg: Element): void {
  for (const element of svg.querySelectorAll("path, rect, text, g, circle")) {
    const style = element.getAttribute("style") ?? "";
    if (element.tagName === "path" && /^(M0,0)?$/.test(element.getAttribute("d") ?? "")) element.remove();
    const unseen = /(^|;\s*)(opacity: 0(;|$)|display: none|visibility: hidden)/.test(style);
    const unpainted =
      /fill-opacity: 0(;|$)|fill: none/.test(style) && /stroke-(opacity|width): 0(px)?(;|$)|stroke: none/.test(style);
    if (unseen || (unpainted && element.tagName !== "g" && !element.closest("clipPath"))) element.remove();
  }
}

function dropUnusedClips(svg: Element): void {
  const used = new Set([...svg.outerHTML.matchAll(/url\(['"]?(?:&quot;)?#([\w-]+)/g)].map(([, id]) => id));
  for (const definition of svg.querySelectorAll("clipPath, linearGradient, radialGradient, pattern")) {
    if (!used.has(definition.id)) definition.remove();
  }
}

/** Styles that say nothing: defaults of SVG, or for the mouse only. */
const IDLE_STYLES: Readonly<Record<string, RegExp>> = {
  "pointer-events": /.*/,
  cursor: /.*/,
  "white-space": /.*/,
  "vector-effect": /none/,
  "stroke-opacity": /^1$/,
  "fill-opacity": /^1$/,
  opacity: /^1$/,
  "stroke-miterlimit": /.*/,
  "font-style": /^normal$/,
  "font-variant": /^normal$/,
  "text-transform": /^none$/,
  "text-decoration": /^none$/,
  "text-decoration-line": /^none$/,
  "text-shadow": /^none$/,
  display: /^(inline|block)$/,
  overflow: /.*/,
};
const DROPPED = /^(class|data-.*|id|pointer-events|focusable|tabindex|vector-effect|text-shadow|writing-mode)$/;
const COORDINATES = /^(x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|width|height|d|transform|points|dx|stroke-width|font-size)$/;

function tidyAttributes(element: Element, fonts: string): void {
  for (const declaration of (element.getAttribute("style") ?? "").split(";")) {
    const [name, ...rest] = declaration.split(":");
    const [key, value] = [name.trim(), rest.join(":").trim()];
    if (!key || IDLE_STYLES[key]?.test(value)) continue;
    if (key === "stroke-width" && element.getAttribute("style")?.includes("stroke: none")) continue;
    if (key === "font-family" && value === fonts) continue;
    element.setAttribute(key, key === "clip-path" ? value.replaceAll(/['"]/g, "") : value.replace(/px$/, ""));
  }
  element.removeAttribute("style");
  for (const { name, value } of [...element.attributes]) {
    const isClip = name === "id" && /^(clipPath|linearGradient|radialGradient|pattern)$/.test(element.tagName);
    if (IDLE_STYLES[name]?.test(value) || (DROPPED.test(name) && !isClip)) element.removeAttribute(name);
    else if (COORDINATES.test(name)) element.setAttribute(name, rounded(value));
    else if (/^(fill|stroke|stop-color)$/.test(name)) element.setAttribute(name, hexColour(value));
  }
  if (/^translate\(0(,\s*0)?\)$/.test(element.getAttribute("transform") ?? "")) element.removeAttribute("transform");
}

function rounded(text: string): string {
  return text.replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));
}

function hexColour(text: string): string {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text);
  if (!parts) return text;
  return `#${parts
    .slice(1)
    .map((part) => Number(part).toString(16).padStart(2, "0"))
    .join("")}`;
}

function dropEmptyGroups(svg: Element): void {
  const groups = [...svg.querySelectorAll("g, defs, clipPath")].reverse();
  for (const group of groups) {
    if (group.tagName !== "clipPath" && !group.firstElementChild) group.remove();
    else if (group.tagName === "g" && !group.attributes.length) group.replaceWith(...group.childNodes);
  }
}

/** From so many dots on, what they have in common is said once; fewer are not worth it. */
const MANY_DOTS = 60;
/** A circle as Plotly draws it, around the origin. */
const CIRCLE = /^M([\d.]+),0A\1,\1 0 1,1 0,-\1A\1,\1 0 0,1 \1,0Z$/;

/** A cloud of dots that differ in nothing but their places: the look goes to their group, circles become circles. */
function gatherDots(group: Element): void {
  if (group.childElementCount < MANY_DOTS) return;
  const dots = childrenOf(group);
  const look = (dot: Element) => [...dot.attributes].filter(({ name }) => name !== "transform");
  const common = look(dots[0]);
  const isCommon = (dot: Element) =>
    dot.tagName === "path" &&
    look(dot).length === common.length &&
    common.every(({ name, value }) => dot.getAttribute(name) === value);
  const places = dots.map((dot) => /^translate\(([-\d.]+),\s*([-\d.]+)\)$/.exec(dot.getAttribute("transform") ?? ""));
  // The opacity of a group is not that of each of its dots, as those of fills and lines are.
  if (!places.every((place) => place) || common.some(({ name }) => name === "opacity") || !dots.every(isCommon)) return;
  const shape = common.find(({ name }) => name === "d")?.value ?? "";
  const radius = CIRCLE.exec(shape)?.[1];
  for (const { name, value } of common) if (name !== "d") group.setAttribute(name, value);
  const tenth = (text: string) => Number(Number(text).toFixed(1));
  const marks = (places as RegExpExecArray[]).map(([, x, y]) =>
    radius
      ? `<circle cx="${tenth(x)}" cy="${tenth(y)}" r="${radius}"/>`
      : `<path d="${shape}" transform="translate(${tenth(x)},${tenth(y)})"/>`,
  );
  group.innerHTML = marks.join("");
}

/** As an array, found by going from one to the next: jsdom's own list looks through all at each step. */
function childrenOf(group: Element): Element[] {
  const children: Element[] = [];
  for (let child = group.firstElementChild; child; child = child.nextElementSibling) children.push(child);
  return children;
}

function renameIds(svg: Element, start: string): void {
  const names = new Map<string, string>();
  for (const element of svg.querySelectorAll("[id]")) {
    names.set(element.id, `${start}-${names.size}`);
    element.id = names.get(element.id) ?? "";
  }
  for (const element of svg.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (!value.includes("url(")) continue;
      element.setAttribute(
        name,
        value.replace(/url\(["']?#([^"')]+)["']?\)/, (_, id) => `url(#${names.get(id)})`),
      );
    }
  }
}

function describe(svg: Element, { id, title, alt, fonts }: { id: string; title: string; alt: string; fonts: string }) {
  const [width, height] = [svg.getAttribute("width"), svg.getAttribute("height")];
  const document = svg.ownerDocument;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("font-family", fonts);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-title ${id}-desc`);
  const parts: [string, string][] = [
    ["title", title],
    ["desc", alt],
  ];
  const nodes = parts.map(([tag, text]) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    node.id = `${id}-${tag}`;
    node.textContent = text;
    return node;
  });
  svg.prepend(...nodes);
}
