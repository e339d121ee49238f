import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { classicFigures, type Kept, places, trainingFigures, withFigures } from "../chapter";
import type { Row } from "../measure";

test("the chapters on the training engine and on the bench show the kept figures", () => {
  const found = places();
  expect(found.map(({ file }) => basename(dirname(file)))).toEqual(["kernels", "bench"]);
  for (const { text, wanted } of found) expect(text, 'run "npm run bench -- --keep"').toBe(wanted);
});

test("figures are put between their marks and nowhere else", () => {
  const text = "# A\n<!-- bench:start -->\nold\n<!-- bench:end -->\nrest\n";
  const wanted = "# A\n<!-- bench:start -->\n\n| new |\n\n<!-- bench:end -->\nrest\n";
  expect(withFigures(text, "| new |")).toBe(wanted);
  expect(withFigures(wanted, "| new |")).toBe(wanted);
  expect(() => withFigures("# A\n", "x")).toThrow("no place for the bench");
});

const row = (work: string, more: Partial<Row> = {}): Row => {
  return { work, ours_s: 0.5, peer_s: 2, peer: "keras 9", ratio: 0.25, same: "val accuracy 0.9 / 0.9", ...more };
};
const kept = (...rows: Row[]): Kept => ({ date: "2026-01-02", machine: "a computer", quick: false, rows });

test("trainings and matrix products have a table each", () => {
  const text = trainingFigures(kept(row("matmul-32x64x256", { peer: "numpy 9" }), row("lstm-epoch")));
  expect(text).toContain("Measured on 2026-01-02, medians of five rounds (long works three or one), on: a computer.");
  const training = "| study 1's LSTM, one epoch | 0.5 | 2 | 0.25 | &lt;= 0.6 | val accuracy 0.9 / 0.9 | keras 9 |";
  expect(text).toContain(training);
  // 2 m k n, 3,815 times in 0.5 s and in 2 s.
  expect(text).toContain("| [32, 64] x [64, 256] | 8.0 | 2.0 | numpy 9 |");
});

test("what was scaled and what was quick is said", () => {
  const scaled = row("grid-160", { scaled: "from 8 of 160 fits by the peer, times 20" });
  const text = trainingFigures({ ...kept(scaled), quick: true });
  expect(text).toContain("study 3's grid, 160 fits: the peer's time is scaled from 8 of 160 fits by the peer");
  expect(text).toContain("medians of three rounds (a quick run; long works one)");
  expect(text).not.toContain("GFLOP");
});

test("classic models are the bench's own, with what is to note; the network's 500 epochs are a training", () => {
  const both = kept(row("network-500"), row("svm-poly", { peer: "scikit-learn 9", note: "the real songs" }));
  const [training, classic] = [trainingFigures(both), classicFigures(both)];
  expect(training).toContain("| study 4's network, all 500 epochs | 0.5 |");
  expect(training).not.toContain("SVM");
  expect(classic).toContain(
    "| polynomial SVM | 0.5 | 2 | 0.25 | &lt;= 0.3 | val accuracy 0.9 / 0.9 | scikit-learn 9 |",
  );
  expect(classic).toContain("on: a computer.");
  expect(classic).toContain("- `svm-poly`: the real songs");
  expect(classic).not.toContain("500 epochs");
  expect(classicFigures(kept())).toBe("The last kept run has no row of a classic model.");
});
