import os from "node:os";
import type { Samples } from "hitlab";
import { mean } from "../metrics";
import type { Answer } from "../protocol";
import type { StudyWork } from "../settings";
import { fileOf, reading, studyFiles } from "./files";
import { hitlab, studyData } from "./packages";

const { evaluate, fitMany, load, networks, prepare, takeRows } = hitlab;
const { pl } = studyData;

/** What a study ends with. */
interface Figures {
  /** On the test songs, of each network. */
  readonly accuracies: readonly number[];
  readonly note: string;
}

const studies = { 2: { file: "hits-90s", run: studyTwo }, 5: { file: "spotify-2024", run: studyFive } };

/** A whole study, from its file to its test figures; the round that does not count trains two epochs. */
export async function studyWork(
  settings: StudyWork,
  folder: string,
): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const { file: name, run } = studies[settings.study];
  const file = fileOf(await studyFiles(folder), name);
  return async (round) => {
    const start = performance.now();
    const { accuracies, note } = await reading(file, () => run(round, round === 0 ? 2 : 100));
    const seconds = (performance.now() - start) / 1000;
    return { seconds, quality: mean(accuracies), note: `${note}; ${file.note}` };
  };
}

/** The songs that a study trains on, validates on and tests on. */
interface Three {
  readonly train: Samples;
  readonly validation: Samples;
  readonly test: Samples;
}

/** Study 2's songs on scikit-learn's split, 80/10/10; scaled before it, as the study does. */
export async function songsOfStudyTwo(): Promise<Three> {
  const { frame } = await load.hitPredictor(["90s"]);
  const all = prepare.samples(frame, { features: [...load.audioFeatures], target: "target" });
  const { train, test: rest } = asSklearn(prepare.standard(all).apply(all), 0.2);
  const { train: validation, test } = asSklearn(rest, 0.5);
  return { train, validation, test };
}

/** Part A of notebook 02. */
async function studyTwo(seed: number, mostEpochs: number): Promise<Figures> {
  const { train, validation, test } = await songsOfStudyTwo();
  const model = networks.mlp({ inputs: train.x.columns, hidden: [64, 32], output: "sigmoid", seed });
  const epochs = Math.min(20, mostEpochs);
  const { engine } = await hitlab.fit(model, train, { epochs, batchSize: 32, seed, validation });
  const { accuracy } = evaluate.classifier(model, test);
  model.dispose();
  return { accuracies: [accuracy], note: `engine ${engine}` };
}

const penalty = [0, 0.0001, 0.0001, 0.0001];
const four = { hidden: [128, 64, 32, 16], output: "sigmoid" } as const;
const earlyStopping = { patience: 10 };
/** The three networks as the study's notebook ran them; see notebook 05. */
const recipes = [
  { id: "vanilla", network: { ...four, optimizer: "rmsprop" }, training: { epochs: 60, batchSize: 32 } },
  {
    id: "L1",
    network: { ...four, l1: penalty, dropout: [0, 0.5, 0.2, 0.2], optimizer: "adam" },
    training: { epochs: 100, batchSize: 64, earlyStopping },
  },
  {
    id: "L2",
    network: { ...four, l2: penalty, dropout: [0, 0.3, 0.2, 0.2], optimizer: "rmsprop" },
    training: { epochs: 100, batchSize: 64, earlyStopping },
  },
] as const;

/** Part A of notebook 05, one seed. */
async function studyFive(seed: number, mostEpochs: number): Promise<Figures> {
  const { train, validation, test } = await songsOfStudyFive();
  const trials = recipes.map(({ id, network, training }) => ({
    id,
    model: networks.mlp({ ...network, inputs: train.x.columns, seed }),
    train,
    options: { ...training, epochs: Math.min(training.epochs, mostEpochs), seed, validation },
  }));
  const trained = await fitMany(trials);
  const accuracies = trials.map(({ model }) => evaluate.classifier(model, test).accuracy);
  for (const { model } of trials) model.dispose();
  const epochs = trained.map(({ history }) => history.loss.length).join(", ");
  const workers = `${os.availableParallelism()} workers`;
  return { accuracies, note: `engine ${trained[0].history.engine}, ${workers}, ${epochs} epochs` };
}

/** Study 5's songs, Track Score among the inputs; filled and scaled before the split, as the study does. */
export async function songsOfStudyFive(): Promise<Three> {
  const { frame } = await load.spotify2024();
  const kinds = ["target", "count", "index", "flag"];
  const features = load.spotify2024Columns.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const score = pl.col("track_score");
  const songs = frame.withColumns(score.gt(score.median()).cast(pl.Int32).alias("high_potential"));
  const raw = prepare.samples(songs, { features, target: "high_potential", missing: "keep" });
  const pipeline = prepare.pipeline(raw, [
    (rows) => prepare.imputer(rows, { strategy: "mean" }),
    (rows) => prepare.minMax(rows),
  ]);
  const { train, test } = asSklearn(pipeline.apply(raw), 0.2);
  return { ...lastFifth(train), test };
}

function asSklearn<S extends Samples>(rows: S, testSize: number) {
  return prepare.split(rows, { by: "random", like: "sklearn", randomState: 42, testSize });
}

/** As Keras' `validation_split=0.2` takes it. */
function lastFifth(rows: Samples): { train: Samples; validation: Samples } {
  const cut = Math.floor(rows.x.rows * 0.8);
  const numbers = Array.from(rows.y.keys());
  return { train: takeRows(rows, numbers.slice(0, cut)), validation: takeRows(rows, numbers.slice(cut)) };
}
