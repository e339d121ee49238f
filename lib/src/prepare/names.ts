import { HitlabError } from "../errors";

/** @throws HitlabError for what is no list of at least one name (`what` says so), and for a name that comes twice */
export function checkNames(names: readonly string[], what: string, remedy: string): void {
  // A notebook's cell may pass a single name, whose letters would be taken for columns.
  if (!Array.isArray(names) || names.length === 0) throw new HitlabError({ what, value: names, remedy });
  const twice = firstTwin(names);
  if (twice === undefined) return;
  throw new HitlabError({ what: "a column is named twice", value: twice, remedy: "name it once" });
}

/**
 * Where the columns of these names are.
 *
 * @param columns default all
 * @throws HitlabError for a name that is not there or comes twice, and for what is no list of names
 */
export function columnIndex(names: readonly string[], columns?: readonly string[]): number[] {
  if (columns === undefined) return names.map((_, c) => c);
  checkNames(columns, "columns must be a list of at least one name", `name some of: ${names.join(", ")}`);
  return columns.map((name) => {
    const at = names.indexOf(name);
    if (at >= 0) return at;
    const remedy = `name one of: ${names.join(", ")}`;
    throw new HitlabError({ what: "there is no such column", value: name, remedy });
  });
}

/** Whether these are the same names in the same order. */
export function sameNames(names: readonly string[], others: readonly string[]): boolean {
  return names.length === others.length && names.every((name, c) => name === others[c]);
}

/** @throws HitlabError if two columns of what comes out would have the same name */
export function checkDifferent(names: readonly string[], remedy: string): void {
  const twice = firstTwin(names);
  if (twice === undefined) return;
  throw new HitlabError({ what: "two columns would have the same name", value: twice, remedy });
}

function firstTwin(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}
