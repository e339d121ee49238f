/** What may stand in a Plotly trace or layout: JSON, and arrays of numbers of any kind. */
export type PlotlyValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | ArrayLike<number>
  | readonly PlotlyValue[]
  | { readonly [key: string]: PlotlyValue };

/** A trace, layout, axis, shape or annotation, by Plotly's own attribute names. */
export type PlotlyObject = { readonly [key: string]: PlotlyValue };

/** JSON as it goes into a notebook. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * A copy as plain JSON: typed arrays become arrays, what is not a finite number becomes null, numbers keep seven
 * digits (more than any screen shows, and a notebook half the size).
 */
export function toJson(value: PlotlyValue): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isFinite(value) ? Number(value.toPrecision(7)) : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item: PlotlyValue) => toJson(item));
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, (item) => toJson(item));
  return toJsonObject(value as PlotlyObject);
}

/** The same for an object; keys without a value are left out. */
export function toJsonObject(value: PlotlyObject): JsonObject {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item)]));
}
