import { type UnpackedForest, unpackForest } from "../../../lib/src/models/forest/unpack";
import { treeContributions } from "../../../lib/src/models/tree-shap";
import type { ForestPayload, ScalerPayload } from "../shared/payloads";
import { bytesOf } from "./base64";
import type { Reasons, Song } from "./judge";
import { type Predictor, rowsOf, width } from "./predictor";
import { scaleRows } from "./scale-rows";

/** A forest of two classes: flop and hit. */
export interface Forest {
  readonly scaler: ScalerPayload;
  readonly unpacked: UnpackedForest;
}

/** Which of a leaf's two numbers is the share of hits. */
const hit = 1;

/** @throws HitlabError if the bytes are no packed forest, or damaged */
export function readForest({ scaler, packed }: Pick<ForestPayload, "scaler" | "packed">): Forest {
  return { scaler, unpacked: unpackForest(bytesOf(packed)) };
}

/** The mean of the trees: the digits of lib's `predictProbability`. */
export function forestPredictor({ scaler, unpacked }: Forest): Predictor {
  return (rows) => {
    const shares = unpacked.predictRows(scaleRows(rows, scaler));
    return Float64Array.from({ length: rows.length / width }, (_, row) => shares[2 * row + hit]);
  };
}

/** What each feature adds to the mean of the forest's training songs: exact Shapley values, path-dependent. */
export function forestReasons({ scaler, unpacked: { trees } }: Forest, song: Song): Reasons {
  const x = { rows: 1, columns: width, data: scaleRows(rowsOf([song]), scaler) };
  const { contributions, base } = treeContributions({ trees, output: hit, scale: 1 / trees.length, baseline: 0 }, x);
  return { base, contributions: [...contributions] };
}
