import { HitlabError } from "../errors";

/** Which of two scores is better: the lesser one of losses and errors, the greater one of accuracy, R2 and the like. */
export type Better = "less" | "more";

/** @throws HitlabError for anything else: a notebook's cell may pass what the types forbid. */
export function checkBetter(better: Better): Better {
  if (better === "less" || better === "more") return better;
  throw new HitlabError({
    what: "which scores are better must be said",
    value: better,
    remedy: 'pass better: "less" for losses and errors, "more" for accuracy and R2',
  });
}
