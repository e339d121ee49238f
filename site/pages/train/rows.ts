import { HitlabError } from "../../../lib/src/errors";
import { type Scaler, standard } from "../../../lib/src/prepare/scalers";
import { split } from "../../../lib/src/prepare/split";
import { matrix, type Samples } from "../../../lib/src/samples";
import { type DataKind, decadesOf, type PopularityPayload, type SongsPayload } from "../shared/payloads";
import { columnsOf } from "./columns";
import type { Settings } from "./settings";
import type { Task, TrainingData } from "./trainer";

/** The songs of a training, as the network gets them. */
export interface TrainingRows {
  readonly task: Task;
  readonly kind: DataKind;
  /** Inputs scaled; the target of a regression, too. */
  readonly train: Samples;
  readonly validation: Samples;
  readonly test: Samples;
  /** The training songs in the features' own units. */
  readonly unscaled: Samples;
  readonly scaler: Scaler;
  /** How the target of a regression was scaled: (y - mean) / deviation, over the training songs. */
  readonly target?: { readonly mean: number; readonly deviation: number };
}

/**
 * Splits and scales as notebook 02 does, to the last digit: 80 % of the songs at random for training, 10 % for
 * validation, 10 % for the test; the scaler over all songs or, as is honest, over the training songs.
 *
 * @throws HitlabError if the data are not those that the settings name
 */
export function trainingRows(settings: Settings, data: TrainingData): TrainingRows {
  const { samples, kind } = samplesOf(settings, data);
  const parts = split(samples, { by: "random", sizes: [0.8, 0.1, 0.1], seed: settings.seed });
  const scaler = standard(settings.scaler === "all" ? samples : parts.train);
  const scaled = {
    train: scaler.apply(parts.train),
    // Three sizes were given, so that there is one.
    validation: scaler.apply(parts.validation as Samples),
    test: scaler.apply(parts.test),
  };
  const common = { kind, scaler, unscaled: parts.train };
  if (!("popularity" in data)) return { task: "classification", ...common, ...scaled };
  return { task: "regression", ...common, ...withScaledTarget(scaled) };
}

type Parts = Pick<TrainingRows, "train" | "validation" | "test">;

/** The target to mean 0 and deviation 1 over the training songs; notebook 03 shows what it costs to leave it uncentred. */
function withScaledTarget({ train, validation, test }: Parts): Parts & Pick<TrainingRows, "target"> {
  const { center, scale } = standard(matrix(train.y.length, 1, train.y, ["target"]));
  const [mean, deviation] = [center[0], scale[0]];
  const scaled = (part: Samples) => ({ ...part, y: part.y.map((y) => (y - mean) / deviation) });
  return { train: scaled(train), validation: scaled(validation), test: scaled(test), target: { mean, deviation } };
}

function samplesOf(settings: Settings, data: TrainingData): { readonly samples: Samples; readonly kind: DataKind } {
  // In the columns' order: a link with the same features in another order trains the same network.
  const names = columnsOf(settings.data).filter((name) => settings.features.includes(name));
  const isPopularity = "popularity" in data;
  if (isPopularity !== (settings.data === "2023")) throw otherData(settings);
  const { columns, y, kind } = isPopularity
    ? popularityColumns(data.popularity, names)
    : songColumns(settings, data.songs, names);
  const values = new Float64Array(y.length * names.length);
  columns.forEach((column, at) => {
    column.forEach((value, row) => {
      values[row * names.length + at] = value;
    });
  });
  return { samples: { x: matrix(y.length, names.length, values, names), y, info: {} }, kind };
}

interface Columns {
  readonly columns: readonly (readonly number[])[];
  readonly y: Float64Array;
  readonly kind: DataKind;
}

function songColumns(settings: Settings, songs: readonly SongsPayload[], names: readonly string[]): Columns {
  const wanted = decadesOf(settings.data as Exclude<Settings["data"], "2023">);
  if (wanted.join() !== songs.map(({ decade }) => decade).join()) throw otherData(settings);
  const all = columnsOf(settings.data);
  const columns = names.map((name) => songs.flatMap(({ features }) => features[all.indexOf(name)]));
  return { columns, y: Float64Array.from(songs.flatMap(({ target }) => target)), kind: songs[0].kind };
}

function popularityColumns({ columns, target, kind }: PopularityPayload, names: readonly string[]): Columns {
  const found = names.map((name) => columns.find((column) => column.name === name)?.values);
  const missing = found.indexOf(undefined);
  if (missing >= 0) {
    const remedy = "run npm run site, which writes it anew";
    throw new HitlabError({ what: "the songs of 2023 have no such column", value: names[missing], remedy });
  }
  return { columns: found as (readonly number[])[], y: Float64Array.from(target), kind };
}

function otherData({ data }: Settings): HitlabError {
  return new HitlabError({
    what: "these are not the songs that the settings name",
    value: data,
    remedy: "load the page again",
  });
}
