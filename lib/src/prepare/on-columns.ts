import { type Matrix, matrix } from "../samples";
import { appendColumns } from "./append-columns";
import { checkDifferent, columnIndex, sameNames } from "./names";
import { columnOf, fittedInputs, inputsOf, isMatrix, type Rows, withInputs } from "./rows";
import { fitStep } from "./step";
import type { Step, Transformer } from "./transformer";
import type { TransformerFile, TransformerJSON } from "./transformer-json";

/** A transformer of some of the columns. */
export interface OnColumns extends Transformer {
  readonly kind: "onColumns";
  /** The columns that the inner one sees. */
  readonly columns: readonly string[];
  readonly inner: Transformer;
  toJSON(): OnColumnsJSON;
}

export interface OnColumnsJSON extends TransformerJSON {
  readonly kind: "onColumns";
  readonly columns: readonly string[];
  readonly inner: object;
}

/**
 * A step that is fit on these columns only and applied to them only; the others pass untouched, empty cells included.
 * All columns keep their places; what the step appends comes last. As scikit-learn's ColumnTransformer with
 * `remainder="passthrough"`, which would put the others behind.
 *
 * @param step how to learn the inner transformer
 * @returns a step for `pipeline`, or to be called with train rows
 * @throws HitlabError, when fit, for a column that is not there or comes twice, and as `step`
 * @example
 * ```ts
 * const counts = ["in_spotify_playlists", "in_deezer_playlists"];
 * const logs = prepare.onColumns(counts, (rows) => prepare.logTransform(rows));
 * const prepared = prepare.pipeline(parts.train, [logs, prepare.standard]);
 * ```
 */
export function onColumns<S extends Rows>(columns: readonly string[], step: Step<S>): (train: S) => OnColumns {
  return (train) => {
    const x = inputsOf(train, "onColumns");
    const some = withInputs(train, take(x, columnIndex(x.names, columns)));
    return new FittedOnColumns(x.names, [...columns], fitStep(step, some));
  };
}

/** Reads one from its file. */
export function onColumnsFromFile(file: TransformerFile, read: (json: unknown) => Transformer): OnColumns {
  const inputs = file.names("inputs");
  const columns = file.columns("columns", inputs);
  const inner = read(file.value("inner"));
  if (!sameNames(inner.inputs, columns)) throw file.bad("the inner one was fit on other columns");
  return new FittedOnColumns(inputs, columns, inner);
}

/** The columns `at` of a matrix. */
function take(x: Matrix, at: readonly number[]): Matrix {
  const data = new Float64Array(x.rows * at.length);
  for (let r = 0; r < x.rows; r++) {
    for (let k = 0; k < at.length; k++) data[r * at.length + k] = x.data[r * x.columns + at[k]];
  }
  const names = at.map((c) => x.names[c]);
  return matrix(x.rows, at.length, data, names);
}

class FittedOnColumns implements OnColumns {
  readonly kind = "onColumns";
  readonly names: readonly string[];
  /** Columns that stay where they were, some of them changed; then what the inner one appends. */
  private readonly kept: readonly string[];
  private readonly appended: readonly string[];

  constructor(
    readonly inputs: readonly string[],
    readonly columns: readonly string[],
    readonly inner: Transformer,
  ) {
    this.kept = inputs.filter((name) => !columns.includes(name) || inner.names.includes(name));
    this.appended = inner.names.filter((name) => !columns.includes(name));
    this.names = [...this.kept, ...this.appended];
    checkDifferent(this.names, "rename the column, or have the step append it under another name");
  }

  apply<S extends Rows>(rows: S): S {
    const x = fittedInputs(rows, this.inputs, this.kind);
    const changed = this.inner.apply(withInputs(rows, take(x, columnIndex(x.names, this.columns))));
    const inner = isMatrix(changed) ? changed : changed.x;
    const kept = take(x, columnIndex(x.names, this.kept));
    this.kept.forEach((name, c) => {
      const from = this.columns.includes(name) ? inner.names.indexOf(name) : -1;
      if (from < 0) return;
      for (let r = 0; r < x.rows; r++) kept.data[r * kept.columns + c] = inner.data[r * inner.columns + from];
    });
    const added = this.appended.map((name) => ({ name, values: columnOf(inner, inner.names.indexOf(name)) }));
    return withInputs(rows, appendColumns(kept, added));
  }

  toJSON(): OnColumnsJSON {
    return {
      format: "hitlab-transformer",
      version: 1,
      kind: this.kind,
      inputs: [...this.inputs],
      columns: [...this.columns],
      inner: this.inner.toJSON(),
    };
  }
}
