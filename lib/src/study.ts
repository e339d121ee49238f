import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { type Backend, openBackend } from "./backend";
import { type CheckedClaim, type Claim, judge, type StudyPlan, type StudyResults, studyPlans, verdict } from "./claims";
import { resolveData } from "./data/resolve";
import type { DataSource, Loaded } from "./data/types";
import { HitlabError } from "./errors";
import {
  checkLongId,
  committedFolder,
  isSameData,
  type Long,
  type LongWork,
  longLabel,
  longLog,
  readLong,
  writeLong,
} from "./long";
import { outFolder, root } from "./paths";
import * as show from "./show";

/** How much work a run does: `quick` for tests, `full` by default, `long` with the ten-seed tables and the like. */
export type Effort = "quick" | "full" | "long";

export interface OpenStudyOptions {
  /** Seed of all that is random in the study; HITLAB_SEED goes before it. Default 42. */
  readonly seed?: number;
}

export interface CloseOptions {
  /** Figures worth keeping beside the claims, by name. */
  readonly scores?: Readonly<Record<string, number>>;
  /** Seconds spent in training, all models together. */
  readonly trainSeconds: number;
  /** What trained the study's networks: the `engine` of a training's history, for example "kernels". */
  readonly engine: string;
}

/**
 * Opens a study: makes the backend ready and shows what runs, on which data, with which seed.
 *
 * @param slug the study's short name in data/claims.json, for example "lstm"
 * @throws HitlabError for an unknown name, or a bad HITLAB_EFFORT, HITLAB_SEED, HITLAB_BACKEND or HITLAB_DATA
 * @example
 * ```ts
 * const study = await openStudy("lstm", { seed: 42 });
 * const charts = study.use(await load.charts());
 * study.check({ "01.sequences": 3200 });
 * study.close({ trainSeconds: history.seconds, engine: history.engine });
 * ```
 */
export async function openStudy(slug: string, options: OpenStudyOptions = {}): Promise<Study> {
  const plans = Object.entries(studyPlans());
  const found = plans.find(([, plan]) => plan.slug === slug);
  if (!found) {
    const known = plans.map(([, plan]) => plan.slug).join(", ");
    throw new HitlabError({ what: "there is no such study", value: slug, remedy: `open one of: ${known}` });
  }
  const [id, plan] = found;
  const effort = effortOf(process.env.HITLAB_EFFORT);
  const seed = seedOf(process.env.HITLAB_SEED, options.seed ?? 42);
  const study = new Study(id, plan, effort, seed, await openBackend());
  study.introduce();
  return study;
}

/** A study that is open: its seed and effort, the data it used, and its claims. */
export class Study {
  /** Folder for saved models and derived data, made when first asked for. */
  readonly folder: string;
  private readonly started = performance.now();
  private readonly sources = new Map<string, DataSource>();
  private readonly checked = new Map<string, CheckedClaim>();
  /** Claims whose figure comes from a long result that nobody has measured yet. */
  private readonly unmeasured = new Set<string>();
  private longSeconds = 0;

  constructor(
    /** Number of the study, "01" to "05". */
    readonly id: string,
    private readonly plan: StudyPlan,
    readonly effort: Effort,
    readonly seed: number,
    readonly backend: Backend,
    /** Folder of the committed results. */
    private readonly committed = committedFolder,
  ) {
    this.folder = join(outFolder(), "work", id);
    mkdirSync(this.folder, { recursive: true });
  }

  /** Shows the versions, the backend, the seed and where the data will come from. */
  introduce(): void {
    const data = this.plan.data.map((name) => {
      const found = resolveData(name);
      return { what: `data: ${found.title}`, value: found.kind === "real" ? "the real file" : found.note };
    });
    const effort = this.effort === "quick" ? "quick: fewer epochs and rows, for trying things out" : this.effort;
    show.table(
      [
        { what: "study", value: `${this.id} ${this.plan.title}` },
        { what: "backend", value: this.backend.line },
        { what: "Node", value: process.version },
        { what: "seed", value: String(this.seed) },
        { what: "effort", value: effort },
        ...data,
      ],
      { caption: "What runs" },
    );
  }

