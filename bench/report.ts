import os from "node:os";
import type { Measured } from "./measure";

/** The computer in a line. */
export function machineLine(): string {
  const model = os.cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${model}, ${os.availableParallelism()} cores, ${memory} GB, ${os.platform()} ${os.arch()}, Node ${process.versions.node}`;
}

/** The rows as a table, with a line of notes under those that have any. */
export function tableText(measured: readonly Measured[]): string {
  const head = ["work", "", "ours s", "peer s", "ratio", "same (ours / peer)", "target"];
  const rows = measured.map(({ work, row }) => [
    row.work,
    work.what,
    String(row.ours_s),
    row.peer_s === null ? "-" : String(row.peer_s),
    row.ratio === null ? "-" : String(row.ratio),
    row.same,
    targetText(work.target, row.ratio),
  ]);
  const widths = head.map((_, c) => Math.max(...[head, ...rows].map((cells) => cells[c].length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => (c >= 2 && c <= 4 ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
      .join("  ")
      .trimEnd();
  const peak = peakSpeed(measured);
  const notes = measured.map((one) => notesOf(one, peak).map((note) => `    ${note}`));
  return [line(head), ...rows.flatMap((cells, r) => [line(cells), ...notes[r]])].join("\n");
}

function targetText(target: number | undefined, ratio: number | null): string {
  if (target === undefined) return "";
  return `<= ${target}${ratio === null ? "" : ratio <= target ? ", met" : ", not met"}`;
}

function notesOf({ row, speed, trouble, work }: Measured, peak: number | undefined): string[] {
  const ofPeak = speed && peak && work.settings.kind !== "matmul" ? Math.round((100 * speed.usual) / peak) : undefined;
  const share = ofPeak === undefined ? "" : `, ${ofPeak} % of our fastest matrix product`;
  return [
    speed === undefined ? "" : `ours ${speed.usual.toFixed(1)} GFLOP/s${share}`,
    row.peer ? `peer: ${row.peer}` : "",
    row.scaled ? `scaled ${row.scaled}` : "",
    row.note ?? "",
    trouble ? `no peer: ${trouble}` : "",
  ].filter(Boolean);
}

/** GFLOP/s of our fastest matrix product, where products were measured: what a training step could reach at best. */
function peakSpeed(measured: readonly Measured[]): number | undefined {
  const speeds = measured.flatMap(({ work, speed }) => (work.settings.kind === "matmul" && speed ? [speed.best] : []));
  return speeds.length ? Math.max(...speeds) : undefined;
}
