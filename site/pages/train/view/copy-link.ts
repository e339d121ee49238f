import { find } from "../../shared/dom";

/** The button that copies the address of the page, which holds all settings. */
export function wireCopyLink(): void {
  const button = find<HTMLButtonElement>("#copy-link");
  const name = button.textContent ?? "";
  const said = find("#said");
  button.addEventListener("click", async () => {
    const done = await copied(location.href);
    button.textContent = done ? "Copied" : "Copy it from the address bar";
    said.textContent = done
      ? "The link is copied: it holds all settings."
      : "The browser does not let the page copy: the link stands in the address bar.";
    setTimeout(() => {
      button.textContent = name;
    }, 2500);
  });
}

/** By the clipboard, which some browsers keep from pages of file://, else by an older way that they allow. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

function copiedBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
