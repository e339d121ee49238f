import type { FeatureDefinition } from "../../../../lib/src/data/audio-features";
import { capital } from "../../shared/capital";
import { make } from "../../shared/dom";
import type { FeatureMarks } from "../../shared/fitted-models";
import { faultOf } from "../feature-value";
import type { Curve } from "../judge";
import { type Scale, scaleFor } from "../scale";
import { inWords, percent, shortUnit, title, written } from "../wording";
import { CurveDrawing, heightAt } from "./curve-drawing";

/** One of the fifteen numbers: field, slider, curve, what is typical, what it means. */
export class FeatureRow {
  readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly slider: HTMLInputElement;
  private readonly words = make("span", { class: "words quiet" });
  private readonly problem: HTMLElement;
  private readonly told: HTMLElement;
  private readonly drawing = new CurveDrawing();
  private readonly typical = make("p");
  private marks!: FeatureMarks;
  private scale!: Scale;
  private value = 0;

  /** @param moved hears each new value that is a valid one */
  constructor(
    private readonly definition: FeatureDefinition,
    private readonly moved: (value: number) => void,
  ) {
    const { name, unit } = definition;
    const id = (part: string) => `${part}-${name}`;
    this.problem = make("p", { class: "problem", id: id("problem"), attributes: { role: "status" } });
    this.told = make("p", { id: id("told") });
    const described = `${id("problem")} ${id("told")}`;
    this.field = make("input", {
      class: "input value",
      id: id("value"),
      attributes: { type: "text", inputmode: "decimal", autocomplete: "off", "aria-describedby": described },
      on: { change: () => this.typed() },
    });
    this.slider = make("input", {
      attributes: { type: "range", "aria-label": `${title(name)}, slider`, "aria-describedby": id("told") },
      on: { input: () => this.slid() },
    });
    const heading = make("label", { class: "feature-name", attributes: { for: id("value") } }, title(name));
    const head = make(
      "div",
      { class: "feature-head" },
      heading,
      this.words,
      this.field,
      make("span", { class: "unit quiet", text: shortUnit(unit) }),
    );
    const about = make(
      "details",
      { class: "about" },
      make("summary", {}, "What it is", make("span", { class: "visually-hidden", text: `: ${title(name)}` })),
    );
    about.append(make("p", { text: meaning(definition) }), this.typical, this.told);
    const strip = make("div", { class: "strip" }, this.drawing.element, this.slider, this.drawing.marks);
    this.element = make("div", { class: "feature", id: id("feature") }, head, this.problem, strip, about);
  }

  /** What is typical in the era, and the value of the song. */
  show(value: number, marks: FeatureMarks): void {
    this.value = value;
    this.marks = marks;
    this.fitScale();
    this.field.value = String(value);
    this.slider.value = String(value);
    this.tellProblem("");
    this.tellValue();
    const { hit, flop } = marks;
    this.typical.textContent = `Half of all hits lie from ${written(hit[0])} to ${written(hit[2])} (median ${written(hit[1])}), half of all flops from ${written(flop[0])} to ${written(flop[2])} (median ${written(flop[1])}).`;
  }

  showCurve(curve: Curve): void {
    this.drawing.showCurve(curve);
    const { x, probability: along } = curve;
    const top = along.indexOf(Math.max(...along));
    const bottom = along.indexOf(Math.min(...along));
    this.told.textContent = `With the other numbers as they are, the probability of a hit runs from ${percent(along[bottom])} at ${written(x[bottom])} to ${percent(along[top])} at ${written(x[top])}; at ${written(this.value)} it is ${percent(heightAt(curve, this.value))}.`;
  }

  /** Says at the field what is wrong; an empty text takes it back. */
  tellProblem(text: string): void {
    this.problem.textContent = text;
    if (text) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }

  focus(): void {
    this.field.focus();
  }

  private fitScale(): void {
    this.scale = scaleFor(this.definition, this.marks, this.value);
    const { low, high, step } = this.scale;
    Object.assign(this.slider, { min: String(low), max: String(high), step: String(step) });
    this.drawing.showScale(this.scale, this.marks, this.value);
  }

  private tellValue(): void {
    const words = inWords(this.definition.name, this.value);
    this.words.textContent = words;
    this.slider.setAttribute("aria-valuetext", words ? `${written(this.value)}, ${words}` : written(this.value));
  }

  private slid(): void {
    this.value = Number(this.slider.value);
    this.field.value = this.slider.value;
    this.tellProblem("");
    this.tellValue();
    this.drawing.showValue(this.value);
    this.moved(this.value);
  }

  private typed(): void {
    const text = this.field.value.trim();
    const value = text === "" ? Number.NaN : Number(text.replace("−", "-"));
    const problem = Number.isFinite(value)
      ? faultOf(this.definition, value)
      : `"${text.slice(0, 40)}" is not a number. Write it with a point, such as 0.5.`;
    this.tellProblem(problem ?? "");
    if (problem) return;
    this.value = value;
    this.fitScale();
    this.slider.value = String(value);
    this.tellValue();
    this.moved(value);
  }
}

function meaning({ meaning: text, unit, notFound }: FeatureDefinition): string {
  const sentences = [`${capital(text)}.`];
  if (shortUnit(unit) !== unit) sentences.push(`In ${unit}.`);
  if (notFound) sentences.push(`0 says that ${notFound}.`);
  return sentences.join(" ");
}
