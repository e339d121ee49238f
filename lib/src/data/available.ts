import { registry } from "./registry";
import { resolveData } from "./resolve";

/** A data set and where its rows would come from now. */
export interface Available {
  readonly name: string;
  readonly title: string;
  readonly rows: number;
  /** "real file", "stand-in (invented)", or "generated, as in the study". */
  readonly now: string;
}

/**
 * Every data set of the registry and where it would come from now; nothing is read.
 *
 * @example
 * ```ts
 * show.table(load.available());
 * ```
 */
export function available(): Available[] {
  return registry().map(({ name, title, rows, file }) => {
    if (!file) return { name, title, rows, now: "generated, as in the study" };
    const real = resolveData(name).kind === "real";
    return { name, title, rows, now: real ? "real file" : "stand-in (invented)" };
  });
}
