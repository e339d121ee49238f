import { make } from "./dom";

/**
 * A box in which a table that is wider than the page is pushed sideways, also by the keyboard.
 *
 * @param label names it for who does not see it
 */
export function scrollBox(label: string, table: HTMLElement): HTMLElement {
  const attributes = { tabindex: 0, role: "region", "aria-label": label };
  return make("div", { class: "scroll", attributes }, table);
}
