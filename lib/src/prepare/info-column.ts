import { HitlabError } from "../errors";
import type { RowInfo } from "../samples";

/** @throws HitlabError naming the columns there are. */
export function infoColumn(info: RowInfo, name: string): RowInfo[string] {
  const column = Object.hasOwn(info, name) ? info[name] : undefined;
  if (column) return column;
  throw new HitlabError({
    what: `the samples have no info column "${name}"`,
    value: Object.keys(info).join(", ") || "none",
    remedy: "name one of those found",
  });
}
