/// <reference lib="dom" />
import { copyText } from "../../pages/shared/copy-text";
import { recall, remember } from "../../pages/shared/memory";

const root = document.documentElement;
const cells = [...document.querySelectorAll<HTMLDetailsElement>("details.code")];
/** Cells that a reader folded or opened by hand, by page; the button for all starts afresh. */
const pageKey = `cells:${root.dataset.page}`;

/** Brings back how the reader left the code, on all pages (button) and in single cells, and keeps what changes. */
export function foldCode(): void {
  if (!cells.length) return;
  const single = readSingle();
  const hidden = recall("code") === "hidden";
  for (const cell of cells) {
    const id = cell.dataset.cell ?? "";
    if (hidden) cell.open = false;
    if (id in single) cell.open = single[id];
  }
  delete root.dataset.code;
  for (const cell of cells) cell.querySelector("summary")?.addEventListener("click", () => keep(cell));
  wireButton();
}

function keep(cell: HTMLDetailsElement): void {
  // The click comes before the element opens or closes.
  const single = readSingle();
  single[cell.dataset.cell ?? ""] = !cell.open;
  remember(pageKey, JSON.stringify(single));
  queueMicrotask(() => setTimeout(showState));
}

function readSingle(): Record<string, boolean> {
  try {
    const kept: unknown = JSON.parse(recall(pageKey) ?? "{}");
    return kept && typeof kept === "object" ? (kept as Record<string, boolean>) : {};
  } catch {
    return {};
  }
}

const button = document.querySelector<HTMLButtonElement>("[data-code-toggle]");

function wireButton(): void {
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const hide = cells.some((cell) => cell.open);
    for (const cell of cells) cell.open = !hide;
    remember("code", hide ? "hidden" : "shown");
    remember(pageKey, "{}");
    showState();
  });
  showState();
}

function showState(): void {
  const label = button?.querySelector(".label");
  if (label) label.textContent = cells.some((cell) => cell.open) ? "Hide code" : "Show code";
}

/** A copy button in every code cell; it says when it has copied. */
export function wireCodeButtons(): void {
  for (const cell of cells) {
    const code = cell.querySelector("code");
    if (!code) continue;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = "Copy";
    copy.setAttribute("aria-live", "polite");
    copy.addEventListener("click", async () => {
      const done = await copyText(code.textContent ?? "");
      // What the browser lets no script copy, a press of keys does.
      if (!done) getSelection()?.selectAllChildren(code);
      copy.textContent = done ? "Copied" : "Press Ctrl+C";
      setTimeout(() => {
        copy.textContent = "Copy";
      }, 1600);
    });
    cell.querySelector(".code-in")?.append(copy);
    cell.classList.add("has-copy");
  }
}
