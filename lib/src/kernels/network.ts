import { HitlabError } from "../errors";
import { streamKey } from "../random";
import { KernelInstance } from "./instance";
import { numbersOf, readParameter, writeParameter } from "./parameters";
import { type Plan, planNetwork } from "./plan";
import { programFields, readDouble, writeRecord } from "./records";
import type { KernelData, Measured, NetworkSpec, TrainingSpec } from "./spec";

/** The optimizer's memory, as it lies in the kernels: only good for the same network and optimizer. */
export interface KernelOptimizerState {
  /** Steps taken so far. */
  readonly step: number;
  readonly slots: Float32Array;
}

type SumField = "lossSum" | "correctSum" | "absoluteSum" | "heldOutLoss" | "heldOutCorrect" | "heldOutAbsolute";

/** Rows that one call predicts for; bounds the memory of large predictions. */
const ROWS_AT_ONCE = 4096;

/**
 * A network in the memory of the kernels: it trains, measures and predicts there.
 *
 * It holds an instance of the kernels until `close`. All arithmetic is WebAssembly's: the same weights, data and seed
 * give the same digits on every machine.
 *
 * @example
 * ```ts
 * const network = new KernelNetwork({ input: [3], layers: [dense] }, [kernel, bias]);
 * network.predict(Float32Array.of(1, 2, 3), 1);
 * network.close();
 * ```
 */
export class KernelNetwork {
  private readonly leased = KernelInstance.lease();
  private readonly plan: Plan;
  private readonly training?: TrainingSpec;
  private trainingRows = 0;
  private trainingOrder = 0;
  private trained = 0;
  private validationAt = { x: 0, y: 0, rows: 0 };
  private steps = 0;
  private closed = false;

