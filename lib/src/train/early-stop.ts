import type { EpochFigures } from "./history";
import type { Trainer } from "./trainer";

/** Stop when the validation loss has not fallen for a while, and go back to the best weights. */
export interface EarlyStopping {
  /**
   * Epochs in a row without a lower validation loss before training stops, a whole number from 0. As in Keras both 0
   * and 1 stop at the first epoch that is no better.
   */
  readonly patience: number;
  /** Falls smaller than this do not count. Default 0. */
  readonly minDelta?: number;
  /** Put the weights of the best epoch back at the end. Default true. */
  readonly restoreBestWeights?: boolean;
}

/** What a checkpoint keeps of an early stop. */
export interface EarlyStopState {
  readonly best: number | null;
  readonly bestEpoch: number;
  readonly waited: number;
  readonly bestWeights: readonly Float32Array[];
}

/** Follows the validation loss. Without settings it never stops anything. */
export class EarlyStop {
  state: EarlyStopState = { best: null, bestEpoch: 0, waited: 0, bestWeights: [] };

  constructor(private readonly settings: EarlyStopping | undefined) {}

  get reached(): boolean {
    const { waited } = this.state;
    return this.settings !== undefined && waited > 0 && waited >= this.settings.patience;
  }

  after(epoch: number, figures: EpochFigures, trainer: Pick<Trainer, "weights">): void {
    if (!this.settings) return;
    const { minDelta = 0 } = this.settings;
    const { best } = this.state;
    if (best === null || figures.valLoss < best - minDelta) {
      this.state = { best: figures.valLoss, bestEpoch: epoch, waited: 0, bestWeights: trainer.weights() };
    } else {
      this.state = { ...this.state, waited: this.state.waited + 1 };
    }
  }

  /** The weights that a training which ended now would keep, if they are not the last ones. */
  get kept(): readonly Float32Array[] | undefined {
    return this.restores ? this.state.bestWeights : undefined;
  }

  /** Puts the best weights back, if that was asked for. tfjs' own early stopping cannot do it. */
  restore(trainer: Pick<Trainer, "setWeights">): void {
    if (this.kept) trainer.setWeights(this.kept);
  }

  keptEpoch(lastEpoch: number): number {
    return this.restores ? this.state.bestEpoch : lastEpoch;
  }

  private get restores(): boolean {
    return this.settings !== undefined && (this.settings.restoreBestWeights ?? true) && this.state.bestEpoch > 0;
  }
}
