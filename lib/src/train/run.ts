import { Checkpoint, type CheckpointPlace } from "./checkpoint";
import { checkFigures } from "./checks";
import { EarlyStop, type EarlyStopping } from "./early-stop";
import { type EpochFigures, type History, historyOf } from "./history";
import type { Progress } from "./options";
import type { Trainer } from "./trainer";

/** What the loop needs to know, whatever the engine. */
export interface RunSettings {
  readonly epochs: number;
  /** Step size of the optimizer in each epoch: `epochs` of them. */
  readonly rates: readonly number[];
  readonly earlyStopping?: EarlyStopping;
  /** Where a checkpoint is kept after each epoch. It is left there at the end, for the caller to remove. */
  readonly checkpoint?: CheckpointPlace;
  /** Whether the trainer has validation rows, whose loss must then be a finite number. */
  readonly hasValidation: boolean;
  readonly progress?: Progress;
  /** Ends the training between two slices of an epoch; `run` then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Numbers of epochs, up to `epochs`, at which to tell what a training of that many would have ended with. They
   * are told once: not again after a resume from a checkpoint beyond them.
   */
  readonly snapshots?: readonly number[];
  readonly onSnapshot?: (snapshot: Snapshot) => void;
}

/** What a training of fewer epochs ends with. */
export interface Snapshot {
  readonly epochs: number;
  readonly history: History;
  /** Those of the best epoch so far where early stopping asks for it. */
  readonly weights: readonly Float32Array[];
}

/**
 * Trains epoch after epoch until all are done or early stopping ends it. Afterwards the trainer has the weights that
 * the training ends with.
 *
 * @throws HitlabError when a loss is no longer a finite number, and on a damaged checkpoint; whatever `progress` and
 *   `signal` throw
 */
export async function run(trainer: Trainer, settings: RunSettings): Promise<History> {
  return new Run(trainer, settings).all();
}

/** One training: its figures so far, and what stops or saves it. */
class Run {
  private readonly stop: EarlyStop;
  private readonly checkpoint?: Checkpoint;
  private figures: readonly EpochFigures[] = [];
  private seconds = 0;
  private resumed = 0;

  constructor(
    private readonly trainer: Trainer,
    private readonly settings: RunSettings,
  ) {
    this.stop = new EarlyStop(settings.earlyStopping);
    if (settings.checkpoint) this.checkpoint = new Checkpoint(settings.checkpoint);
  }

  async all(): Promise<History> {
    const { epochs, progress } = this.settings;
    await this.resume();
    while (this.figures.length < epochs && !this.stop.reached) await this.next();
    this.snapshots((at) => at > this.figures.length);
    this.stop.restore(this.trainer);
    const history = this.history(epochs);
    if (history.epochs < epochs) progress?.(epochs, epochs, history.note ?? "");
    return history;
  }

  /** Takes up where the checkpoint says that the training stands, if there is one. */
  private async resume(): Promise<void> {
    const saved = await this.checkpoint?.load(this.trainer);
    if (!saved) return;
    this.figures = saved.figures;
    this.seconds = saved.seconds;
    this.stop.state = saved.stop;
    this.resumed = this.figures.length;
    // Told at once, so that the time left is reckoned from here.
    this.settings.progress?.(this.resumed, this.settings.epochs, `resumed after epoch ${this.resumed}`);
  }

  /** One epoch and all that follows it. */
  private async next(): Promise<void> {
    const { epochs, progress, hasValidation } = this.settings;
    const epoch = this.figures.length + 1;
    const start = performance.now();
    const figures = await this.epoch(epoch);
    this.seconds += (performance.now() - start) / 1000;
    checkFigures(epoch, figures, hasValidation);
    this.figures = [...this.figures, figures];
    this.stop.after(epoch, figures, this.trainer);
    const { seconds, stop } = this;
    await this.checkpoint?.save(this.trainer, { figures: this.figures, seconds, stop: stop.state });
    this.snapshots((at) => at === epoch);
    progress?.(epoch, epochs, describe(epoch, figures));
  }

  private async epoch(epoch: number): Promise<EpochFigures> {
    const { epochs, rates, progress, signal } = this.settings;
    signal?.throwIfAborted();
    const { loss, accuracy, mae } = await this.trainer.epoch(epoch, rates[epoch - 1], (share) => {
      signal?.throwIfAborted();
      progress?.(epoch - 1 + share, epochs, `epoch ${epoch} of ${epochs}`);
    });
    const validation = this.trainer.validate();
    const { loss: valLoss, accuracy: valAccuracy, mae: valMae } = validation;
    return { loss, accuracy, mae, valLoss, valAccuracy, valMae };
  }

  private snapshots(due: (at: number) => boolean): void {
    const { snapshots = [], onSnapshot } = this.settings;
    for (const at of snapshots.filter(due)) {
      onSnapshot?.({ epochs: at, history: this.history(at), weights: this.stop.kept ?? this.trainer.weights() });
    }
  }

  /** How a training told to run so many epochs went. */
  private history(epochs: number): History {
    const stopped = this.stop.reached && this.figures.length < epochs;
    const notes = [
      this.resumed > 0 ? `resumed after epoch ${this.resumed}` : "",
      stopped ? `stopped early: no better for ${inEpochs(this.stop.state.waited)}` : "",
    ].filter(Boolean);
    return historyOf(this.figures, {
      engine: this.trainer.engine,
      seconds: this.seconds,
      keptEpoch: this.stop.keptEpoch(this.figures.length),
      ...(notes.length > 0 ? { note: notes.join("; ") } : {}),
    });
  }
}

function describe(epoch: number, figures: EpochFigures): string {
  const parts = [
    ["loss", figures.loss],
    ["accuracy", figures.accuracy],
    ["mae", figures.mae],
    ["val loss", figures.valLoss],
    ["val accuracy", figures.valAccuracy],
    ["val mae", figures.valMae],
  ] as const;
  const words = parts.filter(([, value]) => !Number.isNaN(value)).map(([name, value]) => `${name} ${value.toFixed(4)}`);
  return `epoch ${epoch}: ${words.join(", ")}`;
}

function inEpochs(count: number): string {
  return count === 1 ? "1 epoch" : `${count} epochs`;
}
