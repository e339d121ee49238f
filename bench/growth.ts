/** How the cost grows with the rows: the same work on 1, 4 and 16 times as many, and the exponent that fits the three. */
import type { Row } from "./measure";
import { regressionNetwork } from "./networks";
import type { ClassicModel, FitWork, Settings } from "./settings";
import type { Work } from "./works";

const factors = [1, 4, 16];
const forest: ClassicModel = { name: "forest", nEstimators: 50, maxDepth: 25 };

const network = (rows: number): FitWork => ({
  kind: "fit",
  data: { name: "regression", rows, test: 190, columns: 33 },
  network: regressionNetwork(33, 64, 0.2),
  epochs: 5,
  batch: 32,
  validate: false,
  goOn: false,
  warmUpEpochs: 1,
});

/** What grows, by the first part of its works' ids; `songs` of the daily chart stand for windows. */
export const growing: readonly {
  readonly id: string;
  readonly what: string;
  readonly of: (factor: number) => Settings;
}[] = [
  { id: "growth-network", what: "study 3's network, 5 epochs", of: (factor) => network(4000 * factor) },
  {
    id: "growth-forest",
    what: "random forest, 50 trees of depth 25",
    of: (factor) => ({
      kind: "classic",
      task: "fit",
      data: { name: "classes", rows: 4000 * factor, test: 1000, columns: 15 },
      model: forest,
      warmUpRows: 1000,
    }),
  },
  {
    id: "growth-windows",
    what: "windows of the daily chart",
    of: (factor) => ({ kind: "windows", data: { name: "files" }, peerBy: "numpy", songs: 115 * factor }),
  },
];

export function growthWorks(rounds: number): Work[] {
  return growing.flatMap(({ id, what, of }) =>
    factors.map((factor): Work => {
      const name = `${id}-${factor}x`;
      // Few rows give any quality; what is compared is the cost.
      return {
        id: name,
        group: "growth",
        what: `${what}, ${factor}x`,
        settings: of(factor),
        rounds,
        tolerance: 0.2,
      };
    }),
  );
}

/** Rows that tell the exponents, of those that grow and were measured at all sizes. */
export function growthRows(rows: readonly Row[]): Row[] {
  return growing.flatMap(({ id }) => {
    const sizes = factors.map((factor) => rows.find(({ work }) => work === `${id}-${factor}x`));
    return sizes.every((row) => row !== undefined) ? [exponentRow(id, sizes)] : [];
  });
}

function exponentRow(work: string, sizes: readonly Row[]): Row {
  const largest = sizes[sizes.length - 1];
  const rows = sizes.map(({ size }, at) => size ?? factors[at]);
  const ours = exponent(
    rows,
    sizes.map(({ ours_s }) => ours_s),
  );
  const beside = sizes.flatMap(({ peer_s }) => peer_s ?? []);
  const peer = beside.length === sizes.length ? exponent(rows, beside) : null;
  return { ...largest, work, exponent: { ours, peer }, same: sizes.map((row) => row.same).join(", ") };
}

/** The power of the size that the seconds grow by: least squares on the logarithms, two digits. */
export function exponent(sizes: readonly number[], seconds: readonly number[]): number {
  const [x, y] = [sizes.map(Math.log), seconds.map(Math.log)];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const slope =
    x.reduce((sum, value, at) => sum + (value - meanX) * (y[at] - meanY), 0) /
    x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  return Number(slope.toFixed(2));
}
