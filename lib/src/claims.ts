import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataSource } from "./data/types";
import { HitlabError } from "./errors";
import { root } from "./paths";

/** One figure or one sentence of a study, with what we accept as having reproduced it. From data/claims.json. */
export interface Claim {
  readonly id: string;
  readonly says: string;
  /** The study's figure; of a sentence 1. */
  readonly study: number;
  /** A sentence and no figure: ours is 1 if it is true of our results, else 0, shown as yes and no. */
  readonly sentence?: boolean;
  readonly low: number;
  readonly high: number;
  /** The data set it is measured on, by its name in the registry. */
  readonly on: string;
  /** How `low` and `high` came about. */
  readonly tolerance: string;
  /** One of the few that stand for the study in summaries. */
  readonly headline?: boolean;
  /** We hold that the study's figure or sentence is wrong; `reason` says why. */
  readonly disputed?: boolean;
  readonly reason?: string;
}

/** What data/claims.json says of one study. */
export interface StudyPlan {
  readonly title: string;
  /** Short name, for `openStudy`. */
  readonly slug: string;
  /** Name of the notebook without `.ipynb`. */
  readonly notebook: string;
  /** The question the study asked. */
  readonly asked: string;
  /** What became of it, in one sentence. */
  readonly found: string;
  /** Id of the claim whose figure stands for the study on the front page. */
  readonly headline: string;
  /** Data sets it uses, by their names in the registry. */
  readonly data: readonly string[];
  readonly claims: readonly Claim[];
}

/** A claim beside our figure, as written to results/NN.json. */
export interface CheckedClaim {
  readonly id: string;
  readonly says: string;
  readonly study: number;
  readonly ours: number;
  /** Whether the numbers stand for yes (1) and no (0). */
  readonly sentence?: boolean;
  readonly low: number;
  readonly high: number;
  readonly holds: boolean;
  /**
   * Whether a claim that does not hold fails the run: not on stand-in data, not at quick effort, not if disputed, not
   * if our figure comes from a long result on other data.
   */
  readonly asserted: boolean;
  readonly disputed: boolean;
  /** One of the few that stand for the study. */
  readonly headline: boolean;
  readonly note: string;
}

/** What a study left behind: results/NN.json. */
export interface StudyResults {
  readonly study: string;
  readonly title: string;
  readonly effort: string;
  readonly seed: number;
  readonly backend: string;
  readonly engine: string;
  readonly data: readonly Pick<DataSource, "name" | "kind" | "sha256" | "rows">[];
  readonly claims: readonly CheckedClaim[];
  readonly scores: Readonly<Record<string, number>>;
  readonly seconds: { readonly total: number; readonly train: number };
  readonly versions: Readonly<Record<string, string>>;
}

/** The studies of data/claims.json by their numbers ("01" ...). */
export function studyPlans(): Record<string, StudyPlan> {
  return JSON.parse(readFileSync(join(root, "data", "claims.json"), "utf8"));
}

/** The committed results of the last full run on the real data, study by study (notebooks/results). */
export function committedResults(): StudyResults[] {
  const folder = join(root, "notebooks", "results");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => /^\d\d\.json$/.test(file));
  return files.sort().map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as StudyResults);
}

/**
 * Sets our figure beside a claim.
 *
 * @param sameData whether the figure was measured on the data of this run; it is always so but for long results
 */
export function judge(
  claim: Claim,
  ours: number,
  source: Pick<DataSource, "kind">,
  effort: string,
  sameData = true,
): CheckedClaim {
  if (!Number.isFinite(ours)) {
    const remedy = "pass the measured figure";
    throw new HitlabError({ what: `our figure for the claim ${claim.id} is not a number`, value: ours, remedy });
  }
  const { id, says, study, low, high, sentence, headline = false, disputed = false, reason } = claim;
  if (sentence && ours !== 0 && ours !== 1) {
    const remedy = "pass 1 or Number(true) if the sentence is true, else 0";
    throw new HitlabError({ what: `the claim ${claim.id} is a sentence: true or not`, value: ours, remedy });
  }
  const invented = source.kind === "stand-in";
  const quick = effort === "quick";
  const reasons: [boolean, string][] = [
    [invented, "not judged: invented data"],
    [quick, "not judged: quick run"],
    [!sameData, "not judged: measured on other data"],
  ];
  const why = reasons.find(([applies]) => applies)?.[1];
  const note = [disputed ? reason : "", why].filter(Boolean).join("; ");
  const asserted = !disputed && why === undefined;
  const holds = ours >= low && ours <= high;
  return {
    id,
    says,
    study,
    ours,
    low,
    high,
    ...(sentence ? { sentence } : {}),
    holds,
    asserted,
    disputed,
    headline,
    note,
  };
}

/**
 * What became of a study's claims, in a sentence or two. What was not judged is not counted as held.
 *
 * @param unmeasured claims whose figure nobody has measured yet
 */
export function verdict(claims: readonly CheckedClaim[], unmeasured: number): string {
  const asserted = claims.filter((claim) => claim.asserted);
  const disputed = claims.filter((claim) => claim.disputed).length;
  const failed = asserted.filter(({ holds }) => !holds).map(({ id }) => id);
  const held = asserted.length - failed.length;
  const others = [
    [claims.length - asserted.length - disputed, "not judged"],
    [unmeasured, "not measured"],
  ] as const;
  const rest = others.map(([count, what]) => (count > 0 ? `, ${count} ${what}` : "")).join("");
  const last = failed.length > 0 ? ` These should hold and do not: ${failed.join(", ")}.` : "";
  const all = claims.length + unmeasured;
  return `${held} of ${all} claims of the study hold, ${disputed} ${disputed === 1 ? "is" : "are"} disputed${rest}.${last}`;
}
