import { HitlabError } from "../errors";
import type { Samples } from "../samples";

/** What decides the form of the targets. */
export interface TargetForm {
  /** tfjs' name of the loss; undefined for a function of the user's own. */
  readonly loss: string | undefined;
  /** Numbers per row that the model gives. */
  readonly units: number;
  /** How `sparseCategoricalCrossentropy` takes a class: as a row of zeros and a one, or as its number. */
  readonly sparse: "one-hot" | "number";
}

const [categorical, sparse] = ["categoricalCrossentropy", "sparseCategoricalCrossentropy"];

/**
 * The targets as the engines take them: [rows, 1] as they are, or [rows, units] one-hot where the loss compares
 * distributions over the classes 0 .. units - 1.
 *
 * @param which "training" or "validation", for the errors
 * @throws HitlabError on a target that the loss makes no sense of, naming its row, and on a model with more outputs than
 *   there are targets
 */
export function targetRows({ y }: Samples, which: string, { loss, units, sparse: form }: TargetForm): Float32Array {
  if (loss === categorical || loss === sparse) {
    checkClasses(y, which, loss, units);
    return loss === sparse && form === "number" ? new Float32Array(y) : oneHot(y, units);
  }
  if (loss !== undefined && units !== 1) {
    throw new HitlabError({
      what: `the model gives ${units} numbers per row, but there is one target per row for the loss "${loss}"`,
      remedy: `end the model in one unit, or use ${categorical} for classes`,
    });
  }
  if (loss === "binaryCrossentropy") checkShares(y, which);
  return new Float32Array(y);
}

function oneHot(y: Float64Array, units: number): Float32Array {
  const rows = new Float32Array(y.length * units);
  y.forEach((target, row) => {
    rows[row * units + target] = 1;
  });
  return rows;
}

function checkClasses(y: Float64Array, which: string, loss: string, units: number): void {
  if (units < 2) {
    throw new HitlabError({
      what: `the loss "${loss}" needs an output per class, and the model has one output`,
      remedy: "give the last layer as many units as there are classes, or use binaryCrossentropy",
    });
  }
  const row = y.findIndex((target) => !Number.isInteger(target) || target < 0 || target >= units);
  if (row < 0) return;
  throw new HitlabError({
    what: `the ${which} target of row ${row} is not a class: the model has outputs for the classes 0 to ${units - 1}`,
    value: y[row],
    remedy: "number the classes from 0, or give the last layer as many units as there are classes",
  });
}

function checkShares(y: Float64Array, which: string): void {
  const row = y.findIndex((target) => target < 0 || target > 1);
  if (row < 0) return;
  throw new HitlabError({
    what: `the ${which} target of row ${row} lies outside 0 to 1, where binary cross-entropy has no meaning`,
    value: y[row],
    remedy: "code the two classes as 0 and 1, or use another loss",
  });
}
