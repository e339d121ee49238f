import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readSongs, rowsOfEra } from "../../build/era-songs";
import { forestPayload } from "../../build/forest-payload";
import { forestPredictor, readForest } from "../../pages/hit-or-flop/forest";

const root = resolve(__dirname, "..", "..", "..");
const { scores } = JSON.parse(readFileSync(join(root, "notebooks", "results", "04.json"), "utf8")) as {
  scores: Record<string, number>;
};

describe.runIf(process.env.HITLAB_DATA)("the forest behind the page, on the real songs (needs HITLAB_DATA)", () => {
  it("gives the songs that notebook 04 asks about the probabilities that stand there", async () => {
    const { songs } = await readSongs();
    const forest = await forestPayload(songs, "real", "00s+10s", 200);
    const rows = rowsOfEra(songs, "00s+10s");
    const { data, columns } = songs.x;
    for (let at = 0; at < 5; at++) {
      const from = rows[forest.testRows[at]] * columns;
      const [probability] = forestPredictor(readForest(forest))(data.slice(from, from + columns));
      expect(probability).toBeCloseTo(scores[`Hit or Flop? on test song ${at + 1}`], 12);
    }
  });
});
