import { HitlabError } from "../errors";
import type { Rows } from "./rows";
import type { Step, Transformer } from "./transformer";

/**
 * What a step learns from these rows.
 *
 * @throws HitlabError as the step, for what is no step (a transformer that was fit before) and for a step that returns
 *   no transformer (the rows that it changed)
 */
export function fitStep<S extends Rows>(step: Step<S>, train: S): Transformer {
  if (typeof step !== "function") {
    throw new HitlabError({
      what: "a step must be a function that learns a transformer from rows",
      value: (step as { kind?: unknown } | null)?.kind ?? step,
      remedy: "pass for example prepare.standard, or (rows) => prepare.imputer(rows, { ... })",
    });
  }
  const learned = step(train);
  if (typeof learned?.apply === "function" && Array.isArray(learned.names)) return learned;
  throw new HitlabError({
    what: "a step must return what it has learned, a transformer",
    remedy: "return for example prepare.standard(rows), not rows that were changed by it",
  });
}
