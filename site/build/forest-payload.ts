import { trees } from "hitlab";
import type { DataKind, Era, ForestPayload } from "../pages/shared/payloads";
import { type Songs, seed, studyParts } from "./era-songs";
import { scoresOf } from "./scores";

/** As the study's text says. */
const maxDepth = 25;

/** Fits the forest of an era as notebook 04 does its `depth25` and `recentForest`: the very same trees. */
export async function forestPayload(songs: Songs, kind: DataKind, era: Era, nEstimators: number) {
  const { own, scaler, index, train, test } = studyParts(songs, era);
  const model = await trees.fitRandomForest(train, { nEstimators, maxDepth, seed, oobScore: true });
  const payload: ForestPayload = {
    era,
    kind,
    trees: nEstimators,
    maxDepth,
    scaler: { mean: [...scaler.center], deviation: [...scaler.scale] },
    packed: Buffer.from(trees.packForest(model)).toString("base64"),
    testRows: [...index.test],
    outOfBag: outOfBag(own.y.length, index.train, model),
    test: scoresOf(test.y, model.predictProbability(test.x)),
  };
  return payload;
}

/** Per row of the era; null for test songs, and for those few that every tree of a small forest saw. */
function outOfBag(rows: number, train: Int32Array, { oobProbabilities }: trees.RandomForestClassifier) {
  const found = new Array<number | null>(rows).fill(null);
  for (const [at, row] of train.entries()) {
    const hit = oobProbabilities?.data[2 * at + 1] ?? Number.NaN;
    if (!Number.isNaN(hit)) found[row] = Number(hit.toFixed(3));
  }
  return found;
}
