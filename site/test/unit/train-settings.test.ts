import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { load } from "../../../lib/src";
import { readAddress, writeAddress } from "../../pages/train/address";
import { columnsOf } from "../../pages/train/columns";
import { presets } from "../../pages/train/presets";
import { bounds, choices, defaults, problemsOf, type Settings, withData } from "../../pages/train/settings";

const within = ({ low, high, whole }: { low: number; high: number; whole: boolean }) =>
  whole ? fc.integer({ min: low, max: high }) : fc.double({ min: low, max: high, noNaN: true });

const settings: fc.Arbitrary<Settings> = fc.constantFrom(...choices.data).chain((data) =>
  fc.record({
    data: fc.constant(data),
    features: fc.subarray([...columnsOf(data)], { minLength: 1 }),
    hidden: fc.array(fc.integer({ min: 1, max: 256 }), { maxLength: 4 }),
    activation: fc.constantFrom(...choices.activation),
    dropout: within(bounds.dropout),
    l1: within(bounds.l1),
    l2: within(bounds.l2),
    optimizer: fc.constantFrom(...choices.optimizer),
    learningRate: within(bounds.learningRate),
    batchSize: within(bounds.batchSize),
    epochs: within(bounds.epochs),
    scaler: fc.constantFrom(...choices.scaler),
    seed: within(bounds.seed),
  }),
);

/** What a text in place of a field's value does: the problem, and that all else is as without it. */
function damaged(name: string, text: string) {
  const { settings, problems } = readAddress(`#${name}=${encodeURIComponent(text)}`);
  expect(settings).toEqual(defaults);
  return problems;
}

describe("the address of a training", () => {
  it("repeats any settings", () => {
    fc.assert(
      fc.property(settings, (given) => {
        expect(problemsOf(given)).toEqual({});
        expect(readAddress(writeAddress(given))).toEqual({ settings: given, problems: {} });
      }),
    );
  });

  it("survives being encoded by a mail program", () => {
    const given = { ...defaults, features: ["energy", "valence"], l2: 1e-7 };
    const encoded = `#${encodeURIComponent(writeAddress(given).slice(1)).replace(/%3D/g, "=").replace(/%26/g, "&")}`;
    expect(encoded).toContain("%2C");
    expect(readAddress(encoded).settings).toEqual(given);
  });

  it("is the defaults where it says nothing, or nothing of ours", () => {
    for (const hash of ["", "#", "#top", "#theme=dark&x=1", "#__proto__=1&constructor=2"]) {
      expect(readAddress(hash)).toEqual({ settings: defaults, problems: {} });
    }
  });

  it("gives the columns of its data where it names none", () => {
    expect(readAddress("#data=2023").settings).toEqual({ ...defaults, data: "2023", features: columnsOf("2023") });
    expect(readAddress("#epochs=3&features=tempo,energy").settings.features).toEqual(["energy", "tempo"]);
  });

  it.each([
    ["epochs", "0", /Epochs: a whole number from 1 to 500 \(found 0\)/],
    ["epochs", "2.5", /found 2.5/],
    ["epochs", "", /found ""/],
    ["epochs", "0x10", /found "0x10"/],
    ["epochs", "1e999", /Epochs: .* \(found Infinity\)/],
    ["rate", "-1", /Learning rate: a number from 0.00001 to 10 \(found "-1"\)/],
    ["rate", "NaN", /found "NaN"/],
    ["seed", "4294967296", /Seed: /],
    ["hidden", "64-32-16-8-4", /At most 4 hidden layers \(found 5\)/],
    ["hidden", "64-", /Units of a layer: a whole number from 1 to 256 \(found "64-"\)/],
    ["hidden", "64-300", /found 300/],
    ["activation", "constructor", /relu, tanh, sigmoid \(found "constructor"\)/],
    ["data", "50s", /found "50s"/],
    ["features", "energy,loudnes", /no such feature \(found "loudnes"\)/],
    ["features", "energy,energy", /named twice \(found "energy"\)/],
    ["features", "", /no such feature/],
    ["scaler", "<img src=x onerror=alert(1)>", /found "<img src=x onerror=alert\(1\)>"/],
  ])("says what is wrong with %s=%s and leaves the usual value", (name, text, message) => {
    const [problem, ...others] = Object.values(damaged(name, text));
    expect(problem).toMatch(message);
    expect(problem).toMatch(/The address is damaged there; the usual value stands instead\.$/);
    expect(others).toEqual([]);
  });

  it("makes settings that can be trained, and short messages, of any text", () => {
    const field = fc.constantFrom("data", "features", "hidden", "activation", "dropout", "l1", "rate", "batch", "seed");
    const hostile = fc.array(fc.tuple(field, fc.string({ unit: "binary", maxLength: 60 })), { maxLength: 6 });
    const check = (hash: string) => {
      const { settings: read, problems } = readAddress(hash);
      expect(problemsOf(read)).toEqual({});
      for (const problem of Object.values(problems)) expect(problem.length).toBeLessThan(220);
    };
    fc.assert(fc.property(hostile, (pairs) => check(`#${pairs.map(([name, text]) => `${name}=${text}`).join("&")}`)));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => check(`#${text}`)));
    for (const name of Object.keys(defaults)) check(`#${name}=${"9,-".repeat(10_000)}`);
  });
});

describe("settings", () => {
  it("of the presets can all be trained, and the first is notebook 02's", () => {
    for (const { settings } of presets) expect(problemsOf(settings)).toEqual({});
    expect(presets[0].settings).toBe(defaults);
  });

  it("offer the columns of numbers that notebook 03 takes", () => {
    const kinds = ["artists", "release", "playlists", "charts", "audio"];
    const numbers = load.spotify2023Columns.filter(({ kind, type }) => type === "whole" && kinds.includes(kind));
    const taken = numbers.map(({ name }) => name).filter((name) => name !== "release_day");
    expect(columnsOf("2023")).toEqual(taken);
    expect(columnsOf("all")).toEqual(load.audioFeatures);
  });

  it("name every field that is wrong", () => {
    const wrong = { ...defaults, hidden: [0], dropout: 0.95, batchSize: Number.NaN, features: [] };
    expect(Object.keys(problemsOf(wrong)).sort()).toEqual(["batchSize", "dropout", "features", "hidden"]);
    expect(problemsOf(wrong).batchSize).toBe("Batch size: a whole number from 1 to 4096.");
  });

  it("keep chosen features for other data that has them, else take all of its own", () => {
    const two = { ...defaults, features: ["energy", "valence"] };
    expect(withData(two, "60s").features).toEqual(["energy", "valence"]);
    expect(withData(two, "2023").features).toEqual(["energy", "valence"]);
    expect(withData(defaults, "2023").features).toEqual(columnsOf("2023"));
  });
});
