import { HitlabError } from "../errors";
import { registry } from "./registry";
import { resolveData } from "./resolve";

/** A data set and where its rows would come from now. */
export interface Available {
  readonly name: string;
  readonly title: string;
  readonly rows: number;
  /** "real file", "stand-in (invented)", "generated, as in the study", or "missing in HITLAB_DATA". */
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
  return registry().map(({ name, title, rows, file, parts }) => {
    if (!file && !parts) return { name, title, rows, now: "generated, as in the study" };
    return { name, title, rows, now: sourceOf(name) };
  });
}

function sourceOf(name: string): string {
  try {
    return resolveData(name).kind === "real" ? "real file" : "stand-in (invented)";
  } catch (error) {
    // One file is enough for one study: a folder without the others is no reason to refuse the list.
    if (process.env.HITLAB_DATA && error instanceof HitlabError) return "missing in HITLAB_DATA";
    throw error;
  }
}
