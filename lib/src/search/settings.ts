import { HitlabError } from "../errors";
import { valueText } from "../evaluate/full-grid";

/** What a parameter may be set to. A list of numbers is one value, for example the units of each layer. */
export type Value = string | number | boolean | null | readonly number[];

/** The values to be tried of each parameter. */
export type Grid = Readonly<Record<string, readonly Value[]>>;

/** One setting of a grid: a value for each of its parameters. */
export type Params<G extends Grid> = { readonly [Name in keyof G]: G[Name][number] };

/** Columns of a search's table that are no parameters. */
const taken = ["rank", "mean", "sd", "trainMean", "failed"];

/**
 * Every combination of the values, in the order of nested loops: the last parameter changes fastest.
 *
 * @throws HitlabError for no parameters, one without values or with a value twice, and a name that tables use themselves
 */
export function settingsOf<G extends Grid>(grid: G): Params<G>[] {
  const parameters = Object.entries(grid);
  if (parameters.length === 0) {
    throw new HitlabError({ what: "the grid has no parameters", remedy: "pass for example { units: [64, 128] }" });
  }
  for (const [name, values] of parameters) checkParameter(name, values);
  const none: Record<string, Value>[] = [{}];
  const all = parameters.reduce(
    (settings, [name, values]) => settings.flatMap((setting) => values.map((value) => ({ ...setting, [name]: value }))),
    none,
  );
  return all as Params<G>[];
}

/** A setting in words: "learningRate 0.001, units 64-32". */
export function inWords(params: Readonly<Record<string, Value>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(", ");
}

/** A value as a table shows it: lists of numbers as `valueText`, the others as they are. */
export function asCell<V extends Value>(value: V): Exclude<V, readonly number[]> | string {
  return Array.isArray(value) ? valueText(value) : (value as Exclude<V, readonly number[]>);
}

function checkParameter(name: string, values: readonly Value[]): void {
  if (taken.includes(name)) {
    const remedy = "give it another name";
    throw new HitlabError({ what: "the table of results has a column of this name itself", value: name, remedy });
  }
  if (!Array.isArray(values) || values.length === 0) {
    const remedy = "pass a list of at least one";
    throw new HitlabError({ what: `parameter "${name}" has no values to try`, value: values, remedy });
  }
  const endless = values.flat().find((value) => typeof value === "number" && !Number.isFinite(value));
  if (endless !== undefined) {
    const remedy = "pass finite numbers, or null for what has no limit";
    throw new HitlabError({ what: `parameter "${name}" has a value that is no number`, value: endless, remedy });
  }
  const texts = values.map((value) => JSON.stringify(value));
  const twice = texts.findIndex((text, at) => texts.indexOf(text) < at);
  if (twice >= 0) {
    const remedy = "name each value once";
    throw new HitlabError({ what: `parameter "${name}" has a value twice`, value: texts[twice], remedy });
  }
}
