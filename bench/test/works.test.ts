import { expect, test } from "vitest";
import { flopsPerRow } from "../flops";
import { gridSettings } from "../many-fits";
import { regressionNetwork } from "../networks";
import { readOptions } from "../options";
import type { GridSetting, GridWork, RankingWork } from "../settings";
import { allWorks, pickWorks, unknownNames, type Work } from "../works";

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
  const contract = ["lstm-epoch", "mlp-batch-32", "mlp-batch-2000", "grid-160", "ranking-150"];
  expect(ids(full)).toEqual(expect.arrayContaining(contract));
  expect(ids(full)).toEqual(expect.arrayContaining(studyFour));
  expect(ids(allWorks({ quick: true }))).toEqual(ids(full));
});

test("a row has three rounds, or one; a quick run one of each", () => {
  expect(new Set(allWorks({ quick: true }).map(({ rounds }) => rounds))).toEqual(new Set([1]));
  expect(new Set(full.map(({ rounds }) => rounds))).toEqual(new Set([1, 3]));
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
    [9, 10, 500],
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

test("the grid has 160 different fits; the sample has each setting, quick one of each cost", () => {
  const gridOf = (quick: boolean) => settingsOf<GridWork>("grid-160", quick);
  const textOf = (setting: GridSetting) => JSON.stringify(setting);
  const { grid, folds } = gridOf(false);
  const all = gridSettings(grid).map(textOf);
  expect(new Set(all).size * folds).toBe(160);
  expect(all[0]).toBe('{"rate":0.001,"dropout":0.2,"neurons":64,"batch":16,"epochs":50}');
  expect(gridSettings(gridOf(false).sample).map(textOf)).toEqual(all);
  // Each combination that decides on the time comes equally often, so that the sum can be scaled.
  for (const quick of [true, false]) {
    const counts = new Map<string, number>();
    for (const { neurons, batch, epochs } of gridSettings(gridOf(quick).sample)) {
      const cost = `${neurons} ${batch} ${epochs}`;
      counts.set(cost, (counts.get(cost) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual(Array(8).fill(quick ? 1 : 4));
  }
});

test("the ranking has 150 fits of networks that differ in their penalty only; the sample has splits of every network", () => {
  const { networks, seeds, data, sampleSplits } = settingsOf<RankingWork>("ranking-150", false);
  expect(Object.keys(networks)).toEqual(["vanilla", "L1", "L2"]);
  expect(new Set(seeds).size * new Set(data.splits).size * Object.keys(networks).length).toBe(150);
  expect(sampleSplits).toBe(5);
  expect(settingsOf<RankingWork>("ranking-150", true).sampleSplits).toBe(1);
  const plain = JSON.stringify(networks.vanilla);
  for (const name of ["L1", "L2"]) {
    const layers = networks[name].layers.map((layer) => ({ ...layer, l1: undefined, l2: undefined }));
    expect(JSON.stringify({ ...networks[name], layers }), name).toBe(plain);
  }
  const lambdas = (name: string, penalty: "l1" | "l2") =>
    networks[name].layers.map((layer) => ("dense" in layer ? layer[penalty] : undefined));
  expect(lambdas("L1", "l1")).toEqual([undefined, 0.0001, 0.0001, 0.0001, undefined]);
  expect(lambdas("L2", "l2")).toEqual([undefined, 0.0001, 0.0001, 0.0001, undefined]);
});

function settingsOf<S extends Work["settings"]>(id: string, quick: boolean): S {
  return allWorks({ quick }).find((work) => work.id === id)?.settings as S;
}

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
