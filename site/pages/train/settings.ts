import type { Decade } from "../shared/payloads";
import { columnsOf } from "./columns";

/** Everything that decides a training: it stands in the address of the page, so that a link repeats it. */
export interface Settings {
  /** A decade, all six, or the songs of study 3. */
  readonly data: Decade | "all" | "2023";
  /** Names of the columns that the network sees, in the order of `columnsOf`. */
  readonly features: readonly string[];
  /** Units of each hidden layer; without one the network is a logistic or linear regression. */
  readonly hidden: readonly number[];
  readonly activation: "relu" | "tanh" | "sigmoid";
  /** Share dropped after each hidden layer, 0 for none. */
  readonly dropout: number;
  /** Penalties on the hidden layers' weights. */
  readonly l1: number;
  readonly l2: number;
  readonly optimizer: "adam" | "rmsprop" | "sgd";
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Which rows the scaler is fitted on: "all" as study 2 did (a leak), "train" as is honest. */
  readonly scaler: "all" | "train";
  /** Of the split, the first weights, the order of the songs and what dropout drops. */
  readonly seed: number;
}

/** What is wrong, by field: a sentence for the visitor. */
export type Problems = Readonly<Partial<Record<keyof Settings, string>>>;

/** The network of notebook 02. */
export const defaults: Settings = {
  data: "90s",
  features: columnsOf("90s"),
  hidden: [64, 32],
  activation: "relu",
  dropout: 0,
  l1: 0,
  l2: 0,
  optimizer: "adam",
  learningRate: 0.001,
  batchSize: 32,
  epochs: 20,
  scaler: "all",
  seed: 42,
};

/** The values of the fields that have a list of them, in the order in which the page offers them. */
export const choices = {
  data: ["60s", "70s", "80s", "90s", "00s", "10s", "all", "2023"],
  activation: ["relu", "tanh", "sigmoid"],
  optimizer: ["adam", "rmsprop", "sgd"],
  scaler: ["all", "train"],
} as const satisfies { readonly [Field in keyof Settings]?: readonly Settings[Field][] };

export interface Bounds {
  /** What the field is called before a colon. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

/** Bounds of the numbers, both ends allowed. */
export const bounds = {
  dropout: { name: "Dropout", low: 0, high: 0.9, whole: false },
  l1: { name: "L1 penalty", low: 0, high: 1, whole: false },
  l2: { name: "L2 penalty", low: 0, high: 1, whole: false },
  learningRate: { name: "Learning rate", low: 0.00001, high: 10, whole: false },
  batchSize: { name: "Batch size", low: 1, high: 4096, whole: true },
  epochs: { name: "Epochs", low: 1, high: 500, whole: true },
  seed: { name: "Seed", low: 0, high: 4294967295, whole: true },
} as const satisfies { readonly [Field in keyof Settings]?: Bounds };

/** Of the hidden layers. */
export const mostLayers = 4;
const unitBounds: Bounds = { name: "Units of a layer", low: 1, high: 256, whole: true };

/** Settings for other data: columns that the new data has not give way to all of its own. */
export function withData(settings: Settings, data: Settings["data"]): Settings {
  const known = columnsOf(data);
  const fit = settings.features.every((name) => known.includes(name));
  return { ...settings, data, features: fit ? settings.features : known };
}

/** What is wrong with settings; an empty object if nothing is. */
export function problemsOf(settings: Settings): Problems {
  const found = (Object.keys(defaults) as (keyof Settings)[]).map((field) => [field, problemOf(field, settings)]);
  return Object.fromEntries(found.filter(([, problem]) => problem !== undefined));
}

/** What is wrong with one field. Whether features are known depends on the data. */
export function problemOf(field: keyof Settings, settings: Settings): string | undefined {
  if (field === "features") return featuresProblem(settings);
  if (field === "hidden") return hiddenProblem(settings.hidden);
  if (field in choices) {
    const known: readonly unknown[] = choices[field as keyof typeof choices];
    return known.includes(settings[field]) ? undefined : `Choose one of ${known.join(", ")}${found(settings[field])}.`;
  }
  return boundsProblem(settings[field] as number, bounds[field as keyof typeof bounds]);
}

function featuresProblem({ data, features }: Settings): string | undefined {
  const known = columnsOf(data);
  if (features.length === 0) return "Choose at least one feature.";
  const strange = features.find((name) => !known.includes(name));
  if (strange !== undefined) return `These songs have no such feature${found(strange)}.`;
  const twice = features.find((name, at) => features.indexOf(name) !== at);
  return twice === undefined ? undefined : `A feature is named twice${found(twice)}.`;
}

function hiddenProblem(hidden: readonly number[]): string | undefined {
  if (hidden.length > mostLayers) return `At most ${mostLayers} hidden layers (found ${hidden.length}).`;
  return hidden.map((units) => boundsProblem(units, unitBounds)).find((problem) => problem !== undefined);
}

function boundsProblem(value: number, { name, low, high, whole }: Bounds): string | undefined {
  if (value >= low && value <= high && (!whole || Number.isInteger(value))) return undefined;
  return `${name}: a ${whole ? "whole number" : "number"} from ${low} to ${high}${found(value)}.`;
}

/** What stands there instead, shortened: it may come from a hostile address. */
export function found(value: unknown): string {
  if (typeof value === "number") return Number.isNaN(value) ? "" : ` (found ${value})`;
  const text = String(value);
  return ` (found "${text.length > 30 ? `${text.slice(0, 30)}…` : text}")`;
}
