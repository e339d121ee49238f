import { median } from "./metrics";
import type { Answer } from "./protocol";
import { SideError } from "./side";
import { short } from "./sums";
import type { Work } from "./works";

/** A line of the result file, as the project's contract has it (README.md). Seconds are medians over the rounds. */
export interface Row {
  readonly work: string;
  readonly ours_s: number;
  /** null, like the two after it, where the peer was missing or failed. */
  readonly peer_s: number | null;
  readonly peer: string | null;
  /** ours_s / peer_s: below 1 we are faster. */
  readonly ratio: number | null;
  /** What both reached, ours first. */
  readonly same: string;
  /** How peer_s was reckoned, where the peer did a part of the work. */
  readonly scaled?: string;
  readonly note?: string;
  /** Most memory that each side's process held at a time in the timed rounds, in MB; only where the system tells. */
  readonly ours_mb?: number;
  readonly peer_mb?: number;
  /** Seconds that measuring took, warm-up, both sides and judging. */
  readonly took_s?: number;
  /** How many rows it was, where that is not plain from the work. */
  readonly size?: number;
  /** By which power of the rows the cost grows, of a row on growth. */
  readonly exponent?: { readonly ours: number; readonly peer: number | null };
}

/** A row and what the table says beside it. */
export interface Measured {
  readonly work: Work;
  readonly row: Row;
  /** GFLOP/s of our side: in the median round, and in its best. */
  readonly speed?: { readonly usual: number; readonly best: number };
  /** Why the peer is missing. */
  readonly trouble?: string;
}

/** Has one side do a round. */
export type Round = (round: number) => Promise<Answer>;

/** Told of each round done. */
export type Tell = (round: number, side: "ours" | "peer", answer: Answer) => void;

/**
 * Measures one work: a round that does not count, then the rounds, the sides taking turns: ours, peer, ours, peer.
 *
 * A peer that fails costs the comparison, not our own figure. A side whose training ended in NaN has failed.
 *
 * @throws SideError when our own side fails
 */
export async function measure(
  work: Work,
  ours: Round,
  peer: Round | undefined,
  tell: Tell = () => {},
): Promise<Measured> {
  const start = performance.now();
  const answers = { ours: [] as Answer[], peer: [] as Answer[] };
  let trouble: string | undefined;
  for (let round = 0; round <= work.rounds; round++) {
    const answer = sound(await ours(round));
    tell(round, "ours", answer);
    if (round > 0) answers.ours.push(answer);
    if (!peer || trouble) continue;
    try {
      const beside = sound(await peer(round));
      tell(round, "peer", beside);
      if (round > 0) answers.peer.push(beside);
    } catch (error) {
      if (!(error instanceof SideError)) throw error;
      trouble = error.message;
    }
  }
  const speed = speedOf(answers.ours);
  const took_s = short((performance.now() - start) / 1000);
  const row = { ...rowOf(work, answers.ours, trouble ? [] : answers.peer), took_s };
  return { work, row, ...(speed ? { speed } : {}), ...(trouble ? { trouble } : {}) };
}

/** JSON has null in place of NaN and Infinity. */
function sound(answer: Answer): Answer {
  if (Number.isFinite(answer.seconds) && Number.isFinite(answer.quality)) return answer;
  throw new SideError(`${answer.by}: time ${answer.seconds} s, quality ${answer.quality}: no number`);
}

