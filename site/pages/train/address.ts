import { columnsOf } from "./columns";
import { defaults, found, type Problems, problemOf, type Settings, withData } from "./settings";

/** Short names of the fields in the address, in its order. */
const names: Readonly<Record<keyof Settings, string>> = {
  data: "data",
  features: "features",
  hidden: "hidden",
  activation: "activation",
  dropout: "dropout",
  l1: "l1",
  l2: "l2",
  optimizer: "optimizer",
  learningRate: "rate",
  batchSize: "batch",
  epochs: "epochs",
  scaler: "scaler",
  seed: "seed",
};

const fields = Object.keys(names) as (keyof Settings)[];

/**
 * The part of an address after `#` that repeats a training. Every field stands in it, so that a link stays good when the
 * defaults change.
 *
 * @example
 * ```ts
 * writeAddress(defaults); // "#data=90s&features=all&hidden=64-32&activation=relu&dropout=0&..."
 * ```
 */
export function writeAddress(settings: Settings): string {
  return `#${fields.map((field) => `${names[field]}=${textOf(field, settings)}`).join("&")}`;
}

function textOf(field: keyof Settings, settings: Settings): string {
  const { data, features, hidden } = settings;
  if (field === "hidden") return hidden.join("-") || "none";
  if (field !== "features") return String(settings[field]);
  return features.length === columnsOf(data).length ? "all" : features.join(",");
}

/**
 * The settings of an address. What is missing is as in `defaults`; what makes no sense, too, and `problems` says so.
 * Names that are not ours are left alone.
 */
export function readAddress(hash: string): { readonly settings: Settings; readonly problems: Problems } {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  let settings = defaults;
  const problems: Partial<Record<keyof Settings, string>> = {};
  // In their order: which features there are depends on the data.
  for (const field of fields) {
    const text = given.get(names[field]);
    if (text === null) continue;
    const read = { ...settings, [field]: parsed(field, text, settings.data) } as Settings;
    const problem = unreadable(field, text, read) ?? problemOf(field, read);
    if (problem === undefined) settings = field === "data" ? withData(settings, read.data) : read;
    else problems[field] = `${problem} The address is damaged there; the usual value stands instead.`;
  }
  return { settings, problems };
}

function parsed(field: keyof Settings, text: string, data: Settings["data"]): unknown {
  if (field === "hidden") return text === "none" ? [] : text.split("-").map(numberOf);
  if (field === "features") return text === "all" ? columnsOf(data) : inOrder(text.split(","), data);
  return typeof defaults[field] === "number" ? numberOf(text) : text;
}

/** The names in the order of the columns; those that are no columns come last, to be complained of. */
function inOrder(features: readonly string[], data: Settings["data"]): string[] {
  const place = (name: string) => columnsOf(data).indexOf(name) + 1 || Number.POSITIVE_INFINITY;
  return [...features].sort((a, b) => (place(a) < place(b) ? -1 : Number(place(a) > place(b))));
}

/** NaN for all that is not written as a number: `Number` would take "" for 0, and "0x10" for 16. */
function numberOf(text: string): number {
  return /^\d{1,15}(\.\d{1,40})?(e[+-]?\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
}

/** The text itself, where it is no number: the bounds could not name it. */
function unreadable(field: keyof Settings, text: string, read: Settings): string | undefined {
  const value = read[field];
  const isNumber = field === "hidden" ? !read.hidden.some(Number.isNaN) : !Number.isNaN(value);
  return isNumber ? undefined : `${problemOf(field, read)?.replace(/\.$/, "")}${found(text)}.`;
}
