/** Attributes and properties of an element; text goes through textContent only, so that no data becomes HTML. */
export interface Parts {
  readonly class?: string;
  readonly text?: string;
  readonly id?: string;
  /** Other attributes; true sets an empty one (of ARIA, whose states are words, "true"), false and undefined none. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

/**
 * Makes an element with children. Strings become text.
 *
 * @example
 * ```ts
 * make("p", { class: "quiet" }, "Song: ", make("b", { text: title }));
 * ```
 */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  parts: Parts = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  fill(element, parts, children);
  return element;
}

/** As `make`, for a drawing. */
export function makeSvg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  parts: Parts = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, parts, children);
  return element;
}

function fill(element: Element, parts: Parts, children: readonly (Node | string)[]): void {
  if (parts.class) element.setAttribute("class", parts.class);
  if (parts.id) element.id = parts.id;
  if (parts.text !== undefined) element.textContent = parts.text;
  for (const [name, value] of Object.entries(parts.attributes ?? {})) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
  }
  for (const [name, listener] of Object.entries(parts.on ?? {})) element.addEventListener(name, listener);
  element.append(...children);
}

/** The element that the page's template must have. @throws Error naming what is missing */
export function find<Kind extends Element = HTMLElement>(selector: string, within: ParentNode = document): Kind {
  const found = within.querySelector<Kind>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}
