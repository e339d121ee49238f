import { shorten } from "./measure";

/** Text for HTML or XML content and attribute values: nothing in it can be markup. */
export function escapeHtml(text: string): string {
  return stripControls(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Text for a label of a Plotly figure, which reads a little HTML (b, i, br, a): it is shown as it is written. */
export function escapeLabel(text: string): string {
  return stripControls(text)
    .replace(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** The same for the name of a series, cut where it would push the others out of the legend. */
export function escapeName(name: string): string {
  return escapeLabel(shorten(name.replace(/\s+/g, " ").trim(), 300, { size: 13 }));
}

/** Control characters and half surrogates, which XML forbids and viewers stumble over, become a replacement sign. */
function stripControls(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|[\p{Surrogate}\ufffe\uffff]/gu, "\ufffd");
}
