import { HitlabError } from "../errors";
import type { Random } from "../random";
import { placeSongs, spread, valueAt } from "./stand-in-copula";
import { releaseDay } from "./stand-in-releases";
import type { TableColumn, TableModel } from "./stand-in-table-model";

/** The numbers of an invented table, one entry per song. */
export interface InventedTable {
  readonly rows: number;
  /** Number of artists. */
  readonly artists: number;
  /** Artist of each song, 0 to artists - 1. */
  readonly artist: Int32Array;
  /** Days since 1970-01-01. */
  readonly released: Int32Array;
  /** Values of a column; null = an empty cell. */
  column(name: string): (number | null)[];
}

/**
 * Invents the numbers of a table by a Gaussian-copula mixture: every song gets a place in a mixture of normal
 * distributions, with a dimension for each column and further ones for empty cells: the songs highest there have them
 * (columns that are empty in the same rows share such a dimension). The others take, in the order of their places, the
 * quantiles of the real column. So every column has its real distribution and number of empty cells whatever the seed,
 * and columns hang together as they really do. Songs of one artist are alike in part.
 *
 * @param model columns of whole numbers, but for "Track Score" with one decimal and "line", which only orders
 * @param rng the same generator gives the same table on every machine
 */
export function inventTable(model: TableModel, rng: Random): InventedTable {
  const { artists, artist, dimensions } = placeSongs(model, rng.stream("places"));
  const values = new Map<string, (number | null)[]>();
  model.columns.forEach((column, c) => {
    const empty = column.empty ? highest(dimensions[column.empty.dimension], column.empty.cells) : new Set<number>();
    values.set(column.name, cells(dimensions[c], empty, column, model));
  });
  const column = (name: string): (number | null)[] => {
    const found = values.get(name);
    if (found) return found;
    const remedy = "restore data/stand-ins from the repository (git checkout data/stand-ins)";
    throw new HitlabError({ what: "the stand-in's parameters lack a column", column: name, remedy });
  };
  const dates = rng.stream("dates");
  const released = Int32Array.from(column("released"), (day) => releaseDay(day ?? 0, model.releases, dates));
  return { rows: artist.length, artists, artist, released, column };
}

/** The `count` songs with the highest places. */
function highest(places: Float64Array, count: number): Set<number> {
  const order = Uint32Array.from(places.keys()).sort((a, b) => places[b] - places[a] || a - b);
  return new Set(order.subarray(0, count));
}

function cells(
  places: Float64Array,
  empty: ReadonlySet<number>,
  { name, marginal }: TableColumn,
  { levels }: TableModel,
): (number | null)[] {
  const there = [...places.keys()].filter((song) => !empty.has(song));
  const values = spread(
    Float64Array.from(there, (song) => places[song]),
    (share) => rounded(name, valueAt(share, marginal, levels)),
  );
  const column = new Array<number | null>(places.length).fill(null);
  there.forEach((song, i) => {
    column[song] = values[i];
  });
  return column;
}

function rounded(name: string, value: number): number {
  if (name === "line") return value;
  return name === "Track Score" ? Number(value.toFixed(1)) : Math.round(value);
}
