import { audioFeatures } from "../../../lib/src/data/audio-features";
import { make } from "../shared/dom";
import { type Decade, decadesInTime } from "../shared/payloads";
import { type Classes, classChoices, type State } from "./state";

const CLASSES: Readonly<Record<Classes, string>> = { both: "Both", hits: "Hits", flops: "Flops" };

type Change = (chosen: Partial<State>) => void;

/** The choices of the page. `change` gets what was chosen anew, `refuse` why something cannot be. */
export function controls(change: Change, refuse: (why: string) => void) {
  const parts = [decadeChoice(change, refuse), classChoice(change), featureChoice(change)];
  const form = {
    class: "controls",
    attributes: { "aria-label": "What is shown" },
    on: { submit: (event: Event) => event.preventDefault() },
  };
  return {
    element: make("form", form, ...parts.map(({ element }) => element)),
    show(state: State) {
      for (const part of parts) part.show(state);
    },
  };
}

/** Boxes to tick, of which the last cannot be taken away. */
function decadeChoice(change: Change, refuse: (why: string) => void) {
  const boxes = decadesInTime.map((decade) => ({ decade, box: choice("checkbox", "decade", decade) }));
  const chosen = (): Decade[] => boxes.filter(({ box }) => box.checked).map(({ decade }) => decade);
  for (const { decade, box } of boxes) {
    box.addEventListener("change", () => {
      if (chosen().length > 0) return change({ decades: chosen() });
      box.checked = true;
      refuse(`The ${decade} stay: the page needs one decade at least.`);
    });
  }
  return {
    element: group(
      "Decades",
      boxes.map(({ decade, box }) => make("label", {}, box, decade)),
    ),
    show({ decades }: State) {
      for (const { decade, box } of boxes) box.checked = decades.includes(decade);
    },
  };
}

function classChoice(change: Change) {
  const boxes = classChoices.map((name) => ({ name, box: choice("radio", "classes", name) }));
  for (const { name, box } of boxes) box.addEventListener("change", () => change({ classes: name }));
  return {
    element: group(
      "Songs",
      boxes.map(({ name, box }) => make("label", {}, box, CLASSES[name])),
    ),
    show({ classes }: State) {
      for (const { name, box } of boxes) box.checked = name === classes;
    },
  };
}

function featureChoice(change: Change) {
  const select = make(
    "select",
    { class: "select", id: "feature-choice", on: { change: () => change({ feature: select.value }) } },
    ...audioFeatures.map((name) => make("option", { text: name, attributes: { value: name } })),
  );
  const label = make("label", { text: "Feature shown large", attributes: { for: select.id } });
  return {
    element: make("div", { class: "field" }, label, select),
    show({ feature }: State) {
      select.value = feature;
    },
  };
}

function choice(type: "checkbox" | "radio", name: string, value: string): HTMLInputElement {
  return make("input", { attributes: { type, name, value } });
}

function group(legend: string, labels: HTMLElement[]): HTMLElement {
  return make("fieldset", {}, make("legend", { text: legend }), make("div", { class: "choices" }, ...labels));
}
