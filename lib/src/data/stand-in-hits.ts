import { HitlabError } from "../errors";
import type { HitColumns } from "./hit-lines";

/** to come */
export function standInHits(_seed: number, _decades: readonly string[]): HitColumns[] {
  throw new HitlabError({ what: "the stand-in of the hit predictor data is not there yet", remedy: "set HITLAB_DATA" });
}
