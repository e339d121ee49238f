import { make } from "../../shared/dom";
import { mostLayers } from "../settings";
import { type Field, type FieldText, notesOf, numberIn } from "./fields";

/** Units that a layer has when it is added. */
const USUAL_UNITS = 16;

/** The hidden layers, one row each; to be added and removed. `changed` hears what the buttons do. */
export function layersField(text: FieldText, changed: () => void): Field<readonly number[]> {
  const notes = notesOf(text);
  const list = make("ol", { class: "layers" });
  let inputs: HTMLInputElement[] = [];
  const add = make("button", { class: "button small", text: "Add a layer", attributes: { type: "button" } });
  const write = (units: readonly (number | string)[]) => {
    inputs = units.map((value, at) => unitsInput(String(value), at, text.id));
    const rows = inputs.map((input, at) => row(input, at, () => remove(at)));
    list.replaceChildren(...rows);
    add.disabled = inputs.length >= mostLayers;
  };
  const values = () => inputs.map(({ value }) => value);
  const remove = (at: number) => {
    write(values().filter((_, each) => each !== at));
    (inputs[Math.min(at, inputs.length - 1)] ?? add).focus();
    changed();
  };
  add.addEventListener("click", () => {
    write([...values(), USUAL_UNITS]);
    inputs.at(-1)?.focus();
    changed();
  });
  const attributes = { "aria-describedby": notes.ids };
  const parts = [make("legend", { text: text.label }), list, add, notes.problem, notes.hint];
  return {
    element: make("fieldset", { class: "whole", id: text.id, attributes }, ...parts),
    read: () => values().map(numberIn),
    write,
    complain: (problem) => notes.complain(problem, inputs),
  };
}

function unitsInput(value: string, at: number, id: string): HTMLInputElement {
  const attributes = {
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    "aria-describedby": `${id}-hint ${id}-problem`,
  };
  const input = make("input", { class: "input", id: `${id}-${at + 1}`, attributes });
  input.value = value;
  return input;
}

function row(input: HTMLInputElement, at: number, remove: () => void): HTMLElement {
  const label = make("label", { text: `Layer ${at + 1}, units`, attributes: { for: input.id } });
  const attributes = { type: "button", "aria-label": `Remove layer ${at + 1}` };
  return make(
    "li",
    {},
    label,
    input,
    make("button", { class: "button small", text: "Remove", attributes, on: { click: remove } }),
  );
}
