import * as tf from "@tensorflow/tfjs";
import { inputTensor } from "../models/networks";
import { type Random, random, withMathRandom } from "../random";
import type { Samples } from "../samples";
import { Checkpoint } from "./checkpoint";
import { checkFigures, checkModel, checkOptions, checkSamples } from "./checks";
import { EarlyStop } from "./early-stop";
import { fingerprint } from "./fingerprint";
import { type EpochFigures, type History, historyOf } from "./history";
import { learningRate, setLearningRate } from "./learning-rate";
import type { FitOptions } from "./options";

/**
 * Trains a compiled model and tells how it went.
 *
 * The same model, data, options and seed give the same weights. Each epoch draws from a stream of its own, so a
 * training resumed from a checkpoint ends where an unbroken one does.
 *
 * @param model compiled, one loss; its weights are changed, its learning rate is afterwards what it was
 * @param train inputs, a row per sample, and one target per row
 * @throws HitlabError on a model that is not compiled, on options that make no sense, on data that do not fit the model,
 *   on non-finite values, and when the loss of training or validation stops being finite
 * @example
 * ```ts
 * const history = await fit(model, parts.train, { epochs: 10, validation: parts.test });
 * history.last.valAccuracy;
 * ```
 */
export async function fit(model: tf.LayersModel, train: Samples, options: FitOptions): Promise<History> {
  checkOptions(options);
  checkModel(model, options);
  const run = new Run(model, train, options);
  try {
    return await run.all();
  } finally {
    run.dispose();
  }
}

/** One training: its tensors, its figures so far, and what stops or saves it. */
class Run {
  private readonly inputs: tf.Tensor;
  private readonly targets: tf.Tensor;
  private readonly validation?: { inputs: tf.Tensor; targets: tf.Tensor };
  private readonly stop: EarlyStop;
  private readonly checkpoint?: Checkpoint;
  private readonly initialRate: number;
  /** Where the accuracy stands among what a step measures; -1 when the model was compiled without it. */
  private readonly accuracyAt: number;
  private figures: EpochFigures[] = [];
  private seconds = 0;
  private breathed = performance.now();

  constructor(
    private readonly model: tf.LayersModel,
    train: Samples,
    private readonly options: FitOptions,
  ) {
    checkSamples(train, "training");
    if (options.validation) checkSamples(options.validation, "validation");
    this.inputs = inputTensor(model, train.x);
    this.targets = targetTensor(train);
    if (options.validation) {
      const inputs = inputTensor(model, options.validation.x);
      this.validation = { inputs, targets: targetTensor(options.validation) };
    }
    this.stop = new EarlyStop(options.earlyStopping);
    this.initialRate = learningRate(model);
    this.accuracyAt = model.metricsNames.findIndex((name) => name === "acc" || name === "binaryAccuracy");
    if (options.checkpoint) {
      this.checkpoint = new Checkpoint(options.checkpoint, fingerprint(model, train, options));
    }
  }

  async all(): Promise<History> {
    const resumed = await this.resume();
    const { epochs, progress } = this.options;
    while (this.figures.length < epochs && !this.stop.reached) {
      const epoch = this.figures.length + 1;
      const start = performance.now();
      const figures = await this.epoch(epoch);
      this.seconds += (performance.now() - start) / 1000;
      checkFigures(epoch, figures, this.options);
      this.figures.push(figures);
      this.stop.after(epoch, figures, this.model);
      await this.checkpoint?.save(this.model, { figures: this.figures, seconds: this.seconds, stop: this.stop.state });
      progress?.(epoch, epochs, describe(epoch, figures));
    }
    return this.end(resumed);
  }

  /** Puts the best weights back where that was asked for, and tells how the training went. */
  private end(resumed: number): History {
    const { epochs, progress } = this.options;
    const stopped = this.stop.reached && this.figures.length < epochs;
    this.stop.restore(this.model);
    this.checkpoint?.remove();
    const notes = [
      resumed > 0 ? `resumed after epoch ${resumed}` : "",
      stopped ? `stopped early: no better for ${inEpochs(this.stop.state.waited)}` : "",
    ].filter(Boolean);
    if (stopped) progress?.(epochs, epochs, notes.join(", "));
    return historyOf(this.figures, {
      engine: `tfjs ${tf.getBackend()}`,
      seconds: this.seconds,
      keptEpoch: this.stop.keptEpoch(this.figures.length),
      ...(notes.length > 0 ? { note: notes.join("; ") } : {}),
    });
  }

