/** HTML from templates whose values are escaped unless they are HTML themselves. */

/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

/** Nothing, for false and undefined; lists one after another. */
export type Part = string | number | Html | false | undefined | readonly Part[];

/** `html`<p>${"a < b"}</p>`.text` is "<p>a &lt; b</p>". */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  return new Html(strings.map((text, at) => text + (at < values.length ? written(values[at]) : "")).join(""));
}

function written(value: Part): string {
  if (value === false || value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(written).join("");
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}
