import { HitlabError } from "../errors";
import type { Samples } from "../samples";
import { appendColumns } from "./append-columns";
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

export interface OrdinalOptions {
  /** Info columns to encode, for example ["size"]. */
  readonly columns: readonly string[];
  /** Categories of a column in their order: { size: ["small", "large"] }. Default those of the train rows, ascending. */
  readonly categories?: Readonly<Record<string, readonly Category[]>>;
  /** What an unknown category becomes: a number that no known one has, for example -1; or refused. Default "error". */
  readonly unknown?: number | "error";
}

/** Numbers the categories of info columns. */
export interface OrdinalEncoder extends Transformer {
  readonly kind: "ordinal";
  readonly columns: readonly string[];
  /** The categories of each: the first becomes 0. */
  readonly categories: readonly (readonly Category[])[];
  toJSON(): OrdinalJSON;
}

export interface OrdinalJSON extends TransformerJSON {
  readonly kind: "ordinal";
  readonly columns: readonly string[];
  readonly categories: readonly (readonly Category[])[];
  readonly unknown: number | "error";
}

/**
 * Learns the categories of info columns, as scikit-learn's OrdinalEncoder; `apply` appends a column of 0, 1, 2 ... under
 * the info column's name. For categories with an order, and for trees; to a linear model or a network an arbitrary order
 * says what is not so (use `oneHot`).
 *
 * @param train samples with the info columns; at least one row
 * @throws HitlabError for no rows, a matrix, an info column that is not there, a row without a category or one that
 *   `categories` does not know; when applied, for an unknown category (names column, row and category)
 * @example
 * ```ts
 * const encoder = prepare.ordinal(parts.train, { columns: ["mode"], categories: { mode: ["Minor", "Major"] } });
 * encoder.apply(parts.test).x.names; // ..., "mode": 0 = Minor, 1 = Major
 * ```
 */
export function ordinal(
  train: Samples,
  { columns, categories = {}, unknown = "error" }: OrdinalOptions,
): OrdinalEncoder {
  checkEncoded(columns);
  const strange = Object.keys(categories).find((name) => !columns.includes(name));
  if (strange !== undefined) {
    const remedy = `name it in columns too, which are: ${columns.join(", ")}`;
    throw new HitlabError({ what: "categories are given for a column that is not encoded", value: strange, remedy });
  }
  const { names } = inputsOf(train, "ordinal");
  const orders = columns.map((name) => {
    if (!Object.hasOwn(categories, name)) return sortedCategories(categoriesOf(train, name));
    checkOrder(name, categories[name]);
    return [...categories[name]];
  });
  checkUnknown(unknown, orders);
  const encoder = new FittedOrdinal(names, columns, orders, unknown);
  // For what it refuses.
  encoder.apply(train);
  return encoder;
}

function checkOrder(column: string, categories: readonly Category[]): void {
  const remedy = "list each category once, in its order";
  if (!Array.isArray(categories) || categories.length === 0) {
    throw new HitlabError({ what: "categories must be a list of at least one", column, value: categories, remedy });
  }
  const twice = categories.find((category, i) => categories.indexOf(category) !== i);
  if (twice === undefined) return;
  throw new HitlabError({ what: "a category is listed twice", column, value: twice, remedy });
}

function checkUnknown(unknown: number | "error", orders: readonly (readonly Category[])[]): void {
  if (unknown === "error") return;
  const known = Math.max(...orders.map((categories) => categories.length));
  const free = Number.isFinite(unknown) && !(Number.isInteger(unknown) && unknown >= 0 && unknown < known);
  if (free) return;
  const what = 'unknown must be "error" or a number that no known category has';
  throw new HitlabError({ what, value: unknown, remedy: "pass for example -1" });
}

/** Reads one from its file. */
export function ordinalFromFile(file: TransformerFile): OrdinalEncoder {
  const columns = file.names("columns");
  const categories = file.list("categories", columns.length).map((own) => categoriesFrom(own, file));
  const unknown = file.value("unknown");
  if (unknown !== "error" && !(typeof unknown === "number" && Number.isFinite(unknown))) {
    throw file.bad('unknown is neither "error" nor a number');
  }
  return new FittedOrdinal(file.names("inputs"), columns, categories, unknown);
}

class FittedOrdinal implements OrdinalEncoder {
  readonly kind = "ordinal";
  readonly names: readonly string[];

  constructor(
    readonly inputs: readonly string[],
    readonly columns: readonly string[],
    readonly categories: readonly (readonly Category[])[],
    private readonly unknown: number | "error",
  ) {
    this.names = [...inputs, ...columns];
    checkDifferent(this.names, "rename the column, or encode it once only");
  }

  apply<S extends Rows>(rows: S): S {
    const x = fittedInputs(rows, this.inputs, this.kind);
    const added = this.columns.map((name, k) => ({ name, values: this.encoded(name, k, categoriesOf(rows, name)) }));
    return withInputs(rows, appendColumns(x, added));
  }

  toJSON(): OrdinalJSON {
    const { kind, unknown } = this;
    const categories = this.categories.map((own) => [...own]);
    const [inputs, columns] = [[...this.inputs], [...this.columns]];
    return { format: "hitlab-transformer", version: 1, kind, inputs, columns, categories, unknown };
  }

  private encoded(column: string, k: number, rows: readonly Category[]): Float64Array {
    checkKinds(column, this.categories[k], rows);
    const place = new Map(this.categories[k].map((category, c) => [category, c]));
    return Float64Array.from(rows, (category, row) => {
      const code = place.get(category) ?? this.unknown;
      if (code !== "error") return code;
      throw unknownCategory(column, row, category, "pass unknown: -1, or a list of categories that has it");
    });
  }
}
