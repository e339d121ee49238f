import { HitlabError } from "../../errors";

/** A model's file as parsed, its format checked, each field still to be taken by one of the functions below. */
export class ModelFile {
  private readonly fields: Readonly<Record<string, unknown>>;

  /** @throws HitlabError unless `json` has this format and version 1 */
  constructor(
    json: unknown,
    private readonly format: string,
    private readonly model: string,
  ) {
    this.fields = (json ?? {}) as Record<string, unknown>;
    const { format: found, version } = this.fields;
    if (found !== format || version !== 1) throw this.bad(`format ${found}, version ${version}`);
  }

  names(): string[] {
    const { names } = this.fields;
    if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) throw this.bad("no names");
    return names;
  }

  /** A list of finite numbers, of `length` where that is known. */
  list(name: string, length?: number): Float64Array {
    const list = this.fields[name];
    if (!Array.isArray(list) || list.length !== (length ?? list.length) || !list.every(Number.isFinite)) {
      throw this.bad(`${name} are not ${length ?? "all"} numbers`);
    }
    return Float64Array.from(list);
  }

  /** Finite numbers by these names. */
  numbers<Name extends string>(...names: Name[]): Record<Name, number> {
    const odd = names.find((name) => !Number.isFinite(this.fields[name]));
    if (odd) throw this.bad(`${odd} is missing`);
    return Object.fromEntries(names.map((name) => [name, this.fields[name]])) as Record<Name, number>;
  }

  flag(name: string): boolean {
    const flag = this.fields[name];
    if (typeof flag !== "boolean") throw this.bad(`${name} is missing`);
    return flag;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
    const found = values.find((value) => value === this.fields[name]);
    if (found === undefined) throw this.bad(`${name} ${this.fields[name]}`);
    return found;
  }

  /** The fields of an object among the fields. */
  part(name: string): ModelFile {
    const { version } = this.fields;
    const fields = Object(this.fields[name]) as Record<string, unknown>;
    return new ModelFile({ ...fields, format: this.format, version }, this.format, this.model);
  }

  /** What to throw where a field is there but cannot be. */
  bad(found: string): HitlabError {
    return new HitlabError({
      what: `this is not a ${this.model} saved by hitlab (format ${this.format}, version 1)`,
      value: found,
      remedy: "fit the model again and save what its toJSON() gives",
    });
  }
}
