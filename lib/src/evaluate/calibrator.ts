import { HitlabError } from "../errors";
import { fitIsotonic, fitPlatt, type Isotonic, type Platt } from "../models/calibrators";
import type { Numbers } from "./scored";

/** A map to probabilities that was fitted to labels. */
export interface FittedCalibrator {
  /** The map itself, to be looked at or saved. */
  readonly map: Platt | Isotonic;
  /** Calibrated probabilities of label 1 for what a model says of other rows. */
  apply(values: Numbers): Float64Array;
}

/**
 * A map that makes a model's probabilities come true as often as they say: Platt's sigmoid (two parameters, for a few
 * hundred rows and S-shaped faults, such as decision values of a support vector machine) or an isotonic one (any rising
 * form, for a thousand rows and more).
 *
 * It must be fitted on rows that the model was not trained on, best those of a validation part, and judged on yet other
 * rows: of its own training rows a model is far too sure, and the map would learn to trust it.
 *
 * @param values what the model says of the validation rows: decision values or probabilities of label 1
 * @param labels 0 or 1, both present
 * @throws HitlabError for another method or label, one class only, different lengths, a value that is not finite
 * @example
 * ```ts
 * const calibrator = evaluate.calibrator(svc.decision(validation.x), validation.y, { method: "platt" });
 * evaluate.scores(test.y, calibrator.apply(svc.decision(test.x))).brier;
 * ```
 */
export function calibrator(
  values: Numbers,
  labels: Numbers,
  { method = "platt" }: { readonly method?: "platt" | "isotonic" } = {},
): FittedCalibrator {
  if (method !== "platt" && method !== "isotonic") {
    const what = 'the method of a calibrator is "platt" or "isotonic"';
    throw new HitlabError({ what, value: method, remedy: "pass one of them" });
  }
  const fit = method === "platt" ? fitPlatt : fitIsotonic;
  const map = fit(Float64Array.from(values), Float64Array.from(labels));
  return { map, apply: (others) => map.apply(Float64Array.from(others)) };
}
