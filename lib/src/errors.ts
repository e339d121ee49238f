/** Where a fault was found and what to do about it. Only what is known is given. */
export interface Fault {
  /** What is wrong, as a sentence without its full stop. */
  readonly what: string;
  /** What the reader can do, as a sentence without its full stop. */
  readonly remedy: string;
  readonly file?: string;
  /** 1-based line in `file`. */
  readonly line?: number;
  /** Name of the column in `file`. */
  readonly column?: string;
  /** The offending value, shown shortened. */
  readonly value?: unknown;
}

/**
 * An error meant for the reader of a notebook: it says where, what and what to do, and carries no library frames.
 *
 * @example
 * ```ts
 * throw new HitlabError({
 *   what: "rank must be a whole number from 1 to 200", value: "x", file: "charts.csv", line: 12, column: "rank",
 *   remedy: "correct the cell or remove the line",
 * });
 * // charts.csv:12, column "rank": rank must be a whole number from 1 to 200 (found "x"). To mend it: correct ...
 * ```
 */
export class HitlabError extends Error {
  /** The parts of the message. */
  declare readonly fault: Fault;

  constructor(fault: Fault) {
    super(describe(fault));
    this.name = "HitlabError";
    // Not enumerable: a kernel would print the parts once more below the sentence.
    Object.defineProperty(this, "fault", { value: fault });
    // A stack would bury the sentence under the frames of the kernel.
    this.stack = `${this.name}: ${this.message}`;
  }
}

function describe(fault: Fault): string {
  const line = fault.line === undefined ? "" : `:${fault.line}`;
  const place = [fault.file && `${fault.file}${line}`, fault.column && `column "${fault.column}"`].filter(Boolean);
  const found = fault.value === undefined ? "" : ` (found ${shown(fault.value)})`;
  return `${place.length ? `${place.join(", ")}: ` : ""}${fault.what}${found}. To mend it: ${fault.remedy}.`;
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
