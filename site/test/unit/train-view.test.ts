import Papa from "papaparse";
import { afterEach, describe, expect, it, vi } from "vitest";
import { keepRuns, mostRuns, type Run, recallRuns, runOf, runsCsv } from "../../pages/train/runs";
import { defaults } from "../../pages/train/settings";
import type { EpochFigures, TrainingResult } from "../../pages/train/trainer";
import { calmly } from "../../pages/train/view/calmly";
import { contour } from "../../pages/train/view/contour";
import { numberIn } from "../../pages/train/view/fields";
import { logTicks, roundAxis, roundTicks, tickTexts } from "../../pages/train/view/ticks";
import { verdict } from "../../pages/train/view/verdict";
import { countParameters, differences, inWords } from "../../pages/train/view/words";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("contour", () => {
  it("crosses between two grid points where the values say", () => {
    expect(
      contour(
        [
          [0, 1],
          [0, 1],
        ],
        0.25,
      ),
    ).toEqual([[0.25, 0, 0.25, 1]]);
    expect(
      contour(
        [
          [0, 1],
          [0, 1],
        ],
        2,
      ),
    ).toEqual([]);
  });

  it("of a distance is a circle", () => {
    const size = 41;
    const grid = Array.from({ length: size }, (_, y) =>
      Array.from({ length: size }, (_, x) => Math.hypot(x - 20, y - 20)),
    );
    const pieces = contour(grid, 12.5);
    const lengths = pieces.map(([x0, y0, x1, y1]) => Math.hypot(x1 - x0, y1 - y0));
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeCloseTo(2 * Math.PI * 12.5, 0);
    for (const [x, y] of pieces) expect(Math.hypot(x - 20, y - 20)).toBeCloseTo(12.5, 1);
  });

  it("cuts a saddle so that the middle, one half, goes with its own side", () => {
    const saddle = [
      [1, 0],
      [0, 1],
    ];
    // Below the level each high corner is cut off alone, above it each low one.
    expect(contour(saddle, 0.625).map(([x0, y0, x1, y1]) => [x0 + x1, y0 + y1])).toEqual([
      [0.375, 0.375],
      [1.625, 1.625],
    ]);
    expect(contour(saddle, 0.375).map(([x0, y0, x1, y1]) => [x0 + x1, y0 + y1])).toEqual([
      [1.625, 0.375],
      [0.375, 1.625],
    ]);
  });
});

describe("ticks", () => {
  it("are round, within the ends or around them", () => {
    expect(roundTicks(0.3, 0.52, 5)).toEqual([0.3, 0.35, 0.4, 0.45, 0.5]);
    expect(roundAxis(0.303, 0.482, 5)).toEqual([0.3, 0.35, 0.4, 0.45, 0.5]);
    expect(roundAxis(0.5, 0.5, 5).length).toBeGreaterThan(1);
    expect(logTicks(0.9, 360)).toEqual([1, 10, 100]);
    expect(logTicks(4, 60)).toEqual([5, 10, 20, 50]);
  });

  it("have the decimals that their step asks for", () => {
    expect(tickTexts([0, 0.25, 0.5])).toEqual(["0.00", "0.25", "0.50"]);
    expect(tickTexts([-20, 0, 20000])).toEqual(["−20", "0", "20,000"]);
    expect(tickTexts([1e-7, 2e-7])).toEqual(["0.0000001", "0.0000002"]);
  });
});

describe("calmly", () => {
  it("acts at once, then at most once in a while, and never loses the last", () => {
    vi.useFakeTimers();
    const seen: number[] = [];
    const act = calmly<number>(100, (value) => seen.push(value));
    for (const value of [1, 2, 3]) act(value);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(100);
    expect(seen).toEqual([1, 3]);
    vi.advanceTimersByTime(1000);
    act(4);
    expect(seen).toEqual([1, 3, 4]);
  });
});

describe("a number field", () => {
  it.each([
    ["0.001", 0.001],
    [" 1e-3 ", 0.001],
    ["0,5", 0.5],
    ["", Number.NaN],
    ["12 songs", Number.NaN],
  ])("reads %j", (text, value) => {
    expect(numberIn(text)).toBe(value);
  });
});

const epoch = (at: number, loss: number, valLoss: number, metric = 0.8, valMetric = 0.79): EpochFigures => ({
  ...{ epoch: at, loss, metric, valLoss, valMetric },
});

