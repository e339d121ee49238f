import { formatNumber } from "../../../../lib/src/show/format";
import { make } from "../../shared/dom";
import { columnsOf } from "../columns";
import { type Preset, presets } from "../presets";
import { choices, defaults, type Problems, problemsOf, type Settings, withData } from "../settings";
import { featuresField } from "./features-field";
import { choiceField, type Field, numberField, radioField } from "./fields";
import { layersField } from "./layers-field";
import { countParameters, dataNames, sameSettings } from "./words";

export interface SettingsForm {
  /** What the fields say, and what is wrong with it. */
  read(): { readonly settings: Settings; readonly problems: Problems };
  /** Fills the fields; `problems` are shown beside them, as of a damaged link. */
  write(settings: Settings, problems?: Problems): void;
  /** Shows all that is wrong and goes to the first of it. */
  complain(): void;
}

type Fields = { readonly [Name in keyof Settings]: Field<Settings[Name]> };

/** The form of all that decides a training, put into `form`. `changed` hears every change that the visitor makes. */
export function settingsForm(form: HTMLFormElement, changed: () => void): SettingsForm {
  const fields = allFields(() => moved(true));
  const groups = groupsOf(fields);
  const parameters = make("p", { class: "parameters" });
  const buttons = presets.map((preset) => presetButton(preset, () => choose(preset)));
  const about = make("p", { class: "hint", id: "preset-about", attributes: { "aria-live": "polite" } });
  groups[1].element.append(parameters);
  form.append(startPanel(buttons, about), ...groups.map(({ element }) => element), sharePanel());

  const read = () => {
    const names = Object.keys(defaults) as (keyof Settings)[];
    const settings = Object.fromEntries(names.map((name) => [name, fields[name].read()])) as unknown as Settings;
    return { settings, problems: problemsOf(settings) };
  };
  const show = (problems: Problems) => {
    for (const [name, field] of Object.entries(fields)) field.complain(problems[name as keyof Settings]);
  };
  const tell = () => {
    const { settings, problems } = read();
    const count = problems.hidden || problems.features ? undefined : countParameters(settings);
    parameters.replaceChildren("Parameters: ", make("b", { text: formatNumber(count) }));
    for (const { chosen, words } of groups) chosen.textContent = words(settings);
    const same = presets.findIndex((preset) => sameSettings(preset.settings, settings));
    buttons.forEach((button, at) => {
      button.setAttribute("aria-pressed", String(at === same));
    });
    about.textContent = presets[same]?.about ?? "Settings of your own.";
  };
  const write = (settings: Settings, problems: Problems = {}) => {
    fields.features.offer(columnsOf(settings.data));
    for (const name of Object.keys(fields) as (keyof Settings)[])
      (fields[name] as Field<unknown>).write(settings[name]);
    show(problems);
    tell();
  };
  /** @param done false while the visitor still types: what is wrong is said when the field is left */
  function moved(done: boolean): void {
    const { problems } = read();
    if (done || !Object.keys(problems).length) show(problems);
    tell();
    changed();
  }
  const choose = (preset: Preset) => {
    write(preset.settings);
    changed();
  };
  form.addEventListener("input", () => moved(false));
  form.addEventListener("change", (event) => {
    if (event.target === form.querySelector("#data-of")) write(withData(read().settings, fields.data.read()));
    moved(true);
  });
  return {
    read,
    write,
    complain() {
      show(read().problems);
      const wrong = form.querySelector<HTMLElement>(".problem:not([hidden])")?.parentElement;
      wrong?.closest("details")?.setAttribute("open", "");
      wrong?.querySelector<HTMLElement>("[aria-invalid], input, select")?.focus();
    },
  };
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

function allFields(changed: () => void) {
  const options = <Name extends keyof typeof choices>(name: Name, labels: Readonly<Record<string, string>> = {}) =>
    choices[name].map((value) => ({ value, label: labels[value] ?? value })) as {
      value: (typeof choices)[Name][number];
      label: string;
    }[];
  return {
    data: choiceField(
      { id: "data-of", label: "Songs", hint: "Split 80 / 10 / 10 into training, validation and test, by the seed." },
      options("data", dataNames),
    ),
    features: featuresField(
      { id: "features", label: "Features", hint: "What the network sees of a song: its input columns." },
      changed,
    ),
    scaler: radioField(
      { id: "scaler", label: "StandardScaler fitted on", hint: "It brings each feature to mean 0 and deviation 1." },
      [
        { value: "all", label: "all rows, as study 2 did: a leak, for its means and deviations know the test songs" },
        { value: "train", label: "the training rows only: honest" },
      ],
    ),
    hidden: layersField(
      {
        id: "hidden",
        label: "Hidden layers (Dense)",
        hint: "Without any, the network is a logistic regression (linear for 2023).",
      },
      changed,
    ),
    activation: choiceField(
      { id: "activation", label: "Activation", hint: "Of the hidden units. relu is max(0, x)." },
      options("activation"),
    ),
    dropout: numberField({
      id: "dropout",
      label: "Dropout",
      hint: "This share of each hidden layer's outputs is dropped at random in training. 0: none.",
    }),
    l1: numberField({
      id: "l1",
      label: "L1 penalty",
      hint: "Adds l1 · Σ|w| of the hidden layers to the loss: pushes weights to 0.",
    }),
    l2: numberField({ id: "l2", label: "L2 penalty", hint: "Adds l2 · Σw²: keeps weights small." }),
    optimizer: choiceField(
      { id: "optimizer", label: "Optimizer", hint: "Adam and RMSprop give each weight a pace of its own." },
      options("optimizer", { adam: "Adam", rmsprop: "RMSprop", sgd: "SGD" }),
    ),
    learningRate: numberField({
      id: "learning-rate",
      label: "Learning rate",
      hint: "Length of a step: too large and the loss leaps, too small and it creeps.",
    }),
    batchSize: numberField({ id: "batch-size", label: "Batch size", hint: "Songs per step." }),
    epochs: numberField({
      id: "epochs-wanted",
      label: "Epochs",
      hint: "How often it goes through all training songs.",
    }),
    seed: numberField({
      id: "seed",
      label: "Seed",
      hint: "Of split, first weights, order and dropout. Same seed, same digits.",
    }),
  } satisfies Fields;
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
    group("Data", [data, features, scaler], (chosen) => `${chosen.data}, ${chosen.features.length} features`),
    group("Network", [hidden, activation, dropout, l1, l2], (chosen) => chosen.hidden.join(" – ") || "no hidden layer"),
    group(
      "Training",
      [optimizer, learningRate, batchSize, epochs, seed],
      (chosen) => `${chosen.epochs} epochs, ${chosen.optimizer}`,
    ),
  ];
}

/** Folded on a phone, where the figures should not be a long way down. */
function group(title: string, fields: readonly { element: HTMLElement }[], words: Group["words"]): Group {
  const chosen = make("span", { class: "chosen" });
  const open = matchMedia("(min-width: 1000px)").matches;
  const summary = make("summary", {}, make("span", { text: title }), chosen);
  const body = make("div", { class: "fields" }, ...fields.map(({ element }) => element));
  const details = make("details", { attributes: { open } }, summary, body);
  return { element: make("div", { class: "panel" }, details), chosen, words };
}
