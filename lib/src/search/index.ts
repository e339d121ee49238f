/** Which setting of a model is best. */
export { Found, type GridJSON, type GridRow, gridFromJSON } from "./found";
export { grid } from "./grid";
export type { BuildContext, PreparedFold, SearchOptions } from "./options";
export { type RandomSearchOptions, random } from "./random";
export type { GridFit, GridSetting } from "./ranked-settings";
export type { ScoreFunction, ScoreName } from "./score";
export type { Grid, Params, Value } from "./settings";
