import { duration, formatNumber } from "./format";
import { type Bundle, updatingDisplay } from "./kernel";
import { escapeHtml } from "./text/escape";

/** Called by a long piece of work: how much of how much is done, and a word on what it is at. */
export type Progress = (done: number, total: number, text?: string) => void;

/** How often a viewer is sent a new state, in milliseconds. */
const INTERVAL = 250;

/**
 * A line with a bar that follows a long piece of work, in place below the running cell.
 *
 * It shows at most four times a second, and at once when all is done. Outside a notebook nothing is shown. The time left
 * is reckoned from what was done since the first call: work that is taken up again tells first how far it had come.
 *
 * @param label what is being done
 * @param options.now clock in milliseconds (for tests)
 * @param options.display where the states go (by default the running cell)
 * @example
 * ```ts
 * await fit(model, samples, { epochs: 10, progress: show.progress("training") });
 * ```
 */
export function progress(
  label: string,
  options: { now?: () => number; display?: (bundle: Bundle) => void } = {},
): Progress {
  const now = options.now ?? (() => performance.now());
  const display = options.display ?? updatingDisplay();
  const started = now();
  let first: { done: number; at: number } | undefined;
  let shown = Number.NEGATIVE_INFINITY;
  let finished = false;
  return (done, total, text = "") => {
    const at = now();
    first ??= { done, at };
    const ends = done >= total;
    if ((at - shown < INTERVAL && !ends) || (ends && finished)) return;
    shown = at;
    finished = ends;
    const perStep = done > first.done ? (at - first.at) / 1000 / (done - first.done) : undefined;
    display?.(progressBundle({ label, done, total, text, seconds: (at - started) / 1000, perStep }));
  };
}

/** A state of the work. */
export interface ProgressState {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly text: string;
  /** Seconds since the start. */
  readonly seconds: number;
  /** Seconds that one of `total` takes, once that is known. */
  readonly perStep?: number;
}

/** What {@link progress} shows for a state; the runner of notebooks reads the metadata. */
export function progressBundle(state: ProgressState): Bundle {
  const { label, done, total, perStep } = state;
  const ends = done >= total;
  const secondsLeft = ends ? 0 : perStep === undefined ? null : perStep * (total - done);
  const line = ends ? finalLine(state) : runningLine(state, secondsLeft);
  const share = total > 0 ? Math.min(1, done / total) : 1;
  return {
    data: {
      "text/html": ends ? quiet(line) : bar(line, share),
      "text/plain": ends ? line : `${textBar(share)} ${line}`,
    },
    metadata: {
      hitlab: {
        progress: { label, done, total, secondsLeft: secondsLeft === null ? null : Math.round(secondsLeft * 10) / 10 },
      },
    },
  };
}

function runningLine({ label, done, total, text, seconds }: ProgressState, secondsLeft: number | null): string {
  const left = secondsLeft === null ? "" : `, about ${duration(secondsLeft)} left`;
  const words = text ? ` · ${text}` : "";
  return `${label}: ${formatNumber(done)} of ${formatNumber(total)}${words} · ${duration(seconds)}${left}`;
}

function finalLine({ label, total, text, seconds }: ProgressState): string {
  return `${label}: done, ${formatNumber(total)} in ${duration(seconds)}${text ? ` · ${text}` : ""}`;
}

function textBar(share: number): string {
  const filled = Math.round(share * 20);
  return `[${"█".repeat(filled)}${"·".repeat(20 - filled)}]`;
}

function bar(line: string, share: number): string {
  const track =
    "display:inline-block;width:160px;height:8px;border-radius:4px;background:rgba(128,128,128,.3);overflow:hidden";
  const fill = `display:block;height:8px;width:${(share * 100).toFixed(1)}%;background:#0072b2`;
  return (
    `<div class="hitlab-progress"><span style="${track}"><span style="${fill}"></span></span> ` +
    `<span style="font-variant-numeric:tabular-nums">${escapeHtml(line)}</span></div>`
  );
}

function quiet(line: string): string {
  return `<div class="hitlab-progress" style="opacity:.75">✓ ${escapeHtml(line)}</div>`;
}
