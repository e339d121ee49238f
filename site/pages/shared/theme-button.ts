/// <reference lib="dom" />
import { remember } from "./memory";

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark now: the reader's choice, else the system's. */
function isDark(): boolean {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

/** The button names what a press brings. */
export function wireThemeButton(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-toggle]");
  const label = button?.querySelector(".label");
  if (!button || !label) return;
  const show = () => {
    const next = isDark() ? "Light" : "Dark";
    label.textContent = next;
    button.setAttribute("aria-label", `${next} colours`);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.theme);
    show();
  });
  system.addEventListener("change", show);
  button.hidden = false;
  show();
}
