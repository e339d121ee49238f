import { counted, formatNumber } from "../../../../lib/src/show/format";
import { make } from "../../shared/dom";
import { columnsOf } from "../columns";
import { type Preset, presets } from "../presets";
import { defaults, type Problems, problemsOf, type Settings, withData } from "../settings";
import { allFields } from "./all-fields";
import type { Field } from "./fields";
import { countParameters, optimizerNames, sameSettings } from "./words";

type Fields = ReturnType<typeof allFields>;

/** The form of all that decides a training, put into `form`. */
export class SettingsForm {
  private readonly fields = allFields(() => this.moved(true));
  private readonly groups = groupsOf(this.fields);
  private readonly parameters = make("p", { class: "parameters" });
  private readonly buttons = presets.map((preset) => presetButton(preset, () => this.choose(preset)));
  private readonly about = make("p", { class: "hint", id: "preset-about", attributes: { "aria-live": "polite" } });

  /** @param changed hears every change that the visitor makes */
  constructor(
    private readonly form: HTMLFormElement,
    private readonly changed: () => void,
  ) {
    this.groups[1].element.append(this.parameters);
    form.append(startPanel(this.buttons, this.about), ...this.groups.map(({ element }) => element), sharePanel());
    form.addEventListener("input", () => this.moved(false));
    form.addEventListener("change", (event) => {
      const { data } = this.fields;
      // Other songs may have other columns.
      if (data.element.contains(event.target as Node)) this.write(withData(this.read().settings, data.read()));
      this.moved(true);
    });
  }

  /** What the fields say, and what is wrong with it. */
  read(): { readonly settings: Settings; readonly problems: Problems } {
    const names = Object.keys(defaults) as (keyof Settings)[];
    const settings = Object.fromEntries(names.map((name) => [name, this.fields[name].read()])) as unknown as Settings;
    return { settings, problems: problemsOf(settings) };
  }

  /** Fills the fields; `problems` are shown beside them, as of a damaged link. */
  write(settings: Settings, problems: Problems = {}): void {
    this.fields.features.offer(columnsOf(settings.data));
    for (const [name, field] of Object.entries(this.fields))
      (field as Field<unknown>).write(settings[name as keyof Settings]);
    this.show(problems);
    this.unfoldProblems();
    this.tell();
  }

  /** Shows all that is wrong and goes to the first of it. */
  complain(): void {
    this.show(this.read().problems);
    this.unfoldProblems();
    const wrong = this.form.querySelector<HTMLElement>(".problem:not([hidden])")?.parentElement;
    wrong?.querySelector<HTMLElement>("[aria-invalid], input, select")?.focus();
  }

  /** What is wrong must be seen, on a phone, too, where the groups are folded. */
  private unfoldProblems(): void {
    for (const problem of this.form.querySelectorAll(".problem:not([hidden])"))
      problem.closest("details")?.setAttribute("open", "");
  }

  private choose({ settings }: Preset): void {
    this.write(settings);
    this.changed();
  }

  /** @param isDone false while the visitor still types: what is wrong is said when the field is left */
  private moved(isDone: boolean): void {
    const { problems } = this.read();
    if (isDone || !Object.keys(problems).length) this.show(problems);
    this.tell();
    this.changed();
  }

  private show(problems: Problems): void {
    for (const [name, field] of Object.entries(this.fields)) field.complain(problems[name as keyof Settings]);
  }

  /** What follows from the settings: parameters, words of the groups, which preset it is. */
  private tell(): void {
    const { settings, problems } = this.read();
    const count = problems.hidden || problems.features ? undefined : countParameters(settings);
    this.parameters.replaceChildren("Parameters: ", make("b", { text: formatNumber(count) }));
    for (const { chosen, words } of this.groups) chosen.textContent = words(settings);
    const same = presets.findIndex((preset) => sameSettings(preset.settings, settings));
    for (const [at, button] of this.buttons.entries()) button.setAttribute("aria-pressed", String(at === same));
    this.about.textContent = presets[same]?.about ?? "Settings of your own.";
  }
}

function presetButton({ name }: Preset, choose: () => void): HTMLButtonElement {
  const attributes = { type: "button", "aria-pressed": "false", "aria-describedby": "preset-about" };
  return make("button", { class: "button", text: name, attributes, on: { click: choose } });
}

function startPanel(buttons: readonly HTMLElement[], about: HTMLElement): HTMLElement {
  const group = make("div", { class: "presets", attributes: { role: "group", "aria-label": "Ready-made settings" } });
  group.append(...buttons);
  return make("div", { class: "panel" }, make("h2", { text: "Start from" }), group, about);
}

/** The button is wired by copy-link.ts. */
function sharePanel(): HTMLElement {
  const button = make("button", {
    class: "button",
    id: "copy-link",
    text: "Copy link",
    attributes: { type: "button" },
  });
  const hint = make("p", {
    class: "hint",
    text: "The address of the page holds all settings: whoever opens it can repeat the run.",
  });
  return make("div", { class: "panel share" }, button, hint);
}

interface Group {
  readonly element: HTMLElement;
  readonly chosen: HTMLElement;
  /** What is chosen in it, to be read while it is folded. */
  words(settings: Settings): string;
}

function groupsOf(fields: Fields): Group[] {
  const { data, features, scaler, hidden, activation, dropout, l1, l2 } = fields;
  const { optimizer, learningRate, batchSize, epochs, seed } = fields;
  data.element.classList.add("whole");
  return [
    group(
      "Data",
      [data, features, scaler],
      (chosen) => `${chosen.data}, ${counted(chosen.features.length, "feature")}`,
    ),
    group("Network", [hidden, activation, dropout, l1, l2], (chosen) => chosen.hidden.join(" – ") || "no hidden layer"),
    group(
      "Training",
      [optimizer, learningRate, batchSize, epochs, seed],
      (chosen) => `${counted(chosen.epochs, "epoch")}, ${optimizerNames[chosen.optimizer]}`,
    ),
  ];
}

/** Folded on a phone, where the figures should not be a long way down. */
function group(title: string, fields: readonly { element: HTMLElement }[], words: Group["words"]): Group {
  const chosen = make("span", { class: "chosen" });
  const open = matchMedia("(min-width: 62.5em)").matches;
  const summary = make("summary", {}, make("span", { text: title }), chosen);
  const body = make("div", { class: "fields" }, ...fields.map(({ element }) => element));
  const details = make("details", { attributes: { open } }, summary, body);
  return { element: make("div", { class: "panel" }, details), chosen, words };
}
