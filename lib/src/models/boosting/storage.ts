import { loadArrays, type StoredArray, saveArrays } from "../array-files";
import { damagedTrees, joinTrees, readNames, readTrees } from "../tree-files";
import { settingsOf } from "./options";
import type { BoostingHistory, BoostingParts } from "./parts";

export const classifierFormat = "hitlab-gradient-boosting";
export const regressorFormat = "hitlab-gradient-boosting-regressor";

/** Writes a model. */
export function saveBoosting(folder: string, format: string, model: BoostingParts): void {
  const { names, trees, baseline, gainImportances, settings, history } = model;
  const about = { names, baseline, settings: Object.fromEntries(Object.entries(settings).filter(isLimit)) };
  saveArrays(folder, format, about, {
    ...joinTrees(trees, 1),
    gainImportances,
    ...(history ? { trainLoss: history.train, validationLoss: history.validation } : {}),
  });
}

/** JSON has no Infinity: a limit that is none is left out, and Infinity on reading unless its default is finite. */
function isLimit([, value]: [string, unknown]): boolean {
  return value !== Number.POSITIVE_INFINITY;
}

/** Reads what `saveBoosting` wrote. @throws HitlabError for another format or arrays that do not fit together. */
export function readBoosting(folder: string, format: string): BoostingParts {
  const { about, arrays } = loadArrays(folder, format);
  const { baseline, settings } = about;
  const { gainImportances, trainLoss, validationLoss } = arrays;
  const names = readNames(about.names);
  if (typeof baseline !== "number" || typeof settings !== "object" || settings === null) {
    throw damagedTrees("no baseline or no settings");
  }
  if (!(gainImportances instanceof Float64Array) || gainImportances.length !== names.length) {
    throw damagedTrees("no importances, or not one per column");
  }
  const history = historyOf(trainLoss, validationLoss);
  const noLimits = { maxLeafNodes: Number.POSITIVE_INFINITY, maxDepth: Number.POSITIVE_INFINITY };
  return {
    names,
    baseline,
    gainImportances,
    settings: settingsOf({ ...noLimits, ...settings }),
    trees: readTrees(arrays, names.length, 1),
    ...(history ? { history } : {}),
  };
}

function historyOf(train: StoredArray | undefined, validation: StoredArray | undefined): BoostingHistory | undefined {
  if (!(train instanceof Float64Array) || !(validation instanceof Float64Array)) return undefined;
  return { train, validation };
}