  /** The value for the effort of this run; `long` takes the one for `full`. */
  pick<T>(values: { readonly quick: T; readonly full: T }): T {
    return this.effort === "quick" ? values.quick : values.full;
  }

  /** The study's own figure of a claim, for a table that sets ours beside it. */
  figure(claimId: string): number {
    return this.claim(claimId).study;
  }

  /** Notes that the study uses these data, shows where they come from, and hands them on. */
  use(loaded: Loaded): Loaded {
    const { source } = loaded;
    if (!this.plan.data.includes(source.name)) {
      const remedy = `add "${source.name}" to the study's data in data/claims.json`;
      throw new HitlabError({ what: "the study does not list these data", value: source.name, remedy });
    }
    this.sources.set(source.name, source);
    const label = { real: "Real data", "study-synthetic": "The study's synthetic data", "stand-in": "INVENTED DATA" };
    show.note(`${label[source.kind]} — ${source.title}. ${source.note} SHA-256 ${source.sha256.slice(0, 12)}…`);
    return loaded;
  }

  /**
   * Sets our figures beside the study's.
   *
   * @param figures our figure by claim id
   * @throws HitlabError for an id that data/claims.json does not have, a figure that is not a number, and a claim
   * on data that were not given to `use`
   */
  check(figures: Readonly<Record<string, number>>): void {
    this.judgeAll(figures, true);
  }

  /**
   * Work that takes hours: at effort long it is done and written to `out/results/ID.json`, from where
   * `HITLAB_EFFORT=long npm run refresh` commits it; at other efforts the committed result is read. A note tells when
   * and on which data it was measured. Call `use` for the data first.
   *
   * @param id the study's number and a name, for example "04-ten-seeds"
   * @param work gives plain objects, lists and finite numbers: what JSON keeps. It is told the path of a log for
   *   `fitMany` that stays from run to run, so that work that was killed goes on where it was
   * @returns the result; undefined if it was never measured, so a table of it must be left out
   * @throws HitlabError for another kind of id, data not used yet, and a result that JSON does not keep
   * @example
   * ```ts
   * const seeds = await study.long("04-ten-seeds", ({ log }) => tenSeeds(parts, log));
   * if (seeds.result) show.table(seeds.result.rows, { caption: `Ten seeds: ${seeds.label}` });
   * study.checkLong(seeds, { "04.network-test": ({ rows }) => mean(rows.map(({ test }) => test)) });
   * ```
   */
  async long<T>(id: string, work: LongWork<T>): Promise<Long<T>> {
    checkLongId(id, this.id);
    if (this.sources.size === 0) {
      const remedy = "call study.use(...) on them first";
      throw new HitlabError({ what: "a long result is measured on data, and none are used yet", value: id, remedy });
    }
    const long = this.effort === "long" ? await this.measure(id, work) : this.recall<T>(id);
    show.note(`Long result ${id}: ${long.label}.`);
    return long;
  }

  /**
   * As `check`, for claims whose figures come from a long result. Measured on other data than this run's they are shown
   * but not judged; never measured, they are left open.
   *
   * @param figures our figure by claim id, as a function of the result
   */
  checkLong<T>(long: Long<T>, figures: Readonly<Record<string, (result: T) => number>>): void {
    const { result } = long;
    if (result !== undefined) {
      const ours = Object.entries(figures).map(([claimId, figure]) => [claimId, figure(result)]);
      this.judgeAll(Object.fromEntries(ours), long.sameData);
      return;
    }
    const ids = Object.keys(figures).map((claimId) => this.claim(claimId).id);
    for (const claimId of ids) this.unmeasured.add(claimId);
    show.note(`Not measured: ${ids.join(", ")}. ${long.label}.`);
  }

