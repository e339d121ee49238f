import { copyText } from "../../shared/copy-text";
import { find } from "../../shared/dom";

/** The button that copies a link to what the page shows. */
export function wireCopyLink(link: () => string): void {
  const button = find<HTMLButtonElement>("#copy-link");
  const name = button.textContent ?? "";
  const said = find("#said");
  button.addEventListener("click", async () => {
    const done = await copyText(link());
    button.textContent = done ? "Copied" : "Copy it from the address bar";
    said.textContent = done
      ? "The link is copied: it holds all settings."
      : "The browser does not let the page copy: the link stands in the address bar.";
    setTimeout(() => {
      button.textContent = name;
    }, 2500);
  });
}
