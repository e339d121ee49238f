import { HitlabError } from "../errors";
import type { Samples } from "../samples";
import { appendColumns, type NewColumn } from "./append-columns";
import {
  type Category,
  categoriesFrom,
  categoriesOf,
  checkEncoded,
  checkKinds,
  sortedCategories,
  unknownCategory,
} from "./categories";
import { checkDifferent } from "./names";
import { fittedInputs, inputsOf, type Rows, withInputs } from "./rows";
import type { Transformer } from "./transformer";
import type { TransformerFile, TransformerJSON } from "./transformer-json";

export interface OneHotOptions {
  /** Info columns to encode, for example ["key", "mode"]. */
  readonly columns: readonly string[];
  /** A category that no train row has: refused, or 0 in all columns of that info column. Default "error". */
  readonly unknown?: "error" | "ignore";
  /**
   * "first" leaves out each info column's first category: the others tell it, and a linear model without penalty needs
   * columns of which none follows from the others. Default "none". Not together with unknown "ignore", where an unknown
   * category would pass for the first.
   */
  readonly drop?: "none" | "first";
}

/** Makes a column of 0 and 1 for each category of info columns. */
export interface OneHotEncoder extends Transformer {
  readonly kind: "oneHot";
  /** The info columns. */
  readonly columns: readonly string[];
  /** The categories of each, ascending, a dropped one included. */
  readonly categories: readonly (readonly Category[])[];
  toJSON(): OneHotJSON;
}

export interface OneHotJSON extends TransformerJSON {
  readonly kind: "oneHot";
  readonly columns: readonly string[];
  readonly categories: readonly (readonly Category[])[];
  readonly unknown: "error" | "ignore";
  readonly drop: "none" | "first";
}

/**
 * Learns the categories of info columns, as scikit-learn's OneHotEncoder; `apply` appends a column "key=A#" of 0 and 1
 * for each of them, in ascending order. Texts are told apart as texts, not by their codes, so any other samples with
 * these columns can be encoded. The info columns themselves stay.
 *
 * @param train samples with the info columns; at least one row
 * @throws HitlabError for no rows, a matrix, an info column that is not there, or a row without a category; when
 *   applied, for an unknown category (names column, row and category)
 * @example
 * ```ts
 * const songs = prepare.samples(frame, { features, target: "streams", info: ["key", "mode"], missing: "keep" });
 * const encoder = prepare.oneHot(songs, { columns: ["key", "mode"] });
 * encoder.apply(songs).x.names; // ..., "key=(missing)", "key=A", "key=A#", ..., "mode=Major", "mode=Minor"
 * ```
 */
export function oneHot(train: Samples, { columns, unknown = "error", drop = "none" }: OneHotOptions): OneHotEncoder {
  checkEncoded(columns);
  checkHow(unknown, drop);
  const { names } = inputsOf(train, "oneHot");
  const categories = columns.map((name) => sortedCategories(categoriesOf(train, name)));
  return new FittedOneHot(names, columns, categories, unknown, drop);
}

function checkHow(unknown: string, drop: string): void {
  if (unknown !== "error" && unknown !== "ignore") {
    const remedy = 'leave it out for "error"';
    throw new HitlabError({ what: 'unknown must be "error" or "ignore"', value: unknown, remedy });
  }
  if (drop !== "none" && drop !== "first") {
    throw new HitlabError({ what: 'drop must be "none" or "first"', value: drop, remedy: 'leave it out for "none"' });
  }
  if (unknown === "error" || drop === "none") return;
  throw new HitlabError({
    what: "with the first category dropped, an ignored unknown one would pass for it",
    value: 'unknown: "ignore", drop: "first"',
    remedy: "leave out one of the two",
  });
}

/** Reads a one-hot encoder from its file. */
export function oneHotFromFile(file: TransformerFile): OneHotEncoder {
  const columns = file.names("columns");
  const categories = file.list("categories", columns.length).map((own) => categoriesFrom(own, file));
  const unknown = file.oneOf("unknown", ["error", "ignore"]);
  return new FittedOneHot(file.names("inputs"), columns, categories, unknown, file.oneOf("drop", ["none", "first"]));
}

class FittedOneHot implements OneHotEncoder {
  readonly kind = "oneHot";
  readonly names: readonly string[];

  constructor(
    readonly inputs: readonly string[],
    readonly columns: readonly string[],
    readonly categories: readonly (readonly Category[])[],
    private readonly unknown: "error" | "ignore",
    private readonly drop: "none" | "first",
  ) {
    const encoded = columns.flatMap((column, k) => this.shown(k).map((category) => `${column}=${category}`));
    this.names = [...inputs, ...encoded];
    checkDifferent(this.names, "rename the column, or encode it once only");
  }

  apply<S extends Rows>(rows: S): S {
    const x = fittedInputs(rows, this.inputs, this.kind);
    const added = this.columns.flatMap((column, k) => this.encoded(column, k, categoriesOf(rows, column)));
    return withInputs(rows, appendColumns(x, added));
  }

  toJSON(): OneHotJSON {
    return {
      format: "hitlab-transformer",
      version: 1,
      kind: this.kind,
      inputs: [...this.inputs],
      columns: [...this.columns],
      categories: this.categories.map((own) => [...own]),
      unknown: this.unknown,
      drop: this.drop,
    };
  }

  private encoded(column: string, k: number, rows: readonly Category[]): NewColumn[] {
    const known = this.categories[k];
    checkKinds(column, known, rows);
    const shown = this.shown(k).map((category) => ({
      name: `${column}=${category}`,
      values: new Float64Array(rows.length),
    }));
    const place = new Map(known.map((category, c) => [category, c - (known.length - shown.length)]));
    rows.forEach((category, row) => {
      const at = place.get(category);
      if (at !== undefined && at >= 0) shown[at].values[row] = 1;
      if (at === undefined && this.unknown === "error") {
        const remedy = 'pass unknown: "ignore" for 0 in all its columns, or have such a row among train';
        throw unknownCategory(column, row, category, remedy);
      }
    });
    return shown;
  }

  /** The categories that get a column. */
  private shown(k: number): readonly Category[] {
    return this.drop === "first" ? this.categories[k].slice(1) : this.categories[k];
  }
}
