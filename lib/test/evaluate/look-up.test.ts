import { join } from "node:path";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { lookUp, scores } from "../../src/evaluate";
import { fromRoot } from "../../src/paths";
import { split } from "../../src/prepare";
import { samplesOf } from "../prepare/samples-of";

const songs = (y: ArrayLike<number>, artist: ArrayLike<number>) => samplesOf(y, { artist: Int32Array.from(artist) });

describe("lookUp", () => {
  const train = songs([1, 1, 0, 0, 1], [7, 7, 7, 8, 9]);
  const test = songs([1, 0, 1, 0], [8, 7, 3, 9]);

  it("gives each row the share of label 1 among its artist's training rows, the overall share to the unknown", () => {
    const table = lookUp(train, { column: "artist" });
    expect([...table.probabilities(test)]).toEqual([0, 2 / 3, 3 / 5, 1]);
    expect(table.known(test)).toBe(0.75);
    expect(scores(test.y, table.probabilities(test)).accuracy).toBe(0.25);
    expect([...lookUp(train, { column: "artist", unknown: 0.5 }).probabilities(test)]).toEqual([0, 2 / 3, 0.5, 1]);
  });

  it("refuses other labels, an unknown column, no rows and an unknown that is no probability", () => {
    expect(() => lookUp(songs([2], [1]), { column: "artist" })).toThrow(/label of row 0/);
    expect(() => lookUp(train, { column: "song" })).toThrow(/no info column "song"/);
    expect(() => lookUp(songs([], []), { column: "artist" })).toThrow(/no rows/);
    for (const unknown of [2, Number.NaN, null as unknown as number]) {
      expect(() => lookUp(train, { column: "artist", unknown })).toThrow(/unknown must be a probability/);
    }
    expect(() => lookUp(train, { column: "artist" }).known(samplesOf([1]))).toThrow(/no info column "artist"/);
  });

  /**
   * Golden values, pandas 3.1.1 and scikit-learn 1.9.1, on dataset-of-90s.csv:
   *
   * tr, rest = train_test_split(np.arange(5520), test_size=0.2, random_state=42)
   * va, te = train_test_split(rest, test_size=0.5, random_state=42)
   * seen = pd.Series(y[tr]).groupby(artist[tr]).mean()
   * p = pd.Series(artist[te]).map(seen).fillna(0.5)
   * np.isin(artist[te], seen.index).mean(), (y[te] == (p > 0.5)).mean(), roc_auc_score(y[te], p), brier_score_loss(y[te], p)
   */
  it.skipIf(!process.env.HITLAB_DATA)("scores the nineties as pandas does, on the same rows", () => {
    const file = join(fromRoot(process.env.HITLAB_DATA as string), "dataset-of-90s.csv");
    const frame = pl.readCSV(file);
    const codes = new Map<string, number>();
    const artists = frame.getColumn("artist").toArray() as string[];
    for (const name of artists) codes.set(name, codes.get(name) ?? codes.size);
    const all = songs(
      frame.getColumn("target").toArray() as number[],
      artists.map((name) => codes.get(name) as number),
    );
    const like = { by: "random", like: "sklearn", randomState: 42 } as const;
    const first = split(all, { ...like, testSize: 0.2 });
    const { test } = split(first.test, { ...like, testSize: 0.5 });
    const table = lookUp(first.train, { column: "artist", unknown: 0.5 });
    const { accuracy, rocAuc, brier } = scores(test.y, table.probabilities(test));
    expect([table.known(test), accuracy, rocAuc, brier].map((v) => (v as number).toFixed(4))).toEqual([
      "0.7065",
      "0.8351",
      "0.9576",
      "0.0734",
    ]);
  });
});
