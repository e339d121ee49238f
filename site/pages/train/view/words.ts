import { counted, duration, formatNumber } from "../../../../lib/src/show/format";
import { columnsOf } from "../columns";
import { defaults, type Settings } from "../settings";

/** What the songs are called where one chooses them. */
export const dataNames: Readonly<Record<Settings["data"], string>> = {
  "60s": "1960s: hit or flop",
  "70s": "1970s: hit or flop",
  "80s": "1980s: hit or flop",
  "90s": "1990s: hit or flop",
  "00s": "2000s: hit or flop",
  "10s": "2010s: hit or flop",
  all: "All six decades: hit or flop",
  "2023": "2023: how often streamed",
};

export const optimizerNames: Readonly<Record<Settings["optimizer"], string>> = {
  adam: "Adam",
  rmsprop: "RMSprop",
  sgd: "SGD",
};

const names: Readonly<Record<keyof Settings, string>> = {
  data: "songs",
  features: "features",
  hidden: "layers",
  activation: "activation",
  dropout: "dropout",
  l1: "L1",
  l2: "L2",
  optimizer: "optimizer",
  learningRate: "learning rate",
  batchSize: "batch size",
  epochs: "epochs",
  scaler: "scaler",
  seed: "seed",
};

/** A time that may be too short for digits. */
export function timeInWords(seconds: number): string {
  return seconds < 0.05 ? "under 0.1 s" : duration(seconds);
}

const fields = Object.keys(names) as (keyof Settings)[];

export function sameSettings(one: Settings, other: Settings): boolean {
  return fields.every((field) => String(one[field]) === String(other[field]));
}

/** Weights and biases of the network: each unit sees all outputs of the layer before it, and 1. */
export function countParameters({ features, hidden }: Settings): number {
  const sizes = [features.length, ...hidden, 1];
  return sizes.slice(1).reduce((sum, units, at) => sum + units * (sizes[at] + 1), 0);
}

/** "90s, 15 features, 64-32 relu, adam 0.001, 20 epochs", and what else is not as usual. */
export function inWords(settings: Settings): string {
  const { data, features, hidden, activation, optimizer, learningRate, epochs } = settings;
  const layers = hidden.length ? `${hidden.join("-")} ${activation}` : "no hidden layer";
  const others = (["dropout", "l1", "l2", "batchSize", "scaler", "seed"] as const)
    .filter((field) => settings[field] !== defaults[field])
    .map((field) => `${names[field]} ${valueInWords(field, settings)}`);
  return [
    data,
    counted(features.length, "feature"),
    layers,
    `${optimizerNames[optimizer]} ${learningRate}`,
    counted(epochs, "epoch"),
    ...others,
  ].join(", ");
}

/** How settings differ from those of the run before: "dropout 0 → 0.3, epochs 20 → 60". */
export function differences(settings: Settings, before: Settings): string {
  const changed = fields.filter((field) => String(settings[field]) !== String(before[field]));
  const each = changed.map((field) => {
    const [from, to] = [valueInWords(field, before), valueInWords(field, settings)];
    return field === "features" ? featuresChange(settings, before) : `${names[field]} ${from} → ${to}`;
  });
  const others = settings.data !== before.data || settings.seed !== before.seed ? ["other test songs"] : [];
  return [...each, ...others].join(", ") || "same settings, so the same digits";
}

function featuresChange(settings: Settings, before: Settings): string {
  const [now, then] = [settings.features, before.features];
  const gone = then.filter((name) => !now.includes(name));
  const come = now.filter((name) => !then.includes(name));
  const short = gone.length + come.length <= 3 && settings.data === before.data;
  if (!short) return `${counted(now.length, "feature")} in place of ${formatNumber(then.length)}`;
  return [come.length ? `with ${come.join(", ")}` : "", gone.length ? `without ${gone.join(", ")}` : ""]
    .filter(Boolean)
    .join(", ");
}

function valueInWords(field: keyof Settings, settings: Settings): string {
  if (field === "features")
    return settings.features.length === columnsOf(settings.data).length ? "all" : settings.features.join(" ");
  if (field === "hidden") return settings.hidden.join("-") || "none";
  if (field === "optimizer") return optimizerNames[settings.optimizer];
  if (field === "scaler") return settings.scaler === "all" ? "on all rows" : "on training rows";
  return String(settings[field]);
}
