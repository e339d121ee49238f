/** Which setting of a model is best. */
export { Found, type GridFit, type GridJSON, type GridRow, type GridSetting, gridFromJSON } from "./found";
export { grid } from "./grid";
export type { BuildContext, PreparedFold, SearchOptions } from "./options";
export { type RandomSearchOptions, random } from "./random";
export type { ScoreFunction, ScoreName } from "./score";
export type { Grid, Params, Value } from "./settings";
