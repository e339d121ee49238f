import { recall, remember } from "../shared/memory";
import { csvOf } from "../shared/save-csv";
import { readAddress, writeAddress } from "./address";
import type { Settings } from "./settings";
import type { TestScores, TrainingResult } from "./trainer";

/** A finished training as it is kept to be compared. */
export interface Run {
  /** From 1, never given twice. */
  readonly number: number;
  readonly settings: Settings;
  readonly kind: TrainingResult["kind"];
  readonly stopped: boolean;
  /** Per epoch. */
  readonly valLoss: readonly number[];
  readonly valMetric: readonly number[];
  /** Accuracy or mean absolute error of the last epoch. */
  readonly train: number;
  readonly test: TestScores;
  readonly songs: TrainingResult["songs"];
  readonly parameters: number;
  readonly seconds: number;
}

/** Older ones give way: the browser keeps only so much. */
export const mostRuns = 20;
const KEY = "train-runs";

/** A result as a run, its curves rounded to what a chart shows. */
export function runOf(result: TrainingResult, number: number): Run {
  const { settings, kind, stopped, history, test, songs, parameters, seconds } = result;
  const rounded = (value: number) => Number(value.toPrecision(6));
  return {
    number,
    settings,
    kind,
    stopped,
    valLoss: history.map(({ valLoss }) => rounded(valLoss)),
    valMetric: history.map(({ valMetric }) => rounded(valMetric)),
    train: history.at(-1)?.metric ?? Number.NaN,
    test,
    songs,
    parameters,
    seconds,
  };
}

export function keepRuns(runs: readonly Run[]): void {
  const kept = runs.map(({ settings, ...run }) => ({ ...run, address: writeAddress(settings) }));
  remember(KEY, JSON.stringify(kept));
}

/** The runs of an earlier visit; what is not as this page writes it is left out. */
export function recallRuns(): Run[] {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.flatMap(readRun) : [];
  } catch {
    return [];
  }
}

function readRun(kept: unknown): Run[] {
  if (!kept || typeof kept !== "object") return [];
  const { address, ...run } = kept as Omit<Run, "settings"> & { readonly address?: unknown };
  if (typeof address !== "string" || !isWhole(run)) return [];
  const { settings, problems } = readAddress(address);
  return Object.keys(problems).length ? [] : [{ ...run, settings }];
}

function isWhole({
  number,
  valLoss,
  valMetric,
  train,
  test,
  songs,
  parameters,
  seconds,
}: Omit<Run, "settings">): boolean {
  const lists = [valLoss, valMetric].every(
    (list) => Array.isArray(list) && list.every((value) => typeof value === "number"),
  );
  const numbers = [number, train, parameters, seconds, songs?.test].every((value) => typeof value === "number");
  return lists && numbers && ["classification", "regression"].includes(test?.task);
}

/** All runs as the text of a CSV file. */
export function runsCsv(runs: readonly Run[]): string {
  const rows = runs.map(csvRow);
  const columns = Object.keys(rows[0] ?? {});
  return csvOf(
    columns,
    rows.map((row) => Object.values(row).map((value) => value ?? "")),
  );
}

function csvRow({ number, settings, kind, stopped, train, test, songs, valLoss, valMetric, parameters, seconds }: Run) {
  const isHit = test.task === "classification";
  return {
    run: number,
    ...settings,
    features: settings.features.join(" "),
    hidden: settings.hidden.join("-") || "none",
    songs_are: kind,
    stopped: String(stopped),
    epochs_done: valLoss.length,
    metric: isHit ? "accuracy" : "mean absolute error",
    train,
    validation: valMetric.at(-1),
    test: isHit ? test.accuracy : test.mae,
    test_songs: songs.test,
    validation_loss: valLoss.at(-1),
    lowest_validation_loss: valLoss.length ? Math.min(...valLoss) : undefined,
    test_roc_auc: isHit ? test.rocAuc : undefined,
    test_r2: isHit ? undefined : test.r2,
    parameters,
    seconds,
  };
}
