import os from "node:os";
import type { Kept } from "./chapter";
import { entriesOf, type Growth, growthsOf } from "./entries";
import type { Measured, Row } from "./measure";

/** The computer in a line. */
export function machineLine(): string {
  const model = os.cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${model}, ${os.availableParallelism()} cores, ${memory} GB, ${os.platform()} ${os.arch()}, Node ${process.versions.node}`;
}

/** The rows of a run as a table, with lines of notes under them; `measured` tells more of those that were measured. */
export function tableText(run: Pick<Kept, "quick" | "rows">, measured: readonly Measured[]): string {
  const entries = entriesOf(run);
  const head = ["work", "", "ours s", "peer s", "ratio", "ours MB", "peer MB", "same (ours / peer)", "target"];
  const cells = entries.map(({ row, what, target }) => [
    row.work,
    what,
    ...[row.ours_s, row.peer_s, row.ratio, row.ours_mb, row.peer_mb].map((value) => String(value ?? "-")),
    row.same,
    targetText(target, row.ratio),
  ]);
  const widths = head.map((_, c) => Math.max(...[head, ...cells].map((texts) => texts[c].length)));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, c) => (c >= 2 && c <= 6 ? text.padStart(widths[c]) : text.padEnd(widths[c])))
      .join("  ")
      .trimEnd();
  const peak = peakSpeed(measured);
  const known = new Map(measured.map((one) => [one.work.id, one]));
  const lines = entries.flatMap(({ row }, at) => {
    const notes = notesOf(row, known.get(row.work), peak).map((note) => `    ${note}`);
    return [line(cells[at]), ...notes];
  });
  return [line(head), ...lines, ...growthsOf(run).map(growthText)].join("\n");
}

function growthText({ what, exponent: { ours, peer } }: Growth): string {
  return `${what}: the cost grows with the rows to the power of ${ours} (peer: ${peer ?? "-"})`;
}

function targetText(target: number | undefined, ratio: number | null): string {
  if (target === undefined) return "";
  return `<= ${target}${ratio === null ? "" : ratio <= target ? ", met" : ", not met"}`;
}

function notesOf(row: Row, measured: Measured | undefined, peak: number | undefined): string[] {
  return [
    measured ? speedText(measured, peak) : "",
    row.peer ? `peer: ${row.peer}` : "",
    row.scaled ? `scaled ${row.scaled}` : "",
    row.note ?? "",
    measured?.trouble ? `no peer: ${measured.trouble}` : "",
  ].filter(Boolean);
}

function speedText({ speed, work }: Measured, peak: number | undefined): string {
  if (speed === undefined) return "";
  const ofPeak = peak && work.settings.kind !== "matmul" ? Math.round((100 * speed.usual) / peak) : undefined;
  const share = ofPeak === undefined ? "" : `, ${ofPeak} % of our fastest matrix product`;
  return `ours ${speed.usual.toFixed(1)} GFLOP/s${share}`;
}

/** GFLOP/s of our fastest matrix product, where products were measured: what a training step could reach at best. */
function peakSpeed(measured: readonly Measured[]): number | undefined {
  const speeds = measured.flatMap(({ work, speed }) => (work.settings.kind === "matmul" && speed ? [speed.best] : []));
  return speeds.length ? Math.max(...speeds) : undefined;
}
