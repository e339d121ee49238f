import { type DecisionTree, leafOf } from "../../../lib/src/models/decision-tree";
import { unpackForest } from "../../../lib/src/models/forest/unpack";
import { treeContributions } from "../../../lib/src/models/tree-shap";
import type { ForestPayload, ScalerPayload } from "../shared/payloads";
import { bytesOf } from "./base64";
import type { Reasons, Song } from "./judge";
import { type Predictor, rowsOf, width } from "./predictor";
import { scaleRows } from "./scale-rows";

/** A forest of two classes: flop and hit. */
export interface Forest {
  readonly scaler: ScalerPayload;
  readonly trees: readonly DecisionTree[];
}

/** Which of a leaf's numbers is the share of hits. */
const hit = 1;
const classes = 2;

/** @throws HitlabError if the bytes are no packed forest, or damaged */
export function readForest({ scaler, packed }: Pick<ForestPayload, "scaler" | "packed">): Forest {
  return { scaler, trees: unpackForest(bytesOf(packed)).trees };
}

/** The mean of the trees: the digits of lib's `predictProbability`. Tree after tree, so that each stays at hand. */
export function forestPredictor({ scaler, trees }: Forest): Predictor {
  return (rows) => {
    const scaled = scaleRows(rows, scaler);
    const sums = new Float64Array(rows.length / width);
    for (const tree of trees) {
      for (let row = 0; row < sums.length; row++) {
        sums[row] += tree.value[leafOf(tree, scaled, row * width) * classes + hit];
      }
    }
    return sums.map((sum) => sum / trees.length);
  };
}

/** What each feature adds to the mean of the forest's training songs: exact Shapley values, path-dependent. */
export function forestReasons({ scaler, trees }: Forest, song: Song): Reasons {
  const x = { rows: 1, columns: width, data: scaleRows(rowsOf([song]), scaler) };
  const { contributions, base } = treeContributions({ trees, output: hit, scale: 1 / trees.length, baseline: 0 }, x);
  return { base, contributions: [...contributions] };
}
