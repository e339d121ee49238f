import { HitlabError } from "../errors";
import { random as generator } from "../random";
import type { Samples } from "../samples";
import { fitSettings } from "./fit-settings";
import type { Found } from "./found";
import type { SearchOptions } from "./options";
import { type Grid, settingsOf } from "./settings";

export interface RandomSearchOptions<G extends Grid, S extends Samples> extends SearchOptions<G, S> {
  /** How many settings to try. */
  readonly settings: number;
  /** Seed of the draw. Default 42. */
  readonly drawSeed?: number;
}

/**
 * As `grid`, but with some of the settings only: different ones, each as likely as any other, as scikit-learn's
 * `RandomizedSearchCV` draws from lists.
 *
 * @throws HitlabError as `grid`, and for more settings than the grid has
 * @example
 * ```ts
 * const found = await search.random({ ...options, settings: 20 }); // of the grid's 32
 * ```
 */
export async function random<const G extends Grid, S extends Samples>(
  options: RandomSearchOptions<G, S>,
): Promise<Found<G>> {
  const all = settingsOf(options.grid);
  const { settings, drawSeed = 42 } = options;
  if (!Number.isInteger(settings) || settings < 1 || settings > all.length) {
    const remedy = `pass a whole number from 1 to ${all.length}, or use search.grid`;
    throw new HitlabError({ what: `the grid has ${all.length} settings to draw from`, value: settings, remedy });
  }
  const drawn = generator(drawSeed, "search").sample(all.length, settings).sort();
  return fitSettings(
    Array.from(drawn, (at) => all[at]),
    options,
  );
}