describe("verdict", () => {
  const seen = (history: EpochFigures[], given: Partial<TrainingResult> = {}) => ({ ...result, history, ...given });
  const hits: Partial<TrainingResult> = { task: "classification" };
  const titleOf = (history: EpochFigures[], baseline = 0.5) => verdict(seen(history, hits), baseline).title;
  const untaught = [epoch(1, 0.7, 0.7, 0.5), epoch(2, 0.69, 0.9, 0.51)];

  it("names what the curves show", () => {
    expect(titleOf([epoch(1, 0.5, 0.5), epoch(2, 0.4, 0.4), epoch(3, 0.1, 0.8, 0.99)])).toBe("Overfitting");
    expect(titleOf([epoch(1, 0.7, 0.7, 0.5), epoch(2, 0.69, 0.69, 0.51)])).toBe("Underfitting");
    expect(titleOf([1, 2, 3, 4].map((at) => epoch(at, 1 / at, 1 / at)))).toBe("Still learning");
    expect(titleOf([epoch(1, 0.5, 0.5), epoch(2, 0.4, 0.4), epoch(3, 0.3, 0.41)])).toBe("Levelled off");
    expect(titleOf([])).toBe("Nothing learnt");
  });

  it("does not take one high epoch for a rise", () => {
    const steady = Array.from({ length: 25 }, (_, at) => epoch(at + 1, 0.4, 0.4));
    expect(titleOf([...steady, epoch(26, 0.4, 0.45)])).not.toBe("Overfitting");
    expect(titleOf([...steady, ...steady.map((each) => ({ ...each, loss: 0.3, valLoss: 0.45 }))])).toBe("Overfitting");
  });

  it("calls no luck of the classes learning", () => {
    expect(titleOf([epoch(1, 0.7, 0.7, 0.54), epoch(2, 0.7, 0.7, 0.54)], 0.46)).toBe("Underfitting");
  });

  it("tells when both losses rise: that is no learning by heart", () => {
    const { title, text } = verdict(seen([epoch(1, 0.5, 0.5), epoch(2, 3, 4)], hits), 0.5);
    expect(title).toBe("Unsteady");
    expect(text).toContain("learning rate");
  });

  it.each([
    ["adam", 10, "Steps too large"],
    ["adam", 0.01, "Underfitting"],
    ["sgd", 0.3, "Underfitting"],
    ["sgd", 5, "Steps too large"],
  ] as const)("blames %s at a rate of %d: %s", (optimizer, learningRate, title) => {
    const settings = { ...defaults, optimizer, learningRate };
    const found = verdict(seen(untaught, { ...hits, settings }), 0.5);
    expect(found.title).toBe(title);
    expect(/or a larger learning rate/.test(found.text)).toBe(title === "Underfitting");
  });

  it("blames a penalty that killed the weights", () => {
    const settings = { ...defaults, l1: 0.01 };
    const { text } = verdict(seen(untaught, { ...hits, settings, weights: { all: 1000, nearZero: 990 } }), 0.5);
    expect(text).toContain("is hardly better than");
    expect(text).toContain("The penalty has pushed 990 of 1,000 weights to almost 0");
  });

  it("says of a network that lost all sense that it is worse, not underfitting for want of steps", () => {
    const settings = { ...defaults, learningRate: 10 };
    const { title, text } = verdict(seen([epoch(1, 1, 1, 60, 60)], { settings }), 1);
    expect(title).toBe("Steps too large");
    expect(text).toContain("is far worse than");
  });

  it("of a regression compares errors, where small is good", () => {
    expect(verdict(seen([epoch(1, 1, 1, 0.99), epoch(2, 1, 1, 0.99)]), 1).title).toBe("Underfitting");
    expect(verdict(seen([epoch(1, 1, 1, 0.9), epoch(2, 0.5, 0.5, 0.4)]), 1).title).toBe("Still learning");
  });
});

describe("words", () => {
  it("name settings and what differs", () => {
    expect(inWords(defaults)).toBe("90s, 15 features, 64-32 relu, Adam 0.001, 20 epochs");
    expect(differences({ ...defaults, seed: 7 }, defaults)).toBe("seed 42 → 7, other test songs");
    expect(differences({ ...defaults, dropout: 0.3, hidden: [] }, defaults)).toBe(
      "layers 64-32 → none, dropout 0 → 0.3",
    );
    expect(differences({ ...defaults, features: defaults.features.slice(1) }, defaults)).toBe("without danceability");
    expect(differences(defaults, defaults)).toContain("same");
  });

  it("count the parameters as Keras does", () => {
    expect(countParameters(defaults)).toBe(3137);
    expect(countParameters({ ...defaults, hidden: [] })).toBe(16);
  });
});

const result: TrainingResult = {
  settings: defaults,
  task: "regression",
  kind: "real",
  songs: { train: 80, validation: 10, test: 10 },
  history: [epoch(1, 0.5, 0.6), epoch(2, 0.4, 0.512345678)],
  stopped: false,
  test: { task: "regression", r2: -0.5, mae: 0.7 },
  baselines: [],
  seconds: 0.5,
  parameters: 3137,
  weights: { all: 3040, nearZero: 3 },
};

describe("runs", () => {
  /** A browser's memory. */
  function remembering(): Map<string, string> {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    };
    vi.stubGlobal("localStorage", storage);
    return kept;
  }

  it("come back as they were kept", () => {
    remembering();
    const runs: Run[] = [runOf(result, 1), runOf({ ...result, settings: { ...defaults, seed: 7 } }, 2)];
    keepRuns(runs);
    expect(recallRuns()).toEqual(runs);
    expect(mostRuns).toBeGreaterThan(runs.length);
  });

  it.each(["{", "null", '{"a":1}', '[1,null,{"address":"#seed=1"}]', '[{"address":"#seed=x","number":1}]'])(
    "that were damaged are forgotten: %s",
    (text) => {
      remembering().set("hitlab:train-runs", text);
      expect(recallRuns()).toEqual([]);
    },
  );

  it("are written for a spreadsheet, negative numbers as numbers", () => {
    const { data } = Papa.parse<Record<string, string>>(runsCsv([runOf(result, 1)]), {
      header: true,
      skipEmptyLines: true,
    });
    expect(data).toEqual([
      expect.objectContaining({ run: "1", hidden: "64-32", test: "0.7", test_r2: "-0.5", epochs_done: "2" }),
    ]);
  });
});
