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
