import { type Bundle, display } from "./kernel";
import { escapeHtml } from "./text/escape";

/** A remark below the running cell, set apart from the text around it. */
export function note(text: string): void {
  display(noteBundle(text));
}

/** What {@link note} shows. */
export function noteBundle(text: string): Bundle {
  const style = "border-left:3px solid #0072b2;padding:2px 0 2px 10px;margin:4px 0;max-width:72ch";
  return {
    data: {
      "text/html": `<div class="hitlab-note" style="${style}">${escapeHtml(text)}</div>`,
      "text/plain": text,
    },
    metadata: { hitlab: { note: true } },
  };
}
