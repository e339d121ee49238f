import { HitlabError } from "../../errors";
import { checkFinite } from "../../prepare/finite";
import type { Matrix, Samples } from "../../samples";
import { checkColumns, checkTargetLength, shareRight } from "../checks";
import { multiply } from "./rows";

/** A binary classifier by the sign of intercept + coefficients * x. */
export abstract class LinearClassifier {
  abstract readonly kind: string;

  protected constructor(
    /** Names of the columns it was fit on, one per coefficient. */
    readonly names: readonly string[],
    readonly coefficients: Float64Array,
    readonly intercept: number,
  ) {}

  /**
   * intercept + coefficients * x for each row: positive means class 1.
   *
   * @throws HitlabError for other columns than those of the fit, and for NaN or infinite inputs
   */
  decision(x: Matrix): Float64Array {
    checkColumns(x, this.names, this.kind);
    checkFinite(x);
    const margins = new Float64Array(x.rows);
    multiply(x.data, x.columns, Float64Array.of(...this.coefficients, this.intercept), margins);
    return margins;
  }

  /** The class of each row, 0 or 1 (0 where the decision is exactly 0, as scikit-learn). */
  predict(x: Matrix): Float64Array {
    return this.decision(x).map((margin) => (margin > 0 ? 1 : 0));
  }

  /** Accuracy: the share of rows whose predicted class is their target. */
  score(samples: Samples): number {
    checkTargetLength(samples.y, samples.x.rows, `the score of a ${this.kind}`);
    return shareRight(this.predict(samples.x), samples.y);
  }
}

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

  /** A list of `length` finite numbers. */
  list(name: string, length: number): Float64Array {
    const list = this.fields[name];
    if (!Array.isArray(list) || list.length !== length || !list.every(Number.isFinite)) {
      throw this.bad(`${name} are not ${length} numbers`);
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

  private bad(found: string): HitlabError {
    return new HitlabError({
      what: `this is not a ${this.model} saved by hitlab (format ${this.format}, version 1)`,
      value: found,
      remedy: "fit the model again and save what its toJSON() gives",
    });
  }
}
