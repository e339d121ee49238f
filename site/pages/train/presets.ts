import { columnsOf } from "./columns";
import { defaults, type Settings } from "./settings";

export interface Preset {
  readonly name: string;
  /** What it is and what to watch for. */
  readonly about: string;
  readonly settings: Settings;
}

const streams: Settings = {
  ...defaults,
  data: "2023",
  features: columnsOf("2023"),
  dropout: 0.2,
  epochs: 100,
  scaler: "train",
};

export const presets: readonly Preset[] = [
  {
    name: "Study 2's network",
    about: "Fifteen features of the nineties, 64 and 32 units, 20 epochs: the network of notebook 02.",
    settings: defaults,
  },
  {
    name: "No hidden layer",
    about: "One unit alone is a logistic regression: its surface has a straight edge.",
    settings: { ...defaults, hidden: [], learningRate: 0.01 },
  },
  {
    name: "Two features",
    about: "Danceability and acousticness alone: the surface is all that the network knows.",
    settings: { ...defaults, features: ["danceability", "acousticness"], epochs: 60 },
  },
  {
    name: "Too big a network",
    about: "Two layers of 128 units, 60 epochs: it learns its songs by heart, and the validation loss climbs.",
    settings: { ...defaults, hidden: [128, 128], epochs: 60 },
  },
  {
    name: "Study 5's penalties",
    about:
      "Study 5's four layers with RMSprop, an L2 penalty of 0.0001 and dropout in each: see how far they hold back a big network.",
    settings: {
      ...defaults,
      hidden: [128, 64, 32, 16],
      l2: 0.0001,
      dropout: 0.2,
      optimizer: "rmsprop",
      batchSize: 64,
      epochs: 60,
    },
  },
  {
    name: "Too strong a penalty",
    about: "The same four layers with the L1 penalty of 0.01 that study 5's text names: nearly all weights go to 0.",
    settings: { ...defaults, hidden: [128, 64, 32, 16], l1: 0.01, epochs: 30 },
  },
  {
    name: "Streams of 2023",
    about:
      "Study 3's songs: not hit or flop, but the logarithm of the streams, from release date, playlists, charts and sound.",
    settings: streams,
  },
  {
    name: "Streams from the sound",
    about: "The same songs by the eight numbers about their sound alone: see whether that beats the mean.",
    settings: { ...streams, features: columnsOf("2023").slice(-8) },
  },
];
