import { HitlabError } from "../errors";
import { infoColumn } from "./info-column";
import { checkNames } from "./names";
import { badValue, isMatrix, type Rows } from "./rows";
import type { TransformerFile } from "./transformer-json";

/** What an info column may hold: texts (by the codes of `prepare.samples`) or numbers. */
export type Category = string | number;

/**
 * The category of each row: the text behind the code where the info column was made of texts, else its number. So rows
 * of other samples, whose codes mean other texts, are read rightly.
 *
 * @throws HitlabError for a matrix, an info column that is not there, or naming the row of a number that is not finite
 */
export function categoriesOf(rows: Rows, column: string): Category[] {
  if (isMatrix(rows)) {
    const what = "a matrix has no info columns to encode";
    throw new HitlabError({ what, value: column, remedy: "pass samples (prepare.samples) instead of their x" });
  }
  const { values } = rows as { readonly values?: Readonly<Record<string, readonly string[]>> };
  const codes = infoColumn(rows.info, column);
  const texts = values && Object.hasOwn(values, column) ? values[column] : undefined;
  return Array.from(codes, (code, row) => {
    const category = texts ? texts[code] : code;
    if (typeof category === "string" || Number.isFinite(category)) return category;
    const remedy = "drop such rows, or fill the cells of the frame";
    throw badValue(column, row, category ?? code, "has no category", remedy);
  });
}

/** The different ones, ascending: numbers by size, texts by their UTF-16 units, as Python's sort but for rare signs. */
export function sortedCategories(categories: readonly Category[]): Category[] {
  const different = [...new Set(categories)];
  return different.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Columns to encode. @throws HitlabError for no list of different names */
export function checkEncoded(columns: readonly string[]): void {
  checkNames(columns, "columns must be a list of info columns", 'name at least one, for example ["key"]');
}

/** @throws HitlabError if only some of the categories are texts: they have no common order, and never match */
export function checkKinds(column: string, categories: readonly Category[], seen: readonly Category[]): void {
  const kinds = new Set([...categories, ...seen].map((category) => typeof category));
  if (kinds.size < 2) return;
  const what = "the categories are texts in one place and numbers in another";
  throw new HitlabError({ what, column, remedy: "make the samples of the same columns, by prepare.samples" });
}

export function unknownCategory(column: string, row: number, category: Category, remedy: string): HitlabError {
  return badValue(column, row, category, "holds an unknown category", remedy);
}

/** The categories of one column: different texts, or different numbers. */
export function categoriesFrom(own: unknown, file: TransformerFile): Category[] {
  const fine =
    Array.isArray(own) &&
    new Set(own).size === own.length &&
    (own.every((category) => typeof category === "string") || own.every((category) => Number.isFinite(category)));
  if (!fine) throw file.bad("categories are not lists of different texts or numbers");
  return own;
}