/** The row of a work from the timed rounds of both sides; none of the peer: it was missing. */
export function rowOf(work: Work, ours: readonly Answer[], peer: readonly Answer[]): Row {
  const oursSeconds = secondsOf(ours);
  const note = [work.note, ours.at(-1)?.note, peer.at(-1)?.note].filter(Boolean).join("; ");
  const { size } = ours[0];
  const end = { ...memoryOf(ours, peer), ...(note ? { note } : {}), ...(size ? { size } : {}) };
  const own = { work: work.id, ours_s: short(oursSeconds) };
  const quality = median(ours.map((answer) => answer.quality));
  const name = qualityName(work);
  if (peer.length === 0) {
    return { ...own, peer_s: null, peer: null, ratio: null, same: `${name} ${figure(quality)} / no peer`, ...end };
  }
  const peerSeconds = secondsOf(peer);
  const scaled = scaledText(sampleOf(ours[0]), sampleOf(peer[0]));
  const other = median(peer.map((answer) => answer.quality));
  const differs = Math.abs(quality - other) <= work.tolerance ? "" : " (differs)";
  return {
    ...own,
    peer_s: short(peerSeconds),
    peer: peer[0].by,
    ratio: short(oursSeconds / peerSeconds),
    same: `${name} ${figure(quality)} / ${figure(other)}${differs}`,
    ...(scaled ? { scaled } : {}),
    ...end,
  };
}

/** The median of the rounds, for all of the work. */
function secondsOf(answers: readonly Answer[]): number {
  const seconds = median(answers.map((answer) => answer.seconds));
  const share = sampleOf(answers[0]);
  return share ? scaledUp(seconds, share.done, share.all) : seconds;
}

function memoryOf(ours: readonly Answer[], peer: readonly Answer[]): Pick<Row, "ours_mb" | "peer_mb"> {
  const most = (answers: readonly Answer[]) => Math.round(Math.max(...answers.map(({ peakMb }) => peakMb ?? 0)));
  const [ours_mb, peer_mb] = [most(ours), peer.length > 0 ? most(peer) : 0];
  return { ...(ours_mb > 0 ? { ours_mb } : {}), ...(peer_mb > 0 ? { peer_mb } : {}) };
}

/** The time for all of a work from the time for an even sample of it. */
export function scaledUp(seconds: number, sampled: number, all: number): number {
  return (seconds * all) / sampled;
}

/** The part of the work that was done, where it was not all. */
function sampleOf({ share }: Answer): Answer["share"] {
  return share && share.done < share.all ? share : undefined;
}

/** What was done by whom, where it was not all. */
function scaledText(ours: Answer["share"], peer: Answer["share"]): string | undefined {
  const text = ({ done, all, of }: NonNullable<Answer["share"]>) => `${done} of ${all} ${of}`;
  if (ours && peer && text(ours) === text(peer)) {
    return `from ${text(ours)} by both sides, times ${short(ours.all / ours.done)}`;
  }
  const sides = { "by us": ours, "by the peer": peer };
  const parts = Object.entries(sides).flatMap(([who, share]) =>
    share ? [`${text(share)} ${who}, times ${short(share.all / share.done)}`] : [],
  );
  return parts.length > 0 ? `from ${parts.join("; ")}` : undefined;
}

function speedOf(answers: readonly Answer[]): Measured["speed"] {
  const flops = answers[0]?.flops;
  if (flops === undefined) return undefined;
  const seconds = answers.map((answer) => answer.seconds);
  return { usual: flops / median(seconds) / 1e9, best: flops / Math.min(...seconds) / 1e9 };
}

function qualityName({ settings }: Work): string {
  if (settings.kind === "fit") return `val ${settings.network.metric}`;
  if (settings.kind === "grid") return "median CV R2 of the sample";
  if (settings.kind === "ranking") return "mean test accuracy of the sample";
  if (settings.kind === "ablation") return `mean test ${settings.network.metric} after ${settings.sampleEpochs} epochs`;
  if (settings.kind === "matmul") return "mean |entry|";
  if (settings.kind === "first-result" || settings.kind === "study") return "test accuracy";
  if (settings.kind === "windows") return "share of hits";
  if (settings.kind === "csv") return "mean of a column";
  return settings.task === "importance" ? "importance of instrumentalness" : "test accuracy";
}

function figure(value: number): string {
  return value.toPrecision(Math.abs(value) < 0.1 ? 2 : 4);
}
