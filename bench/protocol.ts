import type { Settings } from "./settings";

/** One line to a side: do this round. Round 0 is the warm-up. */
export interface Task {
  readonly work: string;
  readonly round: number;
  readonly settings: Settings;
  /** Folder of the arrays. */
  readonly folder: string;
}

/** One line to our side before a work: make its arrays. */
export interface Preparation {
  readonly write: Settings["data"];
  readonly folder: string;
}

/** One line from a side: the task is done. A line `{"progress": "3 of 32"}` may come before it, `{"error": ...}` instead. */
export interface Answer {
  /** Of the work alone, without building (grid and ranking: with it), reading data or judging (the grid: with it). */
  readonly seconds: number;
  /** What was reached, in terms of the work's metric. */
  readonly quality: number;
  /** Who did it, with version: "keras 3.15.1". */
  readonly by: string;
  /** What part of the work was done, where the peer does a sample of it: 32 of 160 "fits". */
  readonly share?: { readonly done: number; readonly all: number; readonly of: string };
  /** How many rows (windows) it was, where the settings do not say. */
  readonly size?: number;
  /** Most memory that the process held at a time during the round, in MB; only where the system tells. */
  readonly peakMb?: number;
  /** Floating-point operations done (our side). */
  readonly flops?: number;
  /** Something worth telling the reader. */
  readonly note?: string;
}