  /**
   * @param weights in tf's order: layer after layer, kernel, recurrent kernel, bias
   * @param training without it the network only predicts
   * @throws HitlabError on layers that the kernels cannot take, on weights of other sizes, and if there is not enough
   *   memory
   */
  constructor(spec: NetworkSpec, weights: readonly Float32Array[], training?: TrainingSpec) {
    this.training = training;
    try {
      if (training) checkBatchSize(training);
      this.plan = planNetwork(this.instance, spec, training);
      this.setWeights(weights);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Numbers per row of a prediction. */
  get outputs(): number {
    return this.plan.outputs;
  }

  /** Bytes of WebAssembly memory held. */
  get memoryBytes(): number {
    return this.instance.bytes;
  }

  /**
   * Takes the training rows in. Once per network: their room is not given back before `close`.
   *
   * @throws HitlabError on rows of other widths, and if the network was made without a training or has rows already
   */
  setTraining(data: KernelData): void {
    const { instance, plan } = this;
    // Gradients and the optimizer's vectors have no place in it: a step would write over the kernels' constants.
    if (!this.training) throw withoutTraining();
    if (this.trainingRows > 0) throw takenAlready("training");
    checkRowWeights(data);
    const { x, y } = this.take(data);
    const trainW = data.weights ? this.copyIn(data.weights) : 0;
    this.trainingRows = data.rows;
    this.trainingOrder = instance.allocate(data.rows);
    const fields = { trainX: x, trainY: y, trainW, order: this.trainingOrder, trainRows: data.rows, done: data.rows };
    writeRecord(instance.view(), plan.program, programFields, fields);
  }

  /**
   * Takes the rows in that `validate` measures on; all count the same. Once per network.
   *
   * @throws HitlabError on rows of other widths, and if the network has validation rows already
   */
  setValidation(data: Omit<KernelData, "weights">): void {
    if (this.validationAt.rows > 0) throw takenAlready("validation");
    this.validationAt = { ...this.take(data), rows: data.rows };
  }

  /** Shuffles the training rows for an epoch (counted from 1) and sets the learning rate. */
  beginEpoch(epoch: number, learningRate: number): void {
    const { instance, plan, trainingRows } = this;
    const seed = this.training?.seed ?? 0;
    instance.exports.shuffle(this.trainingOrder, trainingRows, seed, streamKey("fit", epoch, "order"));
    const start = { lossSum: 0, correctSum: 0, absoluteSum: 0, done: 0, step: 0, epoch, rate: learningRate };
    writeRecord(instance.view(), plan.program, programFields, start);
    this.trained = 0;
  }

  /** Trains on up to `steps` more batches of the epoch; returns how many of its rows are done. */
  trainSteps(steps: number): number {
    const before = this.trained;
    this.trained = this.instance.exports.trainSteps(this.plan.program, steps);
    this.steps += Math.ceil((this.trained - before) / (this.training?.batchSize ?? 1));
    return this.trained;
  }

  /** Of the epoch so far: the mean loss with penalties as each batch met it, and the metrics. */
  measured(): Measured {
    return this.means(this.trained, "lossSum", "correctSum", "absoluteSum");
  }

  /**
   * On the validation rows, without dropout; the loss includes the penalties, as in Keras. NaNs without such rows; a
   * network made without a training measures the squared error.
   */
  validate(): Measured {
    const { x, y, rows } = this.validationAt;
    this.instance.exports.evaluate(this.plan.program, x, y, rows);
    return this.means(rows, "heldOutLoss", "heldOutCorrect", "heldOutAbsolute");
  }

  /**
   * What the network says, without dropout: [rows, outputs], row after row.
   *
   * @param x [rows, inputs], row after row; a row of a sequence is step after step
   * @throws HitlabError on rows of another width
   */
  predict(x: Float32Array, rows: number): Float32Array {
    const { instance, plan, outputs } = this;
    if (x.length !== rows * plan.inputs) {
      const value = `${x.length} numbers for ${rows} rows`;
      const what = `the network takes ${plan.inputs} numbers per row`;
      throw new HitlabError({ what, value, remedy: "pass rows of that width" });
    }
    const all = new Float32Array(rows * outputs);
    instance.briefly(() => {
      const most = Math.min(rows, ROWS_AT_ONCE);
      const input = instance.allocate(most * plan.inputs);
      const output = instance.allocate(most * outputs);
      for (let from = 0; from < rows; from += most) {
        const count = Math.min(most, rows - from);
        instance.floats(input, count * plan.inputs).set(x.subarray(from * plan.inputs, (from + count) * plan.inputs));
        instance.exports.predict(plan.program, input, count, output);
        all.set(instance.floats(output, count * outputs), from * outputs);
      }
    });
    return all;
  }

  /** Copies of the weights, in tf's order. */
  weights(): Float32Array[] {
    return this.plan.parameters.map((parameter) => readParameter(this.instance, this.plan.base, parameter));
  }

  /** Copies weights in, in tf's order. @throws HitlabError on weights of other sizes */
  setWeights(weights: readonly Float32Array[]): void {
    const { parameters, base } = this.plan;
    const [wanted, given] = [parameters.map(numbersOf), weights.map(({ length }) => length)];
    if (wanted.join() !== given.join()) {
      throw new HitlabError({
        what: `the network has weights of ${wanted.join(", ")} numbers`,
        value: given.join(", "),
        remedy: "pass the weights of the same network, in its order",
      });
    }
    for (const [at, parameter] of parameters.entries()) writeParameter(this.instance, base, parameter, weights[at]);
  }

  /** A copy of what the optimizer remembers. */
  optimizerState(): KernelOptimizerState {
    const { slots, length } = this.plan;
    const all = new Float32Array(slots.length * length);
    for (const [at, slot] of slots.entries()) all.set(this.instance.floats(slot, length), at * length);
    return { step: this.steps, slots: all };
  }

  /** Goes on with what an optimizer remembers. @throws HitlabError on the state of another network or optimizer */
  setOptimizerState({ step, slots: values }: KernelOptimizerState): void {
    const { slots, length, program } = this.plan;
    if (values.length !== slots.length * length) {
      throw new HitlabError({
        what: `the optimizer's state has ${slots.length * length} numbers`,
        value: values.length,
        remedy: "take up the state of the same network and optimizer",
      });
    }
    for (const [at, slot] of slots.entries()) {
      this.instance.floats(slot, length).set(values.subarray(at * length, (at + 1) * length));
    }
    this.steps = step;
    const optimizer = this.training?.optimizer;
    if (optimizer?.kind !== "adam") return;
    const powers = { power1: powerOf(optimizer.beta1, step), power2: powerOf(optimizer.beta2, step) };
    writeRecord(this.instance.view(), program, programFields, powers);
  }

  /** Gives the memory back. The network must not be used afterwards. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.leased.release();
  }

  /** The instance, as long as it is this network's: after `close` another one may lie in it. */
  private get instance(): KernelInstance {
    if (!this.closed) return this.leased;
    throw new HitlabError({ what: "the network was closed", remedy: "use it before close()" });
  }

  private means(rows: number, ...sums: [SumField, SumField, SumField]): Measured {
    const view = this.instance.view();
    const [loss, accuracy, mae] = sums.map((name) => readDouble(view, this.plan.program, programFields, name) / rows);
    return { loss, accuracy, mae };
  }

  private take({ rows, x, y }: KernelData): { readonly x: number; readonly y: number } {
    const { inputs, outputs } = this.plan;
    if (rows < 1 || x.length !== rows * inputs || y.length !== rows * outputs) {
      throw new HitlabError({
        what: `${rows} rows need ${rows * inputs} inputs and ${rows * outputs} targets`,
        value: `${x.length} inputs, ${y.length} targets`,
        remedy: "pass at least one row, of the network's widths",
      });
    }
    return { x: this.copyIn(x), y: this.copyIn(y) };
  }

  private copyIn(values: Float32Array): number {
    const at = this.instance.allocate(values.length);
    this.instance.floats(at, values.length).set(values);
    return at;
  }
}

function checkBatchSize({ batchSize }: TrainingSpec): void {
  if (Number.isInteger(batchSize) && batchSize >= 1) return;
  const remedy = "set batchSize to such a number";
  throw new HitlabError({ what: "batchSize must be a whole number from 1", value: batchSize, remedy });
}

function checkRowWeights({ rows, weights }: KernelData): void {
  if (!weights || weights.length === rows) return;
  throw new HitlabError({
    what: `there are ${weights.length} weights for ${rows} rows`,
    remedy: "pass one weight per row, or none",
  });
}

function withoutTraining(): HitlabError {
  return new HitlabError({
    what: "the network was made to predict only",
    remedy: "pass loss, optimizer, batchSize and seed when it is made",
  });
}

function takenAlready(which: string): HitlabError {
  return new HitlabError({ what: `the network has its ${which} rows already`, remedy: "make another network" });
}

/** beta^steps as the kernels come to it: a product per step, of beta as 1 minus a float32. */
function powerOf(beta: number, steps: number): number {
  const factor = 1 - Math.fround(1 - beta);
  let power = 1;
  for (let step = 0; step < steps; step++) power *= factor;
  return power;
}
