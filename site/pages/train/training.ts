import { HitlabError } from "../../../lib/src/errors";
import { KernelNetwork } from "../../../lib/src/kernels/network";
import type { Measured } from "../../../lib/src/kernels/spec";
import { initialWeights } from "../../../lib/src/models/initial-weights";
import { mlpSpec } from "../../../lib/src/models/mlp-spec";
import type { Samples } from "../../../lib/src/samples";
import type { TrainingRows } from "./rows";
import type { Settings } from "./settings";
import type { EpochFigures } from "./trainer";

/** About so many rows are trained on at a time, so that a slow training hears what it is asked. */
const sliceRows = 512;

/**
 * One network in training, by the very kernels, numbers and order of steps of lib's `fit(networks.mlp(...), ...)`: the
 * same settings give the same digits. It holds kernels until `close`.
 */
export class Training {
  readonly history: EpochFigures[] = [];
  /** Seconds of training and validation so far. */
  seconds = 0;
  private readonly network: KernelNetwork;
  /** Weights with which the epoch began that is under way. */
  private before?: readonly Float32Array[];

  constructor(
    private readonly settings: Settings,
    private readonly rows: TrainingRows,
  ) {
    const { hidden, activation, dropout, l1, l2, optimizer, learningRate, seed } = settings;
    const { train, validation, task } = rows;
    const spec = mlpSpec({
      inputs: train.x.columns,
      output: task === "classification" ? "sigmoid" : "linear",
      ...{ hidden, activation, dropout, l1, l2, optimizer, learningRate },
    });
    const batchSize = Math.min(settings.batchSize, train.x.rows);
    this.network = new KernelNetwork(spec.network, initialWeights(spec.network, seed), { ...spec, batchSize, seed });
    this.network.setTraining(kernelData(train));
    this.network.setValidation(kernelData(validation));
  }

  get isDone(): boolean {
    return this.history.length >= this.settings.epochs;
  }

  /**
   * Trains on some more batches; with the last of an epoch come its figures.
   *
   * @throws HitlabError naming the epoch and the remedy when a loss is no longer a finite number
   */
  advance(): EpochFigures | undefined {
    const start = performance.now();
    if (!this.before) {
      this.before = this.network.weights();
      this.network.beginEpoch(this.history.length + 1, this.settings.learningRate);
    }
    const done = this.network.trainSteps(Math.ceil(sliceRows / this.settings.batchSize));
    const isWhole = done === this.rows.train.x.rows;
    const validation = isWhole ? this.network.validate() : undefined;
    this.seconds += (performance.now() - start) / 1000;
    return validation && this.endEpoch(this.network.measured(), validation);
  }

  /** Takes back what an epoch taught that was begun and not ended. */
  abandonEpoch(): void {
    if (this.before) this.network.setWeights(this.before);
    this.before = undefined;
  }

  /** What the network says for rows of scaled inputs: probabilities, or natural logarithms of 1 + streams. */
  predict(x: Float32Array, rows: number): Float64Array {
    const said = Float64Array.from(this.network.predict(x, rows));
    const { target } = this.rows;
    return target ? said.map((value) => value * target.deviation + target.mean) : said;
  }

  /** In tfjs' order: kernel, bias, kernel, bias ... */
  weights(): Float32Array[] {
    return this.network.weights();
  }

  close(): void {
    this.network.close();
  }

  private endEpoch(train: Measured, validation: Measured): EpochFigures {
    this.before = undefined;
    const epoch = this.history.length + 1;
    const { loss: valLoss } = validation;
    if (!Number.isFinite(train.loss) || !Number.isFinite(valLoss)) throw runaway(epoch, this.settings);
    const { task, target } = this.rows;
    // In natural logarithms: the target was divided by its deviation.
    const metric = ({ accuracy, mae }: Measured) =>
      task === "classification" ? accuracy : mae * (target?.deviation ?? 1);
    const figures = { epoch, loss: train.loss, metric: metric(train), valLoss, valMetric: metric(validation) };
    this.history.push(figures);
    return figures;
  }
}

/** The inputs are scaled already, so that the steps are what is left to mend. */
function runaway(epoch: number, { learningRate }: Settings): HitlabError {
  return new HitlabError({
    what: `the loss stopped being a finite number in epoch ${epoch}: at a learning rate of ${learningRate} the weights run away`,
    remedy: "choose a smaller learning rate",
  });
}

function kernelData({ x, y }: Samples) {
  return { rows: x.rows, x: new Float32Array(x.data), y: new Float32Array(y) };
}
