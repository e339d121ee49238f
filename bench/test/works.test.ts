import { expect, test } from "vitest";
import { flopsPerRow } from "../flops";
import { readOptions } from "../options";
import { allWorks, folds, gridTrials, pickWorks, regressionNetwork, unknownNames, type Work } from "../works";

const full = allWorks({ quick: false });
const studyFour = [
  "forest-fit",
  "forest-predict",
  "logistic-regression",
  "svm-linear",
  "svm-linear-svc",
  "svm-poly",
  "svm-poly-score",
  "boosting",
  "network-500",
  "ablation-9x500",
  "permutation-importance",
];
const ids = (works: readonly Work[]) => works.map(({ id }) => id);

test("works are picked by id or by the first words of it, and others are told", () => {
  expect(ids(pickWorks(full, undefined))).toEqual(ids(full));
  expect(ids(pickWorks(full, ["grid-160", "mlp"]))).toEqual(["mlp-batch-32", "mlp-batch-2000", "grid-160"]);
  expect(ids(pickWorks(full, ["svm-poly"]))).toEqual(["svm-poly"]);
  expect(ids(pickWorks(full, ["svm"]))).toEqual(["svm-linear-svc", "svm-linear", "svm-poly", "svm-poly-score"]);
  expect(ids(pickWorks(full, ["mlp-batch-32"]))).toEqual(["mlp-batch-32"]);
  expect(pickWorks(full, ["matmul"])).toHaveLength(5);
  expect(unknownNames(full, ["lstm", "lst", "grid"])).toEqual(["lst"]);
  expect(unknownNames(full)).toEqual([]);
});

test("every id is there once, the contract's among them", () => {
  expect(new Set(ids(full)).size).toBe(full.length);
  expect(ids(full)).toEqual(expect.arrayContaining(["lstm-epoch", "mlp-batch-32", "mlp-batch-2000", "grid-160"]));
  expect(ids(full)).toEqual(expect.arrayContaining(studyFour));
  expect(ids(allWorks({ quick: true }))).toEqual(ids(full));
});

test("works that take long have one round, others fewer when quick, and a warm-up on a part", () => {
  const quick = new Map(allWorks({ quick: true }).map((work) => [work.id, work]));
  for (const { id, rounds, settings } of full) {
    expect(quick.get(id)?.rounds, id).toBe({ 5: 3, 3: 1, 1: 1 }[rounds]);
    if (settings.kind === "classic" && rounds < 5) expect(settings.warmUpRows, id).toBeGreaterThan(0);
    if (settings.kind === "fit" && rounds < 5) expect(settings.warmUpEpochs, id).toBeGreaterThan(0);
  }
});

test("a work that predicts comes after the one that fits its model", () => {
  const classic = full.flatMap(({ settings }) => (settings.kind === "classic" ? [settings] : []));
  for (const [at, { task, data, model }] of classic.entries()) {
    if (task === "fit") continue;
    expect(classic.slice(0, at)).toContainEqual(expect.objectContaining({ task: "fit", data, model }));
  }
});

test("what is scaled is one sample of each network's epochs, quick a smaller one", () => {
  const epochs = [true, false].map((quick) => {
    const settings = allWorks({ quick }).find(({ id }) => id === "ablation-9x500")?.settings;
    return settings?.kind === "ablation" ? [settings.without.length, settings.sampleEpochs, settings.epochs] : [];
  });
  expect(epochs).toEqual([
    [9, 20, 500],
    [9, 50, 500],
  ]);
});

test("the command line", () => {
  expect(readOptions([])).toEqual({ quick: false });
  const args = ["--python", "py", "--quick", "--only", "lstm,mlp", "--only=grid-160", "--json=rows.json"];
  expect(readOptions(args)).toEqual({
    quick: true,
    only: ["lstm", "mlp", "grid-160"],
    json: "rows.json",
    python: "py",
  });
  expect(readOptions([...args, "--no-peer"]).python).toBeUndefined();
  expect(readOptions(["--keep"])).toEqual({ quick: false, keep: true });
  expect(() => readOptions(["--keep", "--only=lstm"])).toThrow(/only a whole run, with the peer, can be kept/);
  expect(() => readOptions(["--keep", "--no-peer"])).toThrow(/only a whole run/);
  expect(() => readOptions(["--fast"])).toThrow(/does not know --fast\. To mend it: use --quick/);
  expect(() => readOptions(["--json", "--quick"])).toThrow(/--json names nothing/);
  expect(() => readOptions(["--only"])).toThrow(/--only names nothing/);
});

test("folds are those of scikit-learn's KFold: all rows once, the first folds a row longer", () => {
  const cut = folds(758, 5);
  expect(cut.map(([from, to]) => to - from)).toEqual([152, 152, 152, 151, 151]);
  expect(cut.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i))).toEqual(
    Array.from({ length: 758 }, (_, i) => i),
  );
});

test("the grid has 160 different fits; the sample has one fold of each setting, quick of each cost", () => {
  const trials = gridTrials(758);
  expect(new Set(trials.map(({ id }) => id)).size).toBe(160);
  const sampleOf = (quick: boolean) => {
    const settings = allWorks({ quick }).find(({ id }) => id === "grid-160")?.settings;
    if (settings?.kind !== "grid") throw new Error("grid-160 is no grid");
    return settings.trials.filter(({ id }) => settings.sample.includes(id));
  };
  const kinds = (quick: boolean) =>
    sampleOf(quick).map(({ neurons, batch, epochs }) => `${neurons} ${batch} ${epochs}`);
  expect(sampleOf(false)).toHaveLength(32);
  expect(new Set(sampleOf(false).map(({ fold }) => fold[0]))).toEqual(new Set([0]));
  // Each combination that decides on the time comes equally often, so that the sum can be scaled.
  for (const quick of [true, false]) {
    const counts = new Map<string, number>();
    for (const kind of kinds(quick)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    expect([...counts.values()]).toEqual(Array(8).fill(quick ? 1 : 4));
  }
});

test("arithmetic of a training step, as in the design: LSTM 78 MFLOP, MLP on batches of 2,000 140 MFLOP", () => {
  const stepOf = (id: string) => {
    const settings = full.find((work) => work.id === id)?.settings;
    if (settings?.kind !== "fit") throw new Error(`${id} is no training`);
    return flopsPerRow(settings.network, { training: true }) * settings.batch;
  };
  expect(stepOf("lstm-epoch") / 1e6).toBeCloseTo(78, 0);
  expect(stepOf("mlp-batch-2000") / 1e6).toBeCloseTo(140, 0);
  expect(flopsPerRow(regressionNetwork(33, 64, 0.2), { training: false })).toBe(2 * (33 * 64 + 64 * 32 + 32));
});
