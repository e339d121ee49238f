import { HitlabError } from "../../errors";
import { loadArrays, type StoredArray, saveArrays } from "../array-files";
import type { DecisionTree } from "../decision-tree";
import { settingsOf } from "./options";
import type { BoostingHistory, BoostingParts } from "./parts";

const format = "hitlab-gradient-boosting";

/** Writes a model; the arrays of its trees stand one after the other. */
export function saveBoosting(folder: string, model: BoostingParts): void {
  const { names, trees, baseline, gainImportances, settings, history } = model;
  const about = { names, baseline, settings: Object.fromEntries(Object.entries(settings).filter(isLimit)) };
  saveArrays(folder, format, about, {
    sizes: Int32Array.from(trees, ({ feature }) => feature.length),
    feature: joined(trees, "feature", Int16Array),
    threshold: joined(trees, "threshold", Float64Array),
    left: joined(trees, "left", Int32Array),
    right: joined(trees, "right", Int32Array),
    cover: joined(trees, "cover", Float64Array),
    value: joined(trees, "value", Float64Array),
    gainImportances,
    ...(history ? { trainLoss: history.train, validationLoss: history.validation } : {}),
  });
}

/** JSON has no Infinity: a limit that is none is left out, and Infinity on reading unless its default is finite. */
function isLimit([, value]: [string, unknown]): boolean {
  return value !== Number.POSITIVE_INFINITY;
}

function joined<A extends Int16Array | Int32Array | Float64Array>(
  trees: readonly DecisionTree[],
  part: keyof DecisionTree,
  kind: new (length: number) => A,
): A {
  const all = new kind(trees.reduce((sum, tree) => sum + tree[part].length, 0));
  let at = 0;
  for (const tree of trees) {
    all.set(tree[part], at);
    at += tree[part].length;
  }
  return all;
}

/** Reads what `saveBoosting` wrote. @throws HitlabError for another format or arrays that do not fit together. */
export function readBoosting(folder: string): BoostingParts {
  const { about, arrays } = loadArrays(folder, format);
  const { names, baseline, settings } = about;
  const { sizes, gainImportances, trainLoss, validationLoss } = arrays;
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) throw damaged("no names");
  if (typeof baseline !== "number" || typeof settings !== "object") throw damaged("no baseline or no settings");
  if (!(sizes instanceof Int32Array)) throw damaged("no trees");
  if (!(gainImportances instanceof Float64Array) || gainImportances.length !== names.length) {
    throw damaged("no importances, or not one per column");
  }
  const history = historyOf(trainLoss, validationLoss);
  const noLimits = { maxLeafNodes: Number.POSITIVE_INFINITY, maxDepth: Number.POSITIVE_INFINITY };
  return {
    names,
    baseline,
    gainImportances,
    settings: settingsOf({ ...noLimits, ...settings }),
    trees: treesOf(sizes, arrays, names.length),
    ...(history ? { history } : {}),
  };
}

function historyOf(train: StoredArray | undefined, validation: StoredArray | undefined): BoostingHistory | undefined {
  if (!(train instanceof Float64Array) || !(validation instanceof Float64Array)) return undefined;
  return { train, validation };
}

function treesOf(sizes: Int32Array, arrays: Readonly<Record<string, StoredArray>>, columns: number): DecisionTree[] {
  const { feature, threshold, left, right, cover, value } = arrays;
  const nodes = sizes.reduce((sum, size) => sum + size, 0);
  const floats = [threshold, cover, value].every((array) => array instanceof Float64Array && array.length === nodes);
  const links = [left, right].every((array) => array instanceof Int32Array && array.length === nodes);
  if (!floats || !links || !(feature instanceof Int16Array) || feature.length !== nodes) {
    throw damaged(`its trees do not have ${nodes} nodes`);
  }
  let at = 0;
  return Array.from(sizes, (size) => {
    const part = <A extends StoredArray>(array: A) => array.slice(at, at + size);
    const tree = {
      feature: part(feature),
      threshold: part(threshold),
      left: part(left),
      right: part(right),
      cover: part(cover),
      value: part(value),
    } as DecisionTree;
    at += size;
    return checked(tree, columns);
  });
}

/** Other children would send a prediction round in circles, or to numbers that are none. */
function checked(tree: DecisionTree, columns: number): DecisionTree {
  const { feature, left, right } = tree;
  const apart = (node: number) => left[node] === node + 1 && right[node] > node + 1 && right[node] < feature.length;
  feature.forEach((column, node) => {
    const leaf = column === -1;
    if (leaf || (column >= 0 && column < columns && apart(node))) return;
    throw damaged(`node ${node} of a tree leads nowhere`);
  });
  if (feature.length === 0) throw damaged("a tree has no nodes");
  return tree;
}

function damaged(why: string): HitlabError {
  return new HitlabError({
    what: `the saved gradient boosting cannot be used: ${why}`,
    file: "model.json",
    remedy: "fit the model again and save it",
  });
}
