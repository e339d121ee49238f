import { audioFeatures } from "../../../lib/src/data/audio-features";
import { make } from "../shared/dom";
import { type Decade, decadesInTime } from "../shared/payloads";
import { type Classes, classChoices, type State } from "./state";

const CLASSES: Readonly<Record<Classes, string>> = { both: "Both", hits: "Hits", flops: "Flops" };

/** The choices of the page. `change` gets what was chosen anew; the last decade cannot be taken away. */
export function controls(change: (chosen: Partial<State>) => void, refuse: (why: string) => void) {
  const decadeBoxes = decadesInTime.map((decade) => ({ decade, box: choice("checkbox", "decade", decade) }));
  const classBoxes = classChoices.map((name) => ({ name, box: choice("radio", "classes", name) }));
  const feature = make(
    "select",
    { class: "select", id: "feature-choice", on: { change: () => change({ feature: feature.value }) } },
    ...audioFeatures.map((name) => make("option", { text: name, attributes: { value: name } })),
  );
  const chosenDecades = (): Decade[] => decadeBoxes.filter(({ box }) => box.checked).map(({ decade }) => decade);
  for (const { decade, box } of decadeBoxes) {
    box.addEventListener("change", () => {
      if (chosenDecades().length > 0) return change({ decades: chosenDecades() });
      box.checked = true;
      refuse(`The ${decade} stay: the page needs one decade at least.`);
    });
  }
  for (const { name, box } of classBoxes) box.addEventListener("change", () => change({ classes: name }));
  const element = make(
    "form",
    {
      class: "controls",
      attributes: { "aria-label": "What is shown" },
      on: { submit: (event) => event.preventDefault() },
    },
    group(
      "Decades",
      decadeBoxes.map(({ decade, box }) => make("label", {}, box, decade)),
    ),
    group(
      "Songs",
      classBoxes.map(({ name, box }) => make("label", { class: name }, box, CLASSES[name])),
    ),
    make(
      "div",
      { class: "field" },
      make("label", { text: "Feature shown large", attributes: { for: feature.id } }),
      feature,
    ),
  );
  return {
    element,
    show(state: State) {
      for (const { decade, box } of decadeBoxes) box.checked = state.decades.includes(decade);
      for (const { name, box } of classBoxes) box.checked = name === state.classes;
      feature.value = state.feature;
    },
  };
}

function choice(type: "checkbox" | "radio", name: string, value: string): HTMLInputElement {
  return make("input", { attributes: { type, name, value } });
}

function group(legend: string, labels: HTMLElement[]): HTMLElement {
  return make("fieldset", {}, make("legend", { text: legend }), make("div", { class: "choices" }, ...labels));
}
