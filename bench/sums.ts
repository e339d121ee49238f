/** Rows that are sums of others: what the studies take as a whole. */
import type { Row } from "./measure";

/** Works whose times are added, each so many times. */
export interface Sum {
  readonly id: string;
  readonly what: string;
  readonly parts: readonly { readonly work: string; readonly times?: number }[];
  /** Ours may take at most this share of the peer's time. Information, not a test. */
  readonly target?: number;
  readonly note?: string;
}

const works = (...ids: string[]) => ids.map((work) => ({ work }));

/** In this order: a sum may have sums before it among its parts. */
export const sums: readonly Sum[] = [
  {
    id: "study-1",
    what: "study 1: chart, windows, LSTM on the synthetic set and on the chart",
    parts: [...works("csv-chart", "windows-numpy", "lstm-study-1"), { work: "lstm-chart-epoch", times: 10 }],
    note: "the peer's windows by numpy: the study's own loop would take minutes more",
  },
  { id: "study-2", what: "study 2: from the file to the test figures", parts: works("study-2-whole") },
  { id: "study-3", what: "study 3: the file and the grid of 160 fits", parts: works("csv-2023", "grid-160") },
  {
    id: "study-4",
    what: "study 4: six files, SVMs, logistic regression, network, nine reduced networks, forest, importances",
    parts: works(
      "csv-decades",
      "svm-linear-svc",
      "svm-linear",
      "svm-poly",
      "svm-poly-score",
      "logistic-regression",
      "network-500",
      "ablation-9x500",
      "forest-fit",
      "forest-predict",
      "permutation-importance",
    ),
  },
  {
    id: "study-5",
    what: "study 5: from the file to the test figures, and the ranking of 150 fits",
    parts: works("study-5-whole", "ranking-150"),
  },
  {
    id: "all-studies",
    what: "all five studies",
    parts: works("study-1", "study-2", "study-3", "study-4", "study-5"),
    target: 0.2,
  },
];

/** The sums whose parts were all measured; without a peer where one part has none. */
export function sumRows(rows: readonly Row[]): Row[] {
  const known = new Map(rows.map((row) => [row.work, row]));
  const made: Row[] = [];
  for (const sum of sums) {
    const row = sumRow(sum, known);
    if (!row) continue;
    known.set(sum.id, row);
    made.push(row);
  }
  return made;
}

function sumRow({ id, parts, note }: Sum, known: ReadonlyMap<string, Row>): Row | undefined {
  const found = parts.map(({ work, times = 1 }) => ({ times, row: known.get(work) }));
  if (!found.every((part): part is { times: number; row: Row } => part.row !== undefined)) return undefined;
  const total = (seconds: (row: Row) => number) => found.reduce((sum, { times, row }) => sum + times * seconds(row), 0);
  const ours = total(({ ours_s }) => ours_s);
  const complete = found.every(({ row }) => row.peer_s !== null);
  const peer = complete ? total(({ peer_s }) => peer_s ?? 0) : null;
  const scaled = found.filter(({ times, row }) => times !== 1 || row.scaled);
  return {
    work: id,
    ours_s: short(ours),
    peer_s: peer === null ? null : short(peer),
    peer: peer === null ? null : "keras, scikit-learn, pandas",
    ratio: peer === null ? null : short(ours / peer),
    same: `sum of ${parts.map(({ work, times }) => (times ? `${times} x ${work}` : work)).join(", ")}`,
    ...(scaled.length > 0 ? { scaled: `from samples in ${scaled.map(({ row }) => row.work).join(", ")}` } : {}),
    ...(note ? { note } : {}),
  };
}

/** Four digits: more would be noise. */
export function short(value: number): number {
  return Number(value.toPrecision(4));
}