  /**
   * Ends the study: writes `results/NN.json` and shows which claims hold.
   *
   * @throws HitlabError if a claim of the study was never checked (but for quick effort)
   */
  close(options: CloseOptions): void {
    const told = (id: string) => this.checked.has(id) || this.unmeasured.has(id);
    const missing = this.plan.claims.filter(({ id }) => !told(id)).map(({ id }) => id);
    // Quick effort runs fewer epochs than the study has figures for.
    if (missing.length > 0 && this.effort !== "quick") {
      throw this.unknown("figure for claims of the study", missing.join(", "), "check them first");
    }
    const results = this.results(options);
    const folder = join(outFolder(), "results");
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${this.id}.json`);
    writeFileSync(`${file}.part`, `${JSON.stringify(results, null, 2)}\n`);
    renameSync(`${file}.part`, file);
    show.note(verdict([...this.checked.values()], this.unmeasured.size));
  }

  private judgeAll(figures: Readonly<Record<string, number>>, sameData: boolean): void {
    const claims = Object.entries(figures).map(([claimId, ours]) => {
      const claim = this.claim(claimId);
      const source = this.sources.get(claim.on);
      if (!source)
        throw this.unknown("use of the data that a claim is on", claim.on, "call study.use(...) on them first");
      return judge(claim, ours, source, this.effort, sameData);
    });
    for (const claim of claims) this.checked.set(claim.id, claim);
    show.claims(claims.map((claim) => (claim.asserted || claim.disputed ? claim : { ...claim, holds: null })));
  }

  private async measure<T>(id: string, work: LongWork<T>): Promise<Long<T>> {
    const began = performance.now();
    const measured = await work({ log: longLog(id) });
    const seconds = (performance.now() - began) / 1000;
    this.longSeconds += seconds;
    const data = [...this.sources.values()].map(({ name, kind, sha256 }) => ({ name, kind, sha256 }));
    const date = new Date().toISOString().slice(0, 10);
    const file = { id, study: this.id, seed: this.seed, date, seconds: round(seconds), data, result: measured };
    const result = writeLong(join(outFolder(), "results"), file);
    return { id, result, ran: true, sameData: true, date, label: longLabel(file, { ran: true, sameData: true }) };
  }

  private recall<T>(id: string): Long<T> {
    const file = readLong(this.committed, id);
    if (!file) {
      const label = `never measured; to do so, run HITLAB_EFFORT=long npm run refresh -- ${this.id}`;
      return { id, result: undefined, ran: false, sameData: false, date: undefined, label };
    }
    const how = { ran: false, sameData: isSameData(file, this.sources) };
    return { id, result: file.result as T, ...how, date: file.date, label: longLabel(file, how) };
  }

  private claim(claimId: string): Claim {
    const claim = this.plan.claims.find(({ id }) => id === claimId);
    if (!claim) throw this.unknown("claim", claimId, "add it to data/claims.json, or correct the id");
    return claim;
  }

  private results({ scores = {}, trainSeconds, engine }: CloseOptions): StudyResults {
    // Without the long results, whose own files tell how long they took: what a full run takes.
    const seconds = (performance.now() - this.started) / 1000 - this.longSeconds;
    return {
      study: this.id,
      title: this.plan.title,
      effort: this.effort,
      seed: this.seed,
      backend: this.backend.name,
      engine,
      data: [...this.sources.values()].map(({ name, kind, sha256, rows }) => ({ name, kind, sha256, rows })),
      // The order of data/claims.json, in whatever order the notebook came to them.
      claims: this.plan.claims.map(({ id }) => this.checked.get(id)).filter((claim) => claim !== undefined),
      scores,
      seconds: { total: round(seconds), train: round(trainSeconds) },
      versions: { hitlab: version("lib"), node: process.version, tfjs: tf.version.tfjs },
    };
  }

  private unknown(what: string, value: string, remedy: string): HitlabError {
    return new HitlabError({ what: `there is no such ${what} in study ${this.id}`, value, remedy });
  }
}

function effortOf(told: string | undefined): Effort {
  if (!told) return "full";
  if (told === "quick" || told === "full" || told === "long") return told;
  const remedy = "set it to quick, full or long, or unset it";
  throw new HitlabError({ what: "HITLAB_EFFORT names no effort", value: told, remedy });
}

function seedOf(told: string | undefined, otherwise: number): number {
  if (!told) return otherwise;
  if (/^\d{1,10}$/.test(told) && Number(told) <= 0xffffffff) return Number(told);
  const remedy = "set it to a whole number from 0 to 4294967295, or unset it";
  throw new HitlabError({ what: "HITLAB_SEED is not a seed", value: told, remedy });
}

function version(folder: string): string {
  return (JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { version: string }).version;
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
