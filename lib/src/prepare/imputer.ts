import { HitlabError } from "../errors";
import { quantileSorted } from "../quantile";
import type { Matrix } from "../samples";
import { appendColumns } from "./append-columns";
import { checkDifferent, columnIndex } from "./names";
import { badValue, columnOf, fittedInputs, inputsOf, mapColumns, notOverflowed, type Rows, withInputs } from "./rows";
import type { Transformer } from "./transformer";
import type { TransformerFile, TransformerJSON } from "./transformer-json";

export type ImputerStrategy = "mean" | "median" | "constant";

export interface ImputerOptions {
  /** What fills a column's empty cells: the mean or median of its train rows, or `value`. */
  readonly strategy: ImputerStrategy;
  /** For strategy "constant", and needed there. */
  readonly value?: number;
  /** Columns to fill. Default all. */
  readonly columns?: readonly string[];
  /**
   * Append a column "x missing" (1 where x was empty, else 0) for each of the columns that had empty cells in the train
   * rows. Default false.
   */
  readonly indicators?: boolean;
}

/** Fills empty cells (NaN). */
export interface Imputer extends Transformer {
  readonly kind: "imputer";
  readonly strategy: ImputerStrategy;
  /** The columns it fills. */
  readonly columns: readonly string[];
  /** What each of them is filled with. */
  readonly fill: Float64Array;
  /** Those with a column "x missing". */
  readonly indicated: readonly string[];
  toJSON(): ImputerJSON;
}

export interface ImputerJSON extends TransformerJSON {
  readonly kind: "imputer";
  readonly strategy: ImputerStrategy;
  readonly columns: readonly string[];
  readonly fill: readonly number[];
  readonly indicated: readonly string[];
}

/**
 * Learns what to fill the empty cells (NaN) of each column with, as scikit-learn's SimpleImputer with `add_indicator`.
 * A column without empty cells in the train rows is filled too where other rows have them, but gets no indicator.
 *
 * @param train samples (their `x`, of `prepare.samples(..., { missing: "keep" })`) or a matrix; at least one row
 * @throws HitlabError for no rows, an unknown column, one whose train rows are all empty (unless filled with a constant),
 *   an infinite value (names column and row), a value that does not go with the strategy, or an indicator whose name a
 *   column has
 * @example
 * ```ts
 * const imputer = prepare.imputer(parts.train, { strategy: "median", indicators: true });
 * const test = imputer.apply(parts.test); // its empty cells hold the medians of train
 * ```
 */
export function imputer(train: Rows, options: ImputerOptions): Imputer {
  const { strategy, indicators = false } = options;
  checkOptions(options);
  const x = inputsOf(train, "imputer");
  const at = columnIndex(x.names, options.columns);
  const known = at.map((c) => knownValues(x, c));
  const fill = Float64Array.from(known, (values, k) => {
    // + 0 turns -0, which JSON does not know, into 0.
    if (strategy === "constant") return (options.value as number) + 0;
    if (values.length === 0) throw allEmpty(x.names[at[k]], x.rows, strategy);
    return (strategy === "mean" ? mean(values) : quantileSorted(values.sort(), 0.5)) + 0;
  });
  const columns = at.map((c) => x.names[c]);
  notOverflowed(fill, columns, strategy);
  const indicated = indicators ? columns.filter((_, k) => known[k].length < x.rows) : [];
  return new FittedImputer(x.names, strategy, columns, fill, indicated);
}

function checkOptions({ strategy, value }: ImputerOptions): void {
  if (!["mean", "median", "constant"].includes(strategy)) {
    const remedy = "choose one of the three";
    throw new HitlabError({ what: 'strategy must be "mean", "median" or "constant"', value: strategy, remedy });
  }
  if (strategy === "constant" && !Number.isFinite(value)) {
    const what = 'strategy "constant" needs a finite number to fill with';
    throw new HitlabError({ what, value, remedy: 'pass one as value, or choose "mean" or "median"' });
  }
  if (strategy !== "constant" && value !== undefined) {
    const what = `strategy "${strategy}" learns what to fill with`;
    throw new HitlabError({ what, value, remedy: 'leave out value, or choose "constant"' });
  }
}

/** The values of a column that are there. @throws HitlabError for an infinite one */
function knownValues(x: Matrix, c: number): Float64Array {
  return columnOf(x, c).filter((value, row) => {
    checkNotInfinite(value, row, x.names[c]);
    return !Number.isNaN(value);
  });
}

function checkNotInfinite(value: number, row: number, column: string): void {
  if (value !== Number.POSITIVE_INFINITY && value !== Number.NEGATIVE_INFINITY) return;
  throw badValue(column, row, value, "is infinite, which is no empty cell", "correct or drop such rows");
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function allEmpty(column: string, rows: number, strategy: string): HitlabError {
  return new HitlabError({
    what: `all ${rows} train rows are empty, so they have no ${strategy}`,
    column,
    remedy: 'leave out the column, or fill it with strategy "constant"',
  });
}

/** Reads an imputer from its file. */
export function imputerFromFile(file: TransformerFile): Imputer {
  const inputs = file.names("inputs");
  const columns = file.columns("columns", inputs);
  const strategy = file.oneOf("strategy", ["mean", "median", "constant"]);
  const fill = file.numbers("fill", columns.length);
  return new FittedImputer(inputs, strategy, columns, fill, file.columns("indicated", columns));
}

class FittedImputer implements Imputer {
  readonly kind = "imputer";
  readonly names: readonly string[];

  constructor(
    readonly inputs: readonly string[],
    readonly strategy: ImputerStrategy,
    readonly columns: readonly string[],
    readonly fill: Float64Array,
    readonly indicated: readonly string[],
  ) {
    this.names = [...inputs, ...indicated.map(indicatorName)];
    checkDifferent(this.names, "rename the column, or leave out indicators");
  }

  apply<S extends Rows>(rows: S): S {
    const x = fittedInputs(rows, this.inputs, this.kind);
    const filled = mapColumns(x, columnIndex(x.names, this.columns), (value, k, row) => {
      checkNotInfinite(value, row, this.columns[k]);
      return Number.isNaN(value) ? this.fill[k] : value;
    });
    const indicators = this.indicated.map((name) => ({
      name: indicatorName(name),
      values: columnOf(x, x.names.indexOf(name)).map((value) => Number(Number.isNaN(value))),
    }));
    return withInputs(rows, appendColumns(filled, indicators));
  }

  toJSON(): ImputerJSON {
    return {
      format: "hitlab-transformer",
      version: 1,
      kind: this.kind,
      inputs: [...this.inputs],
      strategy: this.strategy,
      columns: [...this.columns],
      fill: [...this.fill],
      indicated: [...this.indicated],
    };
  }
}

function indicatorName(column: string): string {
  return `${column} missing`;
}
