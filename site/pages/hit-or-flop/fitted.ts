import json from "../../data/hit-or-flop.json";
import type { FittedModels } from "../shared/fitted-models";

/** Models and facts fitted on the real songs, which ship with the page. */
export const fitted = json as unknown as FittedModels;
