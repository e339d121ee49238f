import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { random } from "../random";
import type { Samples } from "../samples";
import type { EpochFigures } from "./history";
import type { FitOptions } from "./options";

/** @throws HitlabError naming the option that makes no sense. */
export function checkOptions(options: FitOptions): void {
  const { epochs, batchSize = 32, seed = 42 } = options;
  for (const [name, value] of Object.entries({ epochs, batchSize })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new HitlabError({
        what: `${name} must be a whole number from 1`,
        value,
        remedy: `set ${name} to such a number`,
      });
    }
  }
  // Refuses what is no seed, which the engines would find out in the first epoch only.
  random(seed);
  checkEarlyStopping(options);
}

function checkEarlyStopping({ earlyStopping, validation }: FitOptions): void {
  if (!earlyStopping) return;
  const { patience, minDelta = 0 } = earlyStopping;
  if (!Number.isInteger(patience) || patience < 0) {
    throw new HitlabError({
      what: "the patience of early stopping must be a whole number from 0",
      value: patience,
      remedy: "set earlyStopping: { patience: 3 }, or another such number",
    });
  }
  // NaN would make every epoch one without a fall.
  if (!(minDelta >= 0 && minDelta < Number.POSITIVE_INFINITY)) {
    const remedy = "leave it out, or set the smallest fall of the validation loss that counts";
    throw new HitlabError({ what: "minDelta of early stopping must be a number from 0", value: minDelta, remedy });
  }
  if (!validation) {
    throw new HitlabError({
      what: "early stopping needs validation data",
      remedy: "pass validation: parts.validation",
    });
  }
}

/** @throws HitlabError on data without rows or targets, and naming the first value that is not finite. */
export function checkSamples(samples: Samples, which: string): void {
  const { x, y } = samples;
  if (x.rows === 0 || y.length !== x.rows) {
    throw new HitlabError({
      what: `the ${which} data have ${x.rows} rows of inputs and ${y.length} targets`,
      remedy: "pass at least one row, and one target per row",
    });
  }
  const at = x.data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new HitlabError({
      what: `the ${which} data hold a value that is not a finite number in row ${Math.floor(at / x.columns)}`,
      column: x.names[at % x.columns],
      value: x.data[at],
      remedy: "clean or impute the column before fitting",
    });
  }
  const badTarget = y.findIndex((value) => !Number.isFinite(value));
  if (badTarget >= 0) {
    throw new HitlabError({
      what: `the ${which} target of row ${badTarget} is not a finite number`,
      value: y[badTarget],
      remedy: "remove rows without a target",
    });
  }
}

/** @throws HitlabError on weights that are not one per training row, finite and from 0, or that are all zero. */
export function checkSampleWeights(weights: Float64Array, train: Samples): void {
  if (weights.length !== train.x.rows) {
    throw new HitlabError({
      what: `there are ${weights.length} sample weights for ${train.x.rows} training rows`,
      remedy: "pass one weight per training row",
    });
  }
  // The engines reckon in float32: what is too large for it is infinite to them.
  const at = weights.findIndex((weight) => !Number.isFinite(Math.fround(weight)) || weight < 0);
  if (at >= 0) {
    throw new HitlabError({
      what: `the sample weight of row ${at} is not a finite number from 0`,
      value: weights[at],
      remedy: "weigh a row by 0 to leave it out, by 1 to count it once",
    });
  }
  if (!weights.some((weight) => Math.fround(weight) > 0)) {
    throw new HitlabError({
      what: "all sample weights are zero, so there is nothing to learn from",
      remedy: "give some rows a weight above 0, or leave out sampleWeights",
    });
  }
}

/** @throws HitlabError on a model that cannot be trained as it is, before any work is done. */
export function checkModel(model: tf.LayersModel, options: Pick<FitOptions, "checkpoint">): void {
  if (!model.optimizer) {
    throw new HitlabError({
      what: "the model has no optimizer and no loss to train with",
      remedy: "compile the model first",
    });
  }
  // tfjs' Adamax is the one optimizer that cannot tell its state.
  if (options.checkpoint && model.optimizer.getClassName() === "Adamax") {
    throw new HitlabError({
      what: "this optimizer cannot be checkpointed",
      value: model.optimizer.getClassName(),
      remedy: "use Adam, or leave out checkpoint",
    });
  }
}

/** @throws HitlabError when an epoch's loss, of training or of validation, is not finite. */
export function checkFigures(epoch: number, figures: EpochFigures, hasValidation: boolean): void {
  if (!Number.isFinite(figures.loss)) throw diverged("loss", epoch);
  if (hasValidation && !Number.isFinite(figures.valLoss)) throw diverged("validation loss", epoch);
}

function diverged(loss: string, epoch: number): HitlabError {
  return new HitlabError({
    what: `the ${loss} stopped being a finite number in epoch ${epoch}`,
    remedy: "lower the learning rate or scale the inputs",
  });
}
