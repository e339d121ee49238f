import { make } from "../../shared/dom";

/** A part of the form that holds one setting. */
export interface Field<Value> {
  readonly element: HTMLElement;
  /** What it says now, right or not. */
  read(): Value;
  write(value: Value): void;
  /** Shows what is wrong with it; without a problem all is well. */
  complain(problem: string | undefined): void;
}

export interface FieldText {
  /** Unique in the page. */
  readonly id: string;
  readonly label: string;
  readonly hint: string;
}

/** A number as text: what is no number stays there to be seen, and is NaN. */
export function numberField(text: FieldText): Field<number> {
  const notes = notesOf(text);
  const attributes = { type: "text", inputmode: "decimal", autocomplete: "off", "aria-describedby": notes.ids };
  const input = make("input", { class: "input", id: text.id, attributes });
  return {
    element: labelled(text, input, notes),
    read: () => numberIn(input.value),
    write: (value) => {
      input.value = String(value);
    },
    complain: (problem) => notes.complain(problem, [input]),
  };
}

/** The number of a text field; empty and all else that is no number is NaN. A comma may stand for the point. */
export function numberIn(text: string): number {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? Number.NaN : Number(trimmed);
}

/** One of a list of values. */
export function choiceField<Value extends string>(
  text: FieldText,
  options: readonly { readonly value: Value; readonly label: string }[],
): Field<Value> {
  const notes = notesOf(text);
  const select = make(
    "select",
    { class: "select", id: text.id, attributes: { "aria-describedby": notes.ids } },
    ...options.map(({ value, label }) => make("option", { text: label, attributes: { value } })),
  );
  return {
    element: labelled(text, select, notes),
    read: () => select.value as Value,
    write: (value) => {
      select.value = value;
    },
    complain: (problem) => notes.complain(problem, [select]),
  };
}

/** One of a few values whose meaning needs a sentence each. */
export function radioField<Value extends string>(
  text: FieldText,
  options: readonly { readonly value: Value; readonly label: string }[],
): Field<Value> {
  const notes = notesOf(text);
  const radios = options.map(({ value }) => make("input", { attributes: { type: "radio", name: text.id, value } }));
  const choices = options.map(({ label }, at) => make("label", {}, radios[at], make("span", { text: label })));
  const radiogroup = make("div", { class: "radios" }, ...choices);
  const legend = make("legend", { text: text.label });
  const attributes = { "aria-describedby": notes.ids };
  return {
    element: make(
      "fieldset",
      { class: "whole", id: text.id, attributes },
      legend,
      radiogroup,
      notes.hint,
      notes.problem,
    ),
    read: () => (radios.find(({ checked }) => checked)?.value ?? "") as Value,
    write: (value) => {
      for (const radio of radios) radio.checked = radio.value === value;
    },
    complain: (problem) => notes.complain(problem, []),
  };
}

/** Hint and message of a field. */
export interface Notes {
  readonly hint: HTMLElement;
  readonly problem: HTMLElement;
  /** For aria-describedby. */
  readonly ids: string;
  complain(problem: string | undefined, controls: readonly HTMLElement[]): void;
}

export function notesOf({ id, hint }: FieldText): Notes {
  const problem = make("p", {
    class: "problem",
    id: `${id}-problem`,
    attributes: { "aria-live": "polite", hidden: true },
  });
  return {
    hint: make("p", { class: "hint", id: `${id}-hint`, text: hint }),
    problem,
    ids: `${id}-hint ${id}-problem`,
    complain(text, controls) {
      problem.hidden = text === undefined;
      problem.textContent = text ?? "";
      for (const control of controls) {
        if (text === undefined) control.removeAttribute("aria-invalid");
        else control.setAttribute("aria-invalid", "true");
      }
    },
  };
}

function labelled(text: FieldText, control: HTMLElement, { hint, problem }: Notes): HTMLElement {
  return make(
    "div",
    { class: "field" },
    make("label", { text: text.label, attributes: { for: text.id } }),
    control,
    hint,
    problem,
  );
}
