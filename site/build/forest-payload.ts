import { trees } from "hitlab";
import type { DataKind, Era, ForestPayload } from "../pages/shared/payloads";
import { type Songs, seed, studyParts } from "./era-songs";
import { scoresOf } from "./scores";
import { unheard } from "./unheard";

/** As the study's text says. */
const maxDepth = 25;

/** Fits the forest of an era as notebook 04 does its `depth25` and `recentForest`: the very same trees. */
export async function forestPayload(songs: Songs, kind: DataKind, era: Era, nEstimators: number) {
  const { own, scaler, index, train, test } = studyParts(songs, era);
  const model = await trees.fitRandomForest(train, { nEstimators, maxDepth, seed });
  const payload: ForestPayload = {
    era,
    kind,
    trees: nEstimators,
    maxDepth,
    scaler: { mean: [...scaler.center], deviation: [...scaler.scale] },
    packed: Buffer.from(trees.packForest(model)).toString("base64"),
    testRows: [...index.test],
    outOfBag: unheard(model, scaler.apply(own).x, index.train, seed).map(threeDigits),
    test: scoresOf(test.y, model.predictProbability(test.x)),
  };
  return payload;
}

function threeDigits(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(3));
}
