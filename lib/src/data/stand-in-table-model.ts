import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths";
import type { ArtistModel, Marginal } from "./stand-in-copula";

/** On which days of the year and week songs come out. */
export interface ReleaseModel {
  /** Share of the songs up to a year (inclusive) that are dated 1 January, as where only the year is known. */
  readonly newYear: readonly { readonly until: number; readonly share: number }[];
  /** Shares of the weekdays, from Sunday, among the other songs. */
  readonly weekdays: readonly number[];
  /** Day of the last release, since 1970-01-01. */
  readonly last: number;
}

/** A column of numbers of an invented table. */
export interface TableColumn {
  readonly name: string;
  /** How many cells are empty, and the dimension by which it is settled which. */
  readonly empty?: { readonly cells: number; readonly dimension: number };
  /** Of the cells that are not empty. */
  readonly marginal: Marginal;
}

/** Parameters of an invented table, as in data/stand-ins/spotify-2023.json and spotify-2024.json. */
export interface TableModel extends ArtistModel {
  readonly rows: number;
  readonly releases: ReleaseModel;
  /** Probabilities of the quantiles, from 0 to 1. */
  readonly levels: readonly number[];
  /** Each has its dimension of the clusters, in this order; columns may share the further ones, for empty cells. */
  readonly columns: readonly TableColumn[];
}

/** The parameters in data/stand-ins/NAME.json, where clusters are in hundredths. */
export function tableModel(name: "spotify-2023" | "spotify-2024"): TableModel {
  const model: TableModel = JSON.parse(readFileSync(join(root, "data", "stand-ins", `${name}.json`), "utf8"));
  const whole = (hundredths: number) => hundredths / 100;
  const clusters = model.clusters.map(({ weight, mean, lower }) => {
    return { weight, mean: mean.map(whole), lower: lower.map(whole) };
  });
  return { ...model, clusters };
}