  /** Epochs already done according to the checkpoint, whose state is taken up. */
  private async resume(): Promise<number> {
    const saved = await this.checkpoint?.load(this.model);
    if (!saved) return 0;
    this.figures = [...saved.figures];
    this.seconds = saved.seconds;
    this.stop.state = saved.stop;
    const done = this.figures.length;
    // Told at once, so that the time left is reckoned from here.
    this.options.progress?.(done, this.options.epochs, `resumed after epoch ${done}`);
    return done;
  }

  private async epoch(epoch: number): Promise<EpochFigures> {
    const { batchSize = 32, seed = 42, schedule, epochs, progress } = this.options;
    if (schedule) setLearningRate(this.model, schedule.rate(epoch, this.initialRate));
    const rows = this.inputs.shape[0];
    const order = random(seed, "fit", epoch, "order").permutation(rows);
    const sums = { loss: 0, accuracy: 0 };
    for (let from = 0; from < rows; from += batchSize) {
      const batch = order.subarray(from, from + batchSize);
      const measured = await this.step(batch, random(seed, "fit", epoch, from));
      sums.loss += measured[0] * batch.length;
      sums.accuracy += this.accuracyOf(measured) * batch.length;
      // The last batch is told of with the epoch's figures.
      const done = from + batch.length;
      if (done < rows) progress?.(epoch - 1 + done / rows, epochs, `epoch ${epoch} of ${epochs}`);
      await this.breathe();
    }
    return { loss: sums.loss / rows, accuracy: sums.accuracy / rows, ...this.validate() };
  }

  /** One step of the optimizer on the rows of a batch; its mean loss and metrics. */
  private async step(batch: Int32Array, masks: Random): Promise<number[]> {
    const rows = tf.tensor1d(batch, "int32");
    const [inputs, targets] = [tf.gather(this.inputs, rows), tf.gather(this.targets, rows)];
    // Dropout draws its masks from Math.random. The scope is one step, so that nothing else can draw from it.
    const measured = await withMathRandom(masks, () => this.model.trainOnBatch(inputs, targets));
    tf.dispose([rows, inputs, targets]);
    return [measured].flat();
  }

  /** Lets the kernel send its messages and answer the user, now and then. */
  private async breathe(): Promise<void> {
    if (performance.now() - this.breathed < 100) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.breathed = performance.now();
  }

  private validate(): Pick<EpochFigures, "valLoss" | "valAccuracy"> {
    if (!this.validation) return { valLoss: Number.NaN, valAccuracy: Number.NaN };
    const { inputs, targets } = this.validation;
    const measured = [this.model.evaluate(inputs, targets, { batchSize: 1024 })].flat();
    const values = measured.map((scalar) => scalar.dataSync()[0]);
    tf.dispose(measured);
    return { valLoss: values[0], valAccuracy: this.accuracyOf(values) };
  }

  private accuracyOf(measured: readonly number[]): number {
    return this.accuracyAt < 0 ? Number.NaN : measured[this.accuracyAt];
  }

  dispose(): void {
    if (this.options.schedule) setLearningRate(this.model, this.initialRate);
    tf.dispose([this.inputs, this.targets]);
    if (this.validation) tf.dispose([this.validation.inputs, this.validation.targets]);
  }
}

function targetTensor(samples: Samples): tf.Tensor {
  return tf.tensor(Float32Array.from(samples.y), [samples.y.length, 1]);
}

function describe(epoch: number, figures: EpochFigures): string {
  const parts = [
    ["loss", figures.loss],
    ["accuracy", figures.accuracy],
    ["val loss", figures.valLoss],
    ["val accuracy", figures.valAccuracy],
  ] as const;
  const words = parts.filter(([, value]) => !Number.isNaN(value)).map(([name, value]) => `${name} ${value.toFixed(4)}`);
  return `epoch ${epoch}: ${words.join(", ")}`;
}

function inEpochs(count: number): string {
  return count === 1 ? "1 epoch" : `${count} epochs`;
}
