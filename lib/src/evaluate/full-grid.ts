import { HitlabError } from "../errors";

/** One fit of a grid: a setting, the rows and the seed it was fitted with, and how well it did. */
export interface ScoredFit<P extends object> {
  readonly params: P;
  readonly fold: number;
  readonly seed: number;
  /** Null if the fit failed. */
  readonly score: number | null;
}

/** A hyperparameter that has several values in a grid. */
export interface GridParameter<P extends object> {
  readonly name: keyof P & string;
  /** Numbers ascending, others in the order in which they first come. */
  readonly values: readonly P[keyof P][];
  /** By how much the number of a setting grows when this parameter goes on to its next value. */
  readonly stride: number;
}

/** Fold and seed of fits that differ in their settings only. */
export interface GridRun {
  readonly fold: number;
  readonly seed: number;
}

/** A full grid: each setting with each fold and seed once. */
export interface FullGrid<P extends object> {
  readonly parameters: readonly GridParameter<P>[];
  readonly settings: number;
  readonly runs: readonly GridRun[];
  /** Score of setting s in run r at [r][s]; null where the fit failed. */
  readonly scores: readonly (readonly (number | null)[])[];
}

/**
 * Puts the fits of a grid in their places.
 *
 * @throws HitlabError for no fits, other parameters than the first fit's, a fit that is missing or there twice, or a
 *   score that is not finite
 */
export function fullGrid<P extends object>(fits: readonly ScoredFit<P>[]): FullGrid<P> {
  if (fits.length === 0) throw new HitlabError({ what: "there are no fits", remedy: "pass those of search.grid" });
  fits.forEach((fit, i) => {
    checkFit(fit, i, fits[0]);
  });
  const { parameters, settings } = parametersOf(fits);
  const runs = new Map(fits.map(({ fold, seed }) => [`${fold} ${seed}`, { fold, seed }]));
  const runKeys = [...runs.keys()];
  const placed = new Map<number, number | null>();
  for (const { params, fold, seed, score } of fits) {
    const steps = parameters.map(({ name, values, stride }) => indexOf(values, params[name]) * stride);
    const place = runKeys.indexOf(`${fold} ${seed}`) * settings + steps.reduce((sum, step) => sum + step, 0);
    if (placed.has(place)) throw odd("is there twice", { params, fold, seed });
    placed.set(place, score);
  }
  if (placed.size < settings * runs.size) throw missing(parameters, settings, [...runs.values()], placed);
  return {
    parameters,
    settings,
    runs: [...runs.values()],
    scores: runKeys.map((_, run) => Array.from({ length: settings }, (_, s) => placed.get(run * settings + s) ?? null)),
  };
}

/** Which of its values a parameter has in a setting. */
export function levelIn<P extends object>({ values, stride }: GridParameter<P>, setting: number): number {
  return Math.floor(setting / stride) % values.length;
}

function parametersOf<P extends object>(fits: readonly ScoredFit<P>[]) {
  const parameters: GridParameter<P>[] = [];
  let settings = 1;
  for (const name of Object.keys(fits[0].params) as (keyof P & string)[]) {
    const values = distinct(fits.map(({ params }) => params[name]));
    if (values.length > 1) parameters.push({ name, values, stride: settings });
    settings *= values.length;
  }
  return { parameters, settings };
}

function distinct<Value>(values: readonly Value[]): Value[] {
  const found = [...new Map(values.map((value) => [keyOf(value), value])).values()];
  return found.every((value) => typeof value === "number") ? found.sort((a, b) => Number(a) - Number(b)) : found;
}

function indexOf(values: readonly unknown[], value: unknown): number {
  return values.findIndex((each) => keyOf(each) === keyOf(value));
}

/** Tells values apart, lists such as [64, 32] by their content. */
function keyOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : `${typeof value} ${value}`;
}

function checkFit<P extends object>({ params, fold, seed, score }: ScoredFit<P>, i: number, first: ScoredFit<P>): void {
  if (score !== null && !Number.isFinite(score)) {
    throw new HitlabError({
      what: `the score of fit ${i} (counted from 0) is not a finite number`,
      value: score,
      remedy: "pass null for a fit that failed",
    });
  }
  const [own, others] = [params, first.params].map((each) => Object.keys(each).sort().join(", "));
  if (own !== others) throw odd(`has other hyperparameters than the first fit (${others})`, { params, fold, seed });
}

function missing<P extends object>(
  parameters: readonly GridParameter<P>[],
  settings: number,
  runs: readonly GridRun[],
  placed: ReadonlyMap<number, unknown>,
): HitlabError {
  let place = 0;
  while (placed.has(place)) place++;
  const chosen = parameters.map((parameter) => [
    parameter.name,
    parameter.values[levelIn(parameter, place % settings)],
  ]);
  const params: object = Object.fromEntries(chosen);
  return odd("is missing", { params, ...runs[Math.floor(place / settings)] });
}

function odd<P extends object>(what: string, { params, fold, seed }: Omit<ScoredFit<P>, "score">): HitlabError {
  const fit = [...Object.entries(params), ["fold", fold], ["seed", seed]].map(
    ([name, value]) => `${name} ${valueText(value)}`,
  );
  return new HitlabError({
    what: `the fit with ${fit.join(", ")} ${what}`,
    remedy: "pass each setting of a full grid with each fold and seed once; a fit that failed with score null",
  });
}

/** A hyperparameter's value for the eye: a list as "64-32", an empty one as "none". */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.join("-") || "none";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
