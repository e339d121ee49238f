import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { type Kept, places, withFigures } from "../chapter";
import { mainFigures, otherFigures, trainingFigures } from "../markdown";
import type { Row } from "../measure";

test("README and the chapters on the training engine and on the bench show the kept figures", () => {
  const found = places();
  const root = resolve(__dirname, "..", "..");
  const files = ["README.md", join("lib", "kernels", "README.md"), join("bench", "README.md")];
  expect(found.map(({ file }) => relative(root, file))).toEqual(files);
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
  const text = trainingFigures(kept(row("matmul-32x64x256", { peer: "numpy 9" }), row("lstm-epoch"), row("svm-poly")));
  const machine = "medians of three rounds (one where the peer takes over a minute), on: a computer.";
  expect(text).toContain(`Measured on 2026-01-02, ${machine}`);
  const training = "| study 1's LSTM, one epoch | 0.5 | 2 | 0.25 | &lt;= 0.6 | val accuracy 0.9 / 0.9 | keras 9 |";
  expect(text).toContain(training);
  // 2 m k n, 3,815 times in 0.5 s and in 2 s.
  expect(text).toContain("| [32, 64] x [64, 256] | 8.0 | 2.0 | numpy 9 |");
  expect(text).not.toContain("SVM");
});

test("what was scaled, noted and quick is said, the same of neighbours once", () => {
  const scaled = row("grid-160", { scaled: "from 8 of 160 fits by both sides, times 20", note: "on 2 cores" });
  const noted = [row("lstm-epoch", { note: "one thread" }), row("mlp-batch-32", { note: "one thread" })];
  const text = trainingFigures({ ...kept(scaled, ...noted), quick: true, note: "The fan was loud." });
  expect(text).toContain("- `grid-160`: on 2 cores; scaled from 8 of 160 fits by both sides, times 20");
  expect(text).toContain("- `lstm-epoch`, `mlp-batch-32`: one thread");
  expect(text).toContain("one round of each (a quick run), on: a computer.\nThe fan was loud.");
  expect(text).not.toContain("GFLOP");
});

test("the bench's chapter has all other rows by group, sums first, with memory where it was measured", () => {
  const sizes = [1, 4, 16].map((factor) => row(`growth-forest-${factor}x`, { size: factor }));
  const text = otherFigures(
    kept(
      ...[row("svm-poly", { peer: "a|b" }), row("network-500"), row("study-2", { ours_mb: 300, peer_mb: 900 })],
      ...[...sizes, row("growth-forest", { exponent: { ours: 1.02, peer: null } })],
    ),
  );
  expect([...text.matchAll(/^### .*/gm)].map(String)).toEqual(["### The studies", "### Classic models", "### Growth"]);
  expect(text).toContain("| study 2: from the file to the test figures | 0.5 | 2 | 0.25 |");
  expect(text).toContain("| keras 9 | 300 | 900 |");
  expect(text).toContain("| polynomial SVM | 0.5 | 2 | 0.25 | &lt;= 0.3 | val accuracy 0.9 / 0.9 | a\\|b |");
  expect(text).toContain("| 1 / 4 / 16 | 0.5 / 0.5 / 0.5 | 2 / 2 / 2 | 1.02 | - |");
  expect(text).not.toContain("500 epochs");
});

test("README has the studies and the main rows, and counts all", () => {
  const whole = row("all-studies", { ours_s: 315, peer_s: 3300, ratio: 0.09545, scaled: "from a part" });
  const slow = row("logistic-regression", { ratio: 1.073, note: "a tenth of a second" });
  const text = mainFigures(
    kept(whole, slow, row("lstm-epoch"), row("boosting", { peer_s: null, peer: null, ratio: null })),
  );
  expect(text).toContain("| **all five studies (scaled)** | 5 min 15 s | 55 min 0 s | **10** | keras 9 |");
  expect(text).toContain("| logistic regression | 500 ms | 2.00 s | 0.93 | keras 9 |");
  expect(text).toContain("| gradient boosting, 100 trees | 500 ms | - | - |  |");
  expect(text).not.toContain("one epoch");
  expect(text).toContain("hitlab is faster in 1 of 3 works and slower in 1; 1 had no peer.");
});
