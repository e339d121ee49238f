import { HitlabError } from "../errors";

/** What the file of a transformer holds, beside what its kind needs. */
export interface TransformerJSON {
  readonly format: "hitlab-transformer";
  readonly version: 1;
  readonly kind: string;
  /** Columns it was fit on. */
  readonly inputs: readonly string[];
}

/** The parts of a transformer's file, each checked as it is read. */
export class TransformerFile {
  constructor(
    readonly kind: string,
    private readonly parts: Readonly<Record<string, unknown>>,
  ) {}

  /** Names of columns: different ones. */
  names(key: string): string[] {
    const names = this.parts[key];
    const fine = Array.isArray(names) && names.every((name) => typeof name === "string");
    if (!fine || new Set(names).size !== names.length) throw this.bad(`${key} is no list of different names`);
    return names;
  }

  /** Names that are all among `inputs`. */
  columns(key: string, inputs: readonly string[]): string[] {
    const names = this.names(key);
    if (names.some((name) => !inputs.includes(name))) throw this.bad(`${key} names other columns than the inputs`);
    return names;
  }

  numbers(key: string, length: number): Float64Array {
    return this.numberList(this.parts[key], key, length);
  }

  /** `length` lists of numbers, each with at least one. */
  numberLists(key: string, length: number): Float64Array[] {
    return this.list(key, length).map((numbers) => this.numberList(numbers, key));
  }

  oneOf<T extends string | boolean>(key: string, values: readonly T[]): T {
    const found = values.find((value) => value === this.parts[key]);
    if (found === undefined) throw this.bad(`${key} is none of ${values.join(", ")}`);
    return found;
  }

  value(key: string): unknown {
    return this.parts[key];
  }

  list(key: string, length?: number): unknown[] {
    const list = this.parts[key];
    if (Array.isArray(list) && (length === undefined || list.length === length)) return list;
    throw this.bad(`${key} is no list${length === undefined ? "" : ` of ${length}`}`);
  }

  bad(found: string): HitlabError {
    return badTransformerFile(`${this.kind}: ${found}`);
  }

  private numberList(numbers: unknown, key: string, length?: number): Float64Array {
    const fine = Array.isArray(numbers) && numbers.every((value) => Number.isFinite(value));
    if (!fine || numbers.length !== (length ?? Math.max(1, numbers.length))) {
      throw this.bad(`${key} is not ${length ?? "a list of"} numbers`);
    }
    return Float64Array.from(numbers);
  }
}

export function badTransformerFile(found: string): HitlabError {
  return new HitlabError({
    what: "this is no transformer saved by hitlab (format hitlab-transformer, version 1)",
    value: found,
    remedy: "fit it again and save what its toJSON() gives",
  });
}

/** A part of a file as text, whatever it is: an object that was JSON may have a toString that is no function. */
export function written(part: unknown): string {
  return typeof part === "object" ? JSON.stringify(part) : String(part);
}
