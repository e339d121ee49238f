import { workerData } from "node:worker_threads";
import { serveJobs } from "../../worker-pool";
import type { DecisionTree } from "../decision-tree";
import { TreeGrower } from "./grower";
import type { ForestTable } from "./table";

let grower: TreeGrower | undefined;

/** A worker thread of a forest's fit: it is sent the number of a tree and tells the tree. */
serveJobs<number, DecisionTree>(async (tree, tell) => {
  grower ??= new TreeGrower(workerData as ForestTable);
  tell(grower.grow(tree));
});
