import * as tf from "@tensorflow/tfjs";
import type { KernelData, Measured } from "../kernels/spec";
import { type Random, random, withMathRandom } from "../random";
import type { FlatAdam } from "./flat-adam";
import { learningRate, setLearningRate } from "./learning-rate";
import { checkWeighable, type TrainStep, trainSteps } from "./train-step";
import { type OptimizerState, type Trainer, unmeasured } from "./trainer";
import { setWeights, weightsOf } from "./weights";

/** A training by tfjs. Inputs and targets are in the model's shapes, row after row. */
export interface TfjsJob {
  readonly batchSize: number;
  readonly seed: number;
  /** Epochs of trainings before this one. */
  readonly epochsBefore: number;
  readonly train: KernelData;
  readonly validation?: KernelData;
}

/** The rows of a job as tensors. */
interface Rows {
  readonly inputs: tf.Tensor;
  readonly targets: tf.Tensor;
  readonly weights?: tf.Tensor;
}

/** Trains the model itself, step by step, on whatever backend tfjs runs on. */
export class TfjsTrainer implements Trainer {
  readonly engine = `tfjs ${tf.getBackend()}`;
  private readonly train: Rows;
  private readonly validation?: Rows;
  private readonly step: TrainStep;
  private readonly adam?: FlatAdam;
  private readonly initialRate: number;
  /** Where the metrics stand among what a step measures; -1 when the model was compiled without them. */
  private readonly accuracyAt: number;
  private readonly maeAt: number;
  private breathed = performance.now();

  constructor(
    private readonly model: tf.LayersModel,
    private readonly job: TfjsJob,
  ) {
    this.initialRate = learningRate(model);
    this.accuracyAt = model.metricsNames.findIndex((name) => /^(acc|(binary|categorical)Accuracy)$/.test(name));
    this.maeAt = model.metricsNames.findIndex((name) => /^(mae|MAE|meanAbsoluteError)$/.test(name));
    this.train = rowsOf(model, job.train);
    if (job.validation) this.validation = rowsOf(model, job.validation);
    try {
      if (job.train.weights) checkWeighable(model, this.train.inputs, this.train.targets);
      ({ step: this.step, adam: this.adam } = trainSteps(model));
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  async epoch(epoch: number, rate: number, told: (share: number) => void): Promise<Measured> {
    const { batchSize, seed, epochsBefore } = this.job;
    const stream = random(seed, "fit", epochsBefore + epoch);
    setLearningRate(this.model, rate);
    this.adam?.beginEpoch();
    const { rows } = this.job.train;
    const order = stream.stream("order").permutation(rows);
    const sums = { loss: 0, accuracy: 0, mae: 0 };
    for (let from = 0; from < rows; from += batchSize) {
      const batch = order.subarray(from, from + batchSize);
      const measured = this.figures(await this.learn(batch, stream.stream(from)));
      sums.loss += measured.loss * batch.length;
      sums.accuracy += measured.accuracy * batch.length;
      sums.mae += measured.mae * batch.length;
      // The last batch is told of with the epoch's figures.
      const done = from + batch.length;
      if (done < rows) told(done / rows);
      await this.breathe();
    }
    return { loss: sums.loss / rows, accuracy: sums.accuracy / rows, mae: sums.mae / rows };
  }

  validate(): Measured {
    if (!this.validation) return unmeasured;
    const { inputs, targets } = this.validation;
    const measured = [this.model.evaluate(inputs, targets, { batchSize: 1024 })].flat();
    const figures = this.figures(measured.map((scalar) => scalar.dataSync()[0]));
    tf.dispose(measured);
    return { ...figures, loss: figures.loss + this.penalties() };
  }

  weights(): Float32Array[] {
    return weightsOf(this.model);
  }

  setWeights(weights: readonly Float32Array[]): void {
    setWeights(this.model, weights);
  }

  async optimizerState(): Promise<OptimizerState> {
    if (this.adam) return this.adam.state();
    const { optimizer } = this.model;
    const weights = await optimizer.getWeights();
    const isSlot = ({ name }: { readonly name: string }) => name !== iterations;
    const slots = weights.filter(isSlot).map(({ name, tensor }) => {
      return { name, shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) };
    });
    // The step count is the only tensor made for this call; the others are the optimizer's own.
    tf.dispose(weights.filter((weight) => !isSlot(weight)).map(({ tensor }) => tensor));
    return { numbers: { [iterations]: optimizer.iterations }, slots };
  }

  async setOptimizerState(state: OptimizerState): Promise<void> {
    if (this.adam) return this.adam.setState(state);
    const { numbers, slots } = state;
    const named = slots.map(({ name, shape, values }) => ({ name, tensor: tf.tensor(values, [...shape]) }));
    named.unshift({ name: iterations, tensor: tf.scalar(numbers[iterations], "int32") });
    await this.model.optimizer.setWeights(named);
    tf.dispose(named.map(({ tensor }) => tensor));
  }

  dispose(): void {
    this.adam?.handBack();
    setLearningRate(this.model, this.initialRate);
    for (const rows of [this.train, this.validation]) if (rows) tf.dispose({ ...rows });
  }

  /** One step of the optimizer on the rows of a batch; its mean loss and metrics. */
  private async learn(batch: Int32Array, masks: Random): Promise<number[]> {
    const rows = tf.tensor1d(batch, "int32");
    const tensors = [this.train.inputs, this.train.targets, this.train.weights]
      .filter((tensor) => tensor !== undefined)
      .map((tensor) => tf.gather(tensor, rows));
    // Dropout draws its masks from Math.random. The scope is one step, so that nothing else can draw from it.
    const measured = await withMathRandom(masks, () => this.step(tensors));
    tf.dispose([rows, ...tensors]);
    return measured;
  }

  private figures(measured: readonly number[]): Measured {
    const figure = (at: number) => (at < 0 ? Number.NaN : measured[at]);
    return { loss: measured[0], accuracy: figure(this.accuracyAt), mae: figure(this.maeAt) };
  }

  /** What the penalties add to the loss. tfjs counts them when it trains, not when it evaluates; Keras does both. */
  private penalties(): number {
    return tf.tidy(() => this.model.calculateLosses().reduce((sum, penalty) => sum + penalty.dataSync()[0], 0));
  }

  /** Lets the kernel send its messages and answer the user, now and then. */
  private async breathe(): Promise<void> {
    if (performance.now() - this.breathed < 100) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.breathed = performance.now();
  }
}

/** tfjs' name for the count of steps among an optimizer's weights. */
const iterations = "iter";

function rowsOf(model: tf.LayersModel, { rows, x, y, weights }: KernelData): Rows {
  const shape = model.inputs[0].shape.slice(1) as number[];
  return {
    inputs: tf.tensor(x, [rows, ...shape]),
    targets: tf.tensor(y, [rows, y.length / rows]),
    ...(weights ? { weights: tf.tensor1d(weights) } : {}),
  };
}
