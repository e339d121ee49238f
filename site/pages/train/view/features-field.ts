import { featureDefinitions } from "../../../../lib/src/data/audio-features";
import { make } from "../../shared/dom";
import { type Field, type FieldText, type Notes, notesOf } from "./fields";

/** The columns that the network may see, to be ticked. */
export class FeaturesField implements Field<readonly string[]> {
  readonly element: HTMLElement;
  private readonly notes: Notes;
  private readonly list = make("div", { class: "features" });
  private readonly count = make("span", { class: "count" });
  private boxes: readonly HTMLInputElement[] = [];

  /** @param changed hears what the buttons do */
  constructor(
    text: FieldText,
    private readonly changed: () => void,
  ) {
    this.notes = notesOf(text);
    const buttons = [this.button("All", true), this.button("None", false)];
    this.element = make(
      "fieldset",
      { class: "whole", id: text.id, attributes: { "aria-describedby": this.notes.ids } },
      make("legend", { text: text.label }),
      make("div", { class: "features-head" }, this.count, ...buttons),
      ...[this.list, this.notes.problem, this.notes.hint],
    );
    this.list.addEventListener("change", () => this.tell());
  }

  /** Puts other columns to choose from. */
  offer(columns: readonly string[]): void {
    if (columns.join() === this.boxes.map(({ value }) => value).join()) return;
    this.boxes = columns.map((name) => make("input", { attributes: { type: "checkbox", value: name } }));
    const labels = this.boxes.map((box) => make("label", titleOf(box.value), box, nameOf(box.value)));
    this.list.replaceChildren(...labels);
  }

  read(): readonly string[] {
    return this.boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }

  write(features: readonly string[]): void {
    for (const box of this.boxes) box.checked = features.includes(box.value);
    this.tell();
  }

  complain(problem: string | undefined): void {
    this.notes.complain(problem, []);
  }

  private tell(): void {
    this.count.textContent = `${this.read().length} of ${this.boxes.length}`;
  }

  private button(text: string, isTicked: boolean): HTMLElement {
    const click = () => {
      this.write(isTicked ? this.boxes.map(({ value }) => value) : []);
      this.changed();
    };
    return make("button", { class: "button small", text, attributes: { type: "button" }, on: { click } });
  }
}

/** A name that may go on in the next line after "_". */
function nameOf(feature: string): HTMLElement {
  const parts = feature.split(/(?<=_)/).flatMap((part) => [part, make("wbr")]);
  return make("span", {}, ...parts);
}

function titleOf(feature: string): { attributes?: { title: string } } {
  const known = featureDefinitions.find(({ name }) => name === feature);
  return known ? { attributes: { title: `${known.meaning} (${known.unit})` } } : {};
}
