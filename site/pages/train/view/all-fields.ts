import { choices, type Settings } from "../settings";
import { FeaturesField } from "./features-field";
import { choiceField, type Field, numberField, radioField } from "./fields";
import { layersField } from "./layers-field";
import { dataNames, optimizerNames } from "./words";

/** A field for each setting. `changed` hears what their buttons do. */
export function allFields(changed: () => void) {
  return { ...dataFields(changed), ...networkFields(changed), ...trainingFields() } satisfies {
    readonly [Name in keyof Settings]: Field<Settings[Name]>;
  };
}

function options<Name extends keyof typeof choices>(name: Name, labels: Readonly<Record<string, string>> = {}) {
  const values: readonly (typeof choices)[Name][number][] = choices[name];
  return values.map((value) => ({ value, label: labels[value] ?? value }));
}

function dataFields(changed: () => void) {
  return {
    data: choiceField(
      {
        id: "data-of",
        label: "Songs",
        hint: "Split 80 / 10 / 10 at random, by the seed, into training, validation and test. Songs of one artist may lie in all three, which flatters: see notebook 02.",
      },
      options("data", dataNames),
    ),
    features: new FeaturesField(
      { id: "features", label: "Features", hint: "What the network sees of a song: its input columns." },
      changed,
    ),
    scaler: radioField(
      {
        id: "scaler",
        label: "StandardScaler fitted on",
        hint: "The scaler brings each feature to mean 0 and standard deviation 1.",
      },
      [
        { value: "all", label: "all rows, as study 2 did: a leak, for the means and deviations know the test songs" },
        { value: "train", label: "the training rows only: honest" },
      ],
    ),
  };
}

function networkFields(changed: () => void) {
  return {
    hidden: layersField(
      {
        id: "hidden",
        label: "Hidden layers (Dense)",
        hint: "Without any, the network is a logistic regression (linear for 2023).",
      },
      changed,
    ),
    activation: choiceField(
      { id: "activation", label: "Activation", hint: "Of the hidden units. relu is max(0, x)." },
      options("activation"),
    ),
    dropout: numberField({
      id: "dropout",
      label: "Dropout",
      hint: "This share of each hidden layer's outputs is dropped at random in training. 0: none.",
    }),
    l1: numberField({
      id: "l1",
      label: "L1 penalty",
      hint: "Adds l1 · Σ|w| of the hidden layers to the loss: pushes weights to 0.",
    }),
    l2: numberField({ id: "l2", label: "L2 penalty", hint: "Adds l2 · Σw²: keeps weights small." }),
  };
}

function trainingFields() {
  return {
    optimizer: choiceField(
      { id: "optimizer", label: "Optimizer", hint: "Adam and RMSprop give each weight a step size of its own." },
      options("optimizer", optimizerNames),
    ),
    learningRate: numberField({
      id: "learning-rate",
      label: "Learning rate",
      hint: "Length of a step: too large and the loss leaps, too small and it creeps.",
    }),
    batchSize: numberField({ id: "batch-size", label: "Batch size", hint: "Songs per step." }),
    epochs: numberField({
      id: "epochs-wanted",
      label: "Epochs",
      hint: "How often it goes through all training songs.",
    }),
    seed: numberField({
      id: "seed",
      label: "Seed",
      hint: "Decides the split, the first weights, the order of the songs and what is dropped. Same seed, same digits.",
    }),
  };
}
