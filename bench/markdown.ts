/** The figures of a run as Markdown, for the three places that show them. */
import type { Kept } from "./chapter";
import { type Entry, entriesOf, everything, type Growth, groupNames, growthsOf } from "./entries";
import { durationText, roundsText, tallyText, timesFigure } from "./wording";
import { type Group, groups } from "./works";

/** The rows that say most, beside the studies as a whole. */
const main: readonly string[] = [
  "first-result",
  "lstm-study-1",
  "network-500",
  "grid-160",
  "ranking-150",
  "forest-fit",
  "logistic-regression",
  "svm-linear",
  "svm-poly",
  "boosting",
  "csv-decades",
  "tfjs-wasm-lstm-epoch",
  "tfjs-tensorflow-lstm-epoch",
];

/** For README.md: the studies as a whole and the main rows, in words that need no explaining. */
export function mainFigures(kept: Kept): string {
  const entries = entriesOf(kept);
  const shown = entries.filter(({ row, work }) => !work || main.includes(row.work));
  const header = ["work", "ours takes", "peer takes", "ours is so many times as fast", "peer"];
  return paragraphs([
    table(header, shown.map(mainCells)),
    [`${measuredOn(kept)} *Scaled*: reckoned from a sample. In all, ${tallyText(entries)}`],
  ]);
}

function mainCells({ row, what }: Entry): string[] {
  const { ours_s, peer_s, peer, ratio, scaled } = row;
  const bold = (text: string) => (row.work === everything ? `**${text}**` : text);
  const theirs = peer_s === null ? "-" : durationText(peer_s);
  const times = ratio === null ? "-" : timesFigure(1 / ratio);
  return [bold(`${what}${scaled ? " (scaled)" : ""}`), durationText(ours_s), theirs, bold(times), peer ?? ""];
}

/** For the chapter on the engine: trainings and matrix products, with what is to note. */
export function trainingFigures(kept: Kept): string {
  const of = entriesIn(kept);
  return paragraphs([
    [measuredOn(kept), ...(kept.note ? [kept.note] : [])],
    comparison("training", of("training")),
    table(["matrix product", "ours, GFLOP/s", "peer, GFLOP/s", "peer"], of("matmul").flatMap(productCells)),
    notes([...of("training"), ...of("matmul")]),
  ]);
}

/** For the bench's own chapter: all that stands in no other, by group, with what is to note. */
export function otherFigures(kept: Kept): string {
  const of = entriesIn(kept);
  const others = groupNames.filter((group) => !["training", "matmul", "growth"].includes(group));
  const parts = others.flatMap((group) => {
    const own = of(group);
    return own.length > 0 ? [[`### ${groups[group]}`], comparison("work", own), notes(own)] : [];
  });
  const growths = growthsOf(kept);
  const growth = growths.length > 0 ? [[`### ${groups.growth}`], growthTable(growths)] : [];
  return paragraphs([[measuredOn(kept), ...(kept.note ? [kept.note] : [])], ...parts, ...growth]);
}

function entriesIn(kept: Kept): (group: Group) => Entry[] {
  const entries = entriesOf(kept);
  return (wanted) => entries.filter(({ group }) => group === wanted);
}

function measuredOn({ date, machine, quick }: Kept): string {
  return `Measured on ${date}, ${roundsText(quick)}, on: ${machine}.`;
}

/** With memory where it was measured. */
function comparison(first: string, entries: readonly Entry[]): string[] {
  const memory = entries.some(({ row }) => row.ours_mb !== undefined || row.peer_mb !== undefined);
  const header = [first, "ours, s", "peer, s", "ours / peer", "aim", "reached by ours / peer", "peer"];
  const rows = entries.map(({ row, what, target }) => [
    what,
    String(row.ours_s),
    ...[row.peer_s, row.ratio].map(shown),
    target === undefined ? "" : `<= ${target}`,
    row.same,
    row.peer ?? "",
    ...(memory ? [row.ours_mb, row.peer_mb].map(shown) : []),
  ]);
  return table([...header, ...(memory ? ["ours, MB", "peer, MB"] : [])], rows);
}

/** A product of m x k and k x n takes 2 m k n operations. */
function productCells({ row, work }: Entry): string[][] {
  if (work?.settings.kind !== "matmul") return [];
  const { data, repeats } = work.settings;
  const { m, k, n } = data;
  const speed = (seconds: number) => ((2 * m * k * n * repeats) / seconds / 1e9).toFixed(1);
  const theirs = row.peer_s === null ? "-" : speed(row.peer_s);
  return [[`[${m}, ${k}] x [${k}, ${n}]`, speed(row.ours_s), theirs, row.peer ?? ""]];
}

function growthTable(growths: readonly Growth[]): string[] {
  const header = ["work", "rows", "ours, s", "peer, s", "power, ours", "power, peer"];
  return table(
    header,
    growths.map(({ what, exponent, points }) => {
      const three = (values: readonly (number | null | undefined)[]) => values.map(shown).join(" / ");
      const sizes = three(points.map(({ size }) => size));
      const seconds = [points.map(({ ours_s }) => ours_s), points.map(({ peer_s }) => peer_s)].map(three);
      return [what, sizes, ...seconds, shown(exponent.ours), shown(exponent.peer)];
    }),
  );
}

/** What is to note of each row; said once of neighbours of which the same is to be said. */
function notes(entries: readonly Entry[]): string[] {
  const told: { ids: string[]; text: string }[] = [];
  for (const { row } of entries) {
    const text = [row.note, row.scaled && `scaled ${row.scaled}`].filter(Boolean).join("; ");
    const last = told.at(-1);
    if (!text) continue;
    if (last?.text === text) last.ids.push(row.work);
    else told.push({ ids: [row.work], text });
  }
  return told.map(({ ids, text }) => `- ${ids.map((id) => `\`${id}\``).join(", ")}: ${text}`);
}

function paragraphs(parts: readonly (readonly string[])[]): string {
  return parts
    .filter((lines) => lines.length)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function shown(value: number | null | undefined): string {
  return String(value ?? "-");
}

/** A Markdown table with its figures to the right; nothing without rows. */
function table(header: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const figures = /, (s|MB|GFLOP.s)$| takes$|^(ours . peer|aim)$|^power|as fast$/;
  const rule = header.map((title) => (figures.test(title) ? "---:" : "---"));
  return [header, rule, ...rows].map((cells) => `| ${cells.map(escaped).join(" | ")} |`);
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
