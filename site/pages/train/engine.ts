import { type TrainingRows, trainingRows } from "./rows";
import { baselines, testScores } from "./scores";
import { problemsOf, type Settings } from "./settings";
import { type SurfaceGrid, surfaceGrid } from "./surface";
import type { Picture, Surface, TrainingData, TrainingResult, TrainOptions } from "./trainer";
import { Training } from "./training";
import { countWeights, weightsPicture } from "./weights-picture";

/** Milliseconds between two pictures, and between two turns for messages that came meanwhile. */
const [pictureEvery, turnEvery] = [100, 30];

/** Whether a training is to end; it may be told so before it begins. */
interface Order {
  isStopped: boolean;
}

/** A network in training or trained. */
interface Run {
  readonly settings: Settings;
  readonly rows: TrainingRows;
  readonly training: Training;
  readonly order: Order;
  grid?: SurfaceGrid;
}

/** What the worker does: trains one network at a time and keeps the last, to be looked at. */
export class Engine {
  private run?: Run;
  /** Of the training that was asked for last. */
  private order: Order = { isStopped: false };
  /** Ends when the training before has ended, however it ended. */
  private over: Promise<unknown> = Promise.resolve();

  /** As `Trainer.train`. */
  train(settings: Settings, data: TrainingData, options: TrainOptions): Promise<TrainingResult> {
    this.stop();
    const order = { isStopped: false };
    this.order = order;
    const result = this.over.then(() => this.begin(order, settings, data, options));
    this.over = result.catch(() => undefined);
    return result;
  }

  /** As `Trainer.showUntrained`; leaves a training alone. */
  showUntrained(settings: Settings, data: TrainingData, surface: readonly [string, string] | undefined): Picture {
    const { rows, training } = built(settings, data);
    try {
      return pictureOf({ rows, training, grid: surface && surfaceGrid(rows, surface, settings.seed) });
    } finally {
      training.close();
    }
  }

  /** As `Trainer.showSurface`. */
  showSurface(features: readonly [string, string]): Surface {
    const { run } = this;
    if (!run) throw new Error("There is no network yet: train one first.");
    const grid = surfaceGrid(run.rows, features, run.settings.seed);
    if (!grid) throw new Error("The network does not see these two features: choose two of its own.");
    run.grid = grid;
    return surfaceOf(run, grid);
  }

  /** As `Trainer.stop`. */
  stop(): void {
    this.order.isStopped = true;
  }

  private async begin(
    order: Order,
    settings: Settings,
    data: TrainingData,
    options: TrainOptions,
  ): Promise<TrainingResult> {
    this.close();
    const { rows, training } = built(settings, data);
    const grid = options.surface && surfaceGrid(rows, options.surface, settings.seed);
    this.run = { settings, rows, training, order, grid };
    try {
      await trainEpochs(this.run, options);
    } catch (error) {
      this.close();
      throw error;
    }
    return resultOf(this.run);
  }

  private close(): void {
    this.run?.training.close();
    this.run = undefined;
  }
}

/** @throws Error on settings or data that cannot be trained on */
function built(settings: Settings, data: TrainingData): Pick<Run, "rows" | "training"> {
  const problem = Object.values(problemsOf(settings))[0];
  if (problem) throw new Error(problem);
  const rows = trainingRows(settings, data);
  return { rows, training: new Training(settings, rows) };
}

async function trainEpochs(run: Run, { epochsPerSecond, onEpoch, onPicture }: TrainOptions): Promise<void> {
  const { training } = run;
  onPicture(pictureOf(run));
  let [turnAt, drawnAt, dueAt] = [performance.now(), performance.now(), performance.now()];
  while (!training.isDone && !run.order.isStopped) {
    const figures = training.advance();
    if (figures) onEpoch(figures);
    const now = performance.now();
    if (figures && now - drawnAt >= pictureEvery) {
      onPicture(pictureOf(run));
      drawnAt = now;
    }
    if (figures && epochsPerSecond) dueAt = Math.max(now, dueAt + 1000 / epochsPerSecond);
    // Not every time: a timer takes some milliseconds, as long as an epoch of a small network.
    if (dueAt <= now && now - turnAt < turnEvery) continue;
    await new Promise((resolve) => setTimeout(resolve, dueAt - now));
    turnAt = performance.now();
  }
  training.abandonEpoch();
  onPicture(pictureOf(run));
}

function pictureOf(run: Pick<Run, "rows" | "training" | "grid">): Picture {
  const { training, rows, grid } = run;
  const weights = weightsPicture(training.weights(), rows.train.x.names);
  return { epoch: training.history.length, weights, ...(grid ? { surface: surfaceOf(run, grid) } : {}) };
}

function surfaceOf({ training }: Pick<Run, "training">, grid: SurfaceGrid): Surface {
  return grid.of(training.predict(grid.inputs, grid.rows));
}

function resultOf({ settings, rows, training }: Run): TrainingResult {
  const { task, kind, train, validation, test, target } = rows;
  const weights = training.weights();
  const said = training.predict(new Float32Array(test.x.data), test.x.rows);
  return {
    settings,
    task,
    kind,
    songs: { train: train.x.rows, validation: validation.x.rows, test: test.x.rows },
    history: training.history,
    stopped: !training.isDone,
    test: testScores(rows, said),
    baselines: baselines(rows, said),
    seconds: training.seconds,
    parameters: weights.reduce((sum, { length }) => sum + length, 0),
    weights: countWeights(weights),
    ...(target ? { target } : {}),
  };
}
