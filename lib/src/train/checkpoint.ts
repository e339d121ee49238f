import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { HitlabError } from "../errors";
import type { EarlyStopState } from "./early-stop";
import type { EpochFigures } from "./history";
import type { OptimizerState, Slot, Trainer } from "./trainer";

/** Where a training stands after an epoch, apart from the weights of model and optimizer. */
export interface TrainingState {
  readonly figures: readonly EpochFigures[];
  readonly seconds: number;
  readonly stop: EarlyStopState;
}

interface SavedJson {
  readonly fingerprint: string;
  readonly state: TrainingState & { readonly stop: Omit<EarlyStopState, "bestWeights"> };
  readonly optimizer: {
    readonly numbers: OptimizerState["numbers"];
    readonly slots: readonly Omit<Slot, "values">[];
  };
  /** Lengths of the arrays in the binary part: weights, optimizer, best weights. */
  readonly lengths: readonly (readonly number[])[];
}

/** Where a training keeps its checkpoint, and what tells it from every other: only its own is taken up. */
export interface CheckpointPlace {
  readonly folder: string;
  readonly fingerprint: string;
}

/**
 * One file in a folder that holds a training's whole state: a line of JSON, then float32 arrays. It is replaced
 * whole after every epoch, so that a kill at any moment leaves the last complete one. Its name is the training's own:
 * several trainings may share a folder.
 */
export class Checkpoint {
  private readonly file: string;

  private readonly fingerprint: string;

  constructor({ folder, fingerprint }: CheckpointPlace) {
    this.fingerprint = fingerprint;
    this.file = join(folder, `training-${fingerprint.slice(0, 12)}.checkpoint`);
  }

  async save(trainer: Trainer, state: TrainingState): Promise<void> {
    const { numbers, slots } = await trainer.optimizerState();
    const arrays = [trainer.weights(), slots.map(({ values }) => values), state.stop.bestWeights];
    const json: SavedJson = {
      fingerprint: this.fingerprint,
      state: { ...state, stop: { ...state.stop, bestWeights: [] } },
      optimizer: { numbers, slots: slots.map(({ name, shape }) => ({ name, shape })) },
      lengths: arrays.map((group) => group.map((array) => array.length)),
    };
    const binary = arrays.flat().map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.part`, Buffer.concat([Buffer.from(`${JSON.stringify(json)}\n`), ...binary]));
    renameSync(`${this.file}.part`, this.file);
  }

  /**
   * Gives the trainer the saved weights and optimizer, and tells the rest; undefined when there is none for this
   * training (another one's is left).
   */
  async load(trainer: Trainer): Promise<TrainingState | undefined> {
    const bytes = this.read();
    if (!bytes) return undefined;
    const end = bytes.indexOf("\n");
    const json = this.parse(bytes.subarray(0, Math.max(end, 0)).toString("utf8"));
    if (json.fingerprint !== this.fingerprint) return undefined;
    const [weights, values, bestWeights] = this.arrays(bytes.subarray(end + 1), json.lengths);
    trainer.setWeights(weights);
    const slots = json.optimizer.slots.map((slot, at) => ({ ...slot, values: values[at] }));
    await trainer.setOptimizerState({ numbers: json.optimizer.numbers, slots });
    return { ...json.state, figures: json.state.figures.map(withNaN), stop: { ...json.state.stop, bestWeights } };
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }

  private read(): Buffer | undefined {
    try {
      return readFileSync(this.file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  private parse(text: string): SavedJson {
    try {
      return JSON.parse(text) as SavedJson;
    } catch {
      throw this.damaged("its first line is not JSON");
    }
  }

  private arrays(bytes: Buffer, lengths: SavedJson["lengths"]): Float32Array[][] {
    const expected = 4 * lengths.flat().reduce((sum, length) => sum + length, 0);
    if (bytes.length !== expected) throw this.damaged(`it holds ${bytes.length} bytes of numbers, not ${expected}`);
    // A copy of its own: the file's bytes need not start at a multiple of four.
    const all = new Float32Array(new Uint8Array(bytes).buffer);
    let at = 0;
    return lengths.map((group) =>
      group.map((length) => {
        at += length;
        return all.slice(at - length, at);
      }),
    );
  }

  private damaged(why: string): HitlabError {
    const remedy = "delete it and train from the start";
    return new HitlabError({ what: `the checkpoint is damaged: ${why}`, file: basename(this.file), remedy });
  }
}

/** JSON has no NaN: figures that were not measured come back as null. */
function withNaN(figures: EpochFigures): EpochFigures {
  const entries = Object.entries(figures).map(([key, value]) => [key, value ?? Number.NaN]);
  return Object.fromEntries(entries) as EpochFigures;
}
