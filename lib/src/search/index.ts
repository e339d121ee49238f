/** Which setting of a model is best. */
export { Found, type GridFit, type GridJSON, type GridRow, type GridSetting, gridFromJSON } from "./found";
export { type BuildContext, grid, type PreparedFold, type SearchOptions } from "./grid";
export type { Better, ScoreFunction, ScoreName } from "./score";
export type { Grid, Params, Value } from "./settings";
