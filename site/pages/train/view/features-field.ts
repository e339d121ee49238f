import { featureDefinitions } from "../../../../lib/src/data/audio-features";
import { make } from "../../shared/dom";
import { type Field, type FieldText, notesOf } from "./fields";

export interface FeaturesField extends Field<readonly string[]> {
  /** Puts other columns to choose from. */
  offer(columns: readonly string[]): void;
}

/** The columns that the network may see, to be ticked. `changed` hears what its buttons do. */
export function featuresField(text: FieldText, changed: () => void): FeaturesField {
  const notes = notesOf(text);
  const list = make("div", { class: "features" });
  const count = make("span", { class: "count" });
  let boxes: HTMLInputElement[] = [];
  const tell = () => {
    count.textContent = `${boxes.filter(({ checked }) => checked).length} of ${boxes.length}`;
  };
  const all = (checked: boolean) => () => {
    for (const box of boxes) box.checked = checked;
    tell();
    changed();
  };
  const button = (label: string, checked: boolean) =>
    make("button", { class: "button small", text: label, attributes: { type: "button" }, on: { click: all(checked) } });
  const head = make("div", { class: "features-head" }, count, button("All", true), button("None", false));
  list.addEventListener("change", tell);
  const legend = make("legend", { text: text.label });
  const attributes = { "aria-describedby": notes.ids };
  return {
    element: make(
      "fieldset",
      { class: "whole", id: text.id, attributes },
      legend,
      head,
      list,
      notes.problem,
      notes.hint,
    ),
    read: () => boxes.filter(({ checked }) => checked).map(({ value }) => value),
    write: (features) => {
      for (const box of boxes) box.checked = features.includes(box.value);
      tell();
    },
    complain: (problem) => notes.complain(problem, []),
    offer: (columns) => {
      if (columns.length === boxes.length && columns.every((name, at) => boxes[at].value === name)) return;
      boxes = columns.map((name) => make("input", { attributes: { type: "checkbox", value: name } }));
      list.replaceChildren(
        ...boxes.map((box) => make("label", titleOf(box.value), box, make("span", {}, ...breakable(box.value)))),
      );
    },
  };
}

/** A name that may go on in the next line after "_". */
function breakable(name: string): Node[] {
  return name.split(/(?<=_)/).flatMap((part) => [document.createTextNode(part), make("wbr")]);
}

function titleOf(feature: string): { attributes?: { title: string } } {
  const known = featureDefinitions.find(({ name }) => name === feature);
  return known ? { attributes: { title: `${known.meaning} (${known.unit})` } } : {};
}
