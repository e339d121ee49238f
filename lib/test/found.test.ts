import { expect, it } from "vitest";
import { committedResults } from "../src/claims";

// data/claims.json sums each study up in a sentence ("found"): the committed results must bear it out.
const scoresOf = (id: string) => committedResults().find(({ study }) => study === id)?.scores ?? {};

it("study 1: a straight line does as well on the study's set, and persistence beats the LSTM on every split, surely on two", () => {
  const scores = scoresOf("01");
  expect(scores["study.logistic-accuracy"]).toBeGreaterThanOrEqual(scores["study.lstm-accuracy"] - 0.002);
  for (const split of ["random", "by song", "by time"]) {
    expect(scores[`${split}, persistence, accuracy`]).toBeGreaterThan(scores[`${split}, LSTM, accuracy`]);
  }
  const high = (split: string) => scores[`split ${split}, LSTM minus persistence, high`];
  expect([high("random") < 0, high("by song") < 0, high("by time") < 0]).toEqual([true, true, false]);
});

it("study 2: the artist's name is right for 84 % at random and worth nothing kept apart; three models get 84 %", () => {
  const scores = scoresOf("02");
  expect(scores["random, artist look-up, accuracy"]).toBeCloseTo(0.84, 2);
  expect(scores["by artist, artist look-up, accuracy"]).toBeCloseTo(0.5, 2);
  for (const model of ["network", "random forest", "gradient boosting"]) {
    expect(scores[`by artist, ${model}, accuracy`]).toBeCloseTo(0.84, 2);
  }
  for (const model of ["random forest", "gradient boosting"]) {
    expect(scores[`${model} minus network, accuracy, low`]).toBeLessThan(0);
    expect(scores[`${model} minus network, accuracy, high`]).toBeGreaterThan(0);
  }
});

it("study 3: centred, all settings beat the mean and none matters much; sound says nothing, release .46, playlists .70", () => {
  const scores = scoresOf("03");
  expect(scores["settings better than the mean, as the study"]).toBe(10);
  expect(scores["settings better than the mean, centred"]).toBe(32);
  const effects = Object.entries(scores).filter(([name]) => name.startsWith("effect centred"));
  expect(effects).toHaveLength(5);
  for (const [, effect] of effects) expect(Math.abs(effect)).toBeLessThan(0.06);
  for (const model of ["ridge regression", "random forest", "network"]) {
    expect(scores[`audio only, ${model}, R2`]).toBeLessThan(0);
  }
  expect(scores["+ release, random forest, R2"]).toBeCloseTo(0.46, 2);
  expect(scores["+ playlists and charts, random forest, R2"]).toBeCloseTo(0.7, 2);
});

it("study 4: boosting that knows the decade is best, artists kept apart, at 80 %; no forest knows the 60s but its own", () => {
  const scores = scoresOf("04");
  const best = scores["by artist, boosting + decade, accuracy"];
  const others = ["random forest", "boosting", "network", "linear SVM", "logistic regression"];
  for (const model of others) expect(best).toBeGreaterThan(scores[`by artist, ${model}, accuracy`]);
  expect(best).toBeCloseTo(0.8, 2);
  expect(scores["own decade, forest"]).toBeCloseTo(0.8, 1);
  expect(scores["10s to 60s, forest"]).toBeLessThan(0.6);
});

it("study 5: with early stopping vanilla gets 98.0 % too; without Track Score all three get 73 %, not told apart, boosting 75 %", () => {
  const scores = scoresOf("05");
  expect(scores["leak, vanilla + early stopping, accuracy"]).toBeCloseTo(0.98, 2);
  expect(scores["leak, vanilla + early stopping, accuracy"]).toBeGreaterThan(scores["leak, L2, as run, accuracy"]);
  expect(scores["leak, one-split tree, accuracy"]).toBe(1);
  for (const kind of ["vanilla", "L1", "L2"]) expect(scores[`honest, ${kind}, accuracy`]).toBeCloseTo(0.73, 2);
  for (const pair of ["vanilla less L1", "vanilla less L2", "L1 less L2"]) {
    expect(scores[`honest, ${pair}, accuracy, low`]).toBeLessThan(0);
    expect(scores[`honest, ${pair}, accuracy, high`]).toBeGreaterThan(0);
  }
  expect(scores["honest, gradient boosting, accuracy"]).toBeCloseTo(0.75, 2);
  expect(scores["leak, L2 without early stopping, accuracy"]).toBeLessThan(scores["leak, vanilla, as run, accuracy"]);
});
