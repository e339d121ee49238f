import { HitlabError } from "../errors";
import { sameNames } from "./names";
import { fittedInputs, inputsOf, type Rows } from "./rows";
import { fitStep } from "./step";
import type { Step, Transformer } from "./transformer";

/** Transformers one after the other, as one. */
export interface Pipeline extends Transformer {
  readonly kind: "pipeline";
  readonly steps: readonly Transformer[];
  toJSON(): PipelineJSON;
}

export interface PipelineJSON {
  readonly format: "hitlab-pipeline";
  readonly version: 1;
  readonly inputs: readonly string[];
  /** What each step's `toJSON` gives. */
  readonly steps: readonly object[];
}

/**
 * Joins steps of preparation into one transformer: the first is fit on the train rows, each further one on the train
 * rows as those before it leave them. Fit it on train rows only, and apply it to train and test alike.
 *
 * @param train rows to learn from
 * @param steps how to learn each transformer, for example `prepare.standard` or `(rows) => prepare.oneHot(rows, { ... })`
 * @throws HitlabError as the steps, saying which one
 * @example
 * ```ts
 * const prepared = prepare.pipeline(parts.train, [
 *   (rows) => prepare.imputer(rows, { strategy: "median", indicators: true }),
 *   prepare.onColumns(["in_spotify_playlists"], (rows) => prepare.logTransform(rows)),
 *   (rows) => prepare.oneHot(rows, { columns: ["key", "mode"], unknown: "ignore" }),
 *   prepare.standard,
 * ]);
 * const [train, test] = [prepared.apply(parts.train), prepared.apply(parts.test)];
 * const again = prepare.pipelineFromJSON(JSON.parse(JSON.stringify(prepared))); // the same digits
 * ```
 */
export function pipeline<S extends Rows>(train: S, steps: readonly Step<NoInfer<S>>[]): Pipeline {
  const { names } = inputsOf(train, "pipeline");
  if (!Array.isArray(steps)) {
    const remedy = "pass for example [prepare.minMax]";
    throw new HitlabError({ what: "a pipeline needs a list of steps", value: steps, remedy });
  }
  const fitted: Transformer[] = [];
  let rows = train;
  steps.forEach((step, i) => {
    const transformer = inStep(i, "", () => fitStep(step, rows));
    // The last step's rows are of use to nobody.
    if (i < steps.length - 1) rows = inStep(i, transformer.kind, () => transformer.apply(rows));
    fitted.push(transformer);
  });
  return new FittedPipeline([...names], fitted);
}

/** A pipeline of transformers that fit one another. @throws HitlabError if they do not */
export function joined(
  inputs: readonly string[],
  steps: readonly Transformer[],
  bad: (found: string) => Error,
): Pipeline {
  steps.reduce((names, step, i) => {
    if (sameNames(step.inputs, names)) return step.names;
    throw bad(`step ${i + 1} was fit on other columns than come out of those before`);
  }, inputs);
  return new FittedPipeline(inputs, steps);
}

class FittedPipeline implements Pipeline {
  readonly kind = "pipeline";
  readonly names: readonly string[];

  constructor(
    readonly inputs: readonly string[],
    readonly steps: readonly Transformer[],
  ) {
    this.names = steps.length > 0 ? steps[steps.length - 1].names : inputs;
  }

  apply<S extends Rows>(rows: S): S {
    fittedInputs(rows, this.inputs, this.kind);
    return this.steps.reduce((some, step, i) => inStep(i, step.kind, () => step.apply(some)), rows);
  }

  toJSON(): PipelineJSON {
    const steps = this.steps.map((step) => step.toJSON());
    return { format: "hitlab-pipeline", version: 1, inputs: [...this.inputs], steps };
  }
}

/** Adds the step's number to what a HitlabError says. */
function inStep<T>(i: number, kind: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HitlabError)) throw error;
    const step = `step ${i + 1}${kind && ` (${kind})`} of the pipeline`;
    throw new HitlabError({ ...error.fault, what: `${step}: ${error.fault.what}` });
  }
}
