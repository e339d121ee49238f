import { make } from "../../shared/dom";

/** Radio buttons side by side in their fieldset; the chosen one can be set from outside. */
export class Choices<Value extends string> {
  private readonly inputs = new Map<Value, HTMLInputElement>();

  constructor(
    box: HTMLElement,
    name: string,
    options: readonly (readonly [value: Value, text: string])[],
    chosen: (value: Value) => void,
  ) {
    for (const [value, text] of options) {
      const input = make("input", { attributes: { type: "radio", name, value }, on: { change: () => chosen(value) } });
      this.inputs.set(value, input);
      box.append(make("label", {}, input, text));
    }
  }

  set(value: Value): void {
    const input = this.inputs.get(value);
    if (input) input.checked = true;
  }
}
