import { HitlabError } from "../errors";
import { type KernelData, KernelNetwork, type Measured, type NetworkSpec, type TrainingSpec } from "../kernels";
import type { Metric } from "../models/read-training";
import { type OptimizerState, type Trainer, unmeasured } from "./trainer";

/** A training by the kernels as plain data, so that it can go to a worker. */
export interface KernelJob {
  readonly network: NetworkSpec;
  /** Weights to start from, in the order of the tf model. */
  readonly weights: readonly Float32Array[];
  readonly training: TrainingSpec;
  /** What the model was compiled with; the rest is not told. */
  readonly metrics: readonly Metric[];
  readonly train: KernelData;
  readonly validation?: KernelData;
  /** The optimizer's memory of trainings before this one, and how many epochs they had. */
  readonly memory?: OptimizerState;
  readonly epochsBefore: number;
}

/** So long does a call into the kernels last before the event loop gets its turn. */
const sliceMs = 50;

/** Trains by the WASM kernels. The digits do not depend on how long the slices are. */
export class KernelTrainer implements Trainer {
  readonly engine = "kernels";
  private readonly network: KernelNetwork;
  private readonly rows: number;
  private readonly stepsPerEpoch: number;
  private readonly validates: boolean;
  private readonly metrics: readonly Metric[];
  private readonly epochsBefore: number;
  /** Steps that fit into a slice, as far as is known. */
  private steps = 1;

  constructor(job: KernelJob) {
    this.network = new KernelNetwork(job.network, job.weights, job.training);
    this.rows = job.train.rows;
    this.stepsPerEpoch = Math.ceil(job.train.rows / job.training.batchSize);
    this.validates = job.validation !== undefined;
    this.metrics = job.metrics;
    this.epochsBefore = job.epochsBefore;
    try {
      this.network.setTraining(job.train);
      if (job.validation) this.network.setValidation(job.validation);
      if (job.memory) this.remember(job.memory);
    } catch (error) {
      this.network.close();
      throw error;
    }
  }

  async epoch(epoch: number, rate: number, told: (share: number) => void): Promise<Measured> {
    this.network.beginEpoch(this.epochsBefore + epoch, rate);
    let done = this.slice();
    while (done < this.rows) {
      told(done / this.rows);
      await new Promise((resolve) => setImmediate(resolve));
      done = this.slice();
    }
    // Small networks have epochs far shorter than a slice: they, too, let the event loop have its turn.
    await new Promise((resolve) => setImmediate(resolve));
    return this.asked(this.network.measured());
  }

  validate(): Measured {
    return this.validates ? this.asked(this.network.validate()) : unmeasured;
  }

  weights(): Float32Array[] {
    return this.network.weights();
  }

  setWeights(weights: readonly Float32Array[]): void {
    this.network.setWeights(weights);
  }

  async optimizerState(): Promise<OptimizerState> {
    return this.memory();
  }

  async setOptimizerState(state: OptimizerState): Promise<void> {
    this.remember(state);
  }

  /** As `optimizerState`, at once. */
  memory(): OptimizerState {
    const { step, slots } = this.network.optimizerState();
    return { numbers: { step }, slots: [{ name: "slots", shape: [slots.length], values: slots }] };
  }

  dispose(): void {
    this.network.close();
  }

  private remember({ numbers, slots }: OptimizerState): void {
    const values = slots.find(({ name }) => name === "slots")?.values;
    if (values === undefined || numbers.step === undefined) {
      throw new HitlabError({
        what: "this is not the memory of an optimizer of the kernels",
        remedy: "train from the start",
      });
    }
    this.network.setOptimizerState({ step: numbers.step, slots: values });
  }

  /** Trains for about `sliceMs`; returns the rows done in the epoch. */
  private slice(): number {
    const start = performance.now();
    const done = this.network.trainSteps(this.steps);
    const fitting = (this.steps * sliceMs) / Math.max(performance.now() - start, 0.001);
    // Growing by at most four: a slice that the epoch's end cut short says little.
    this.steps = Math.max(1, Math.round(Math.min(fitting, 4 * this.steps, this.stepsPerEpoch)));
    return done;
  }

  private asked(measured: Measured): Measured {
    const figure = (metric: Metric) => (this.metrics.includes(metric) ? measured[metric] : Number.NaN);
    return { loss: measured.loss, accuracy: figure("accuracy"), mae: figure("mae") };
  }
}
