import { HitlabError } from "../errors";
import { floatsOf, type Parameter, type ParameterShape } from "./parameters";
import type { DenseSpec, LayerSpec, LstmSpec, NetworkSpec } from "./spec";

/** A layer with the sizes that it gets from those below it. A flatten is gone: it changes nothing here. */
export interface PlacedLayer {
  readonly spec: Exclude<LayerSpec, { kind: "flatten" }>;
  /** Rows per sample that come in and go out: the steps of a sequence, else 1. */
  readonly steps: number;
  readonly outSteps: number;
  /** Numbers per row that come in and go out, an LSTM's filled up to a multiple of four. */
  readonly inputs: number;
  readonly units: number;
  /** In tf's order: kernel, recurrent kernel, bias. */
  readonly parameters: readonly Parameter[];
}

export interface PlacedNetwork {
  /** Shape of an input row: steps (1 for plain features) times features. */
  readonly steps: number;
  readonly features: number;
  readonly layers: readonly PlacedLayer[];
  /** Floats of all parameters. */
  readonly length: number;
}

/** How a row of numbers looks between two layers: `real` of the `width` numbers are not filling. */
interface Flow {
  /** A sequence of steps, though it be one, and not a row of features. */
  readonly sequence: boolean;
  readonly steps: number;
  readonly width: number;
  readonly real: number;
}

/**
 * Works out every layer's sizes and where its weights lie in the vector of all parameters.
 *
 * @throws HitlabError naming the layer that the kernels cannot take there
 */
export function placeNetwork(network: NetworkSpec): PlacedNetwork {
  const input = inputFlow(network);
  const layers: PlacedLayer[] = [];
  let flow = input;
  let offset = 0;
  for (const [index, spec] of network.layers.entries()) {
    if (spec.kind === "flatten") {
      if (flow.steps > 1) throw refused(index, "flatten", "only on the network's input or on rows of features");
      flow = { ...flow, sequence: false };
      continue;
    }
    if (spec.kind === "lstm" && !flow.sequence) throw refused(index, "lstm", "only on sequences [steps, features]");
    // Sigmoid and softmax would make something of the zeros that an LSTM is filled up with.
    if (spec.kind === "activation" && flow.real !== flow.width) {
      throw refused(index, "activation", "only above a dense layer, or above an LSTM with a multiple of four units");
    }
    const after = outFlow(spec, flow);
    const parameters = parametersOf(spec, flow, after).map((shape) => {
      offset += floatsOf(shape);
      return { ...shape, offset: offset - floatsOf(shape) };
    });
    layers.push({ spec, steps: flow.steps, outSteps: after.steps, inputs: flow.width, units: after.width, parameters });
    flow = after;
  }
  const last = network.layers.length - 1;
  if (flow.steps > 1)
    throw refused(last, network.layers[last]?.kind, "only with rows of outputs, not sequences, at the end");
  if (flow.real !== flow.width) throw refused(last, "lstm", "only below a dense layer");
  if (!layers.some(({ parameters }) => parameters.length > 0))
    throw refused(last, "no layer", "only with weights to train");
  return { steps: input.steps, features: input.width, layers, length: offset };
}

/** A flatten on top of the input makes one row of it; the numbers lie the same way. */
function inputFlow({ input, layers }: NetworkSpec): Flow {
  const size = input.reduce((product, length) => product * length, 1);
  if (input.length > 2 || input.length < 1 || !Number.isInteger(size) || size < 1) {
    throw new HitlabError({
      what: "the kernels take inputs of shape [features] or [steps, features]",
      value: `[${input.join(", ")}]`,
      remedy: 'use such a shape, or train with engine: "tfjs"',
    });
  }
  const isRow = input.length === 1 || layers[0]?.kind === "flatten";
  if (isRow) return { sequence: false, steps: 1, width: size, real: size };
  return { sequence: true, steps: input[0], width: input[1], real: input[1] };
}

function outFlow(spec: PlacedLayer["spec"], flow: Flow): Flow {
  if (spec.kind === "dense") return { ...flow, width: spec.units, real: spec.units };
  if (spec.kind !== "lstm") return flow;
  const { units, returnSequences } = spec;
  const steps = returnSequences ? flow.steps : 1;
  return { sequence: returnSequences, steps, width: Math.ceil(units / 4) * 4, real: units };
}

function parametersOf(spec: PlacedLayer["spec"], flow: Flow, after: Flow): ParameterShape[] {
  if (spec.kind === "dense") return denseParameters(spec, flow);
  return spec.kind === "lstm" ? lstmParameters(spec, flow, after.width) : [];
}

function denseParameters(spec: DenseSpec, { real, width }: Flow): ParameterShape[] {
  const { units, bias, kernelPenalty, biasPenalty } = spec;
  const across = { gates: 1, columns: units, width: units };
  const kernel = { ...across, rows: real, height: width, penalty: kernelPenalty };
  return bias ? [kernel, { ...across, rows: 1, height: 1, penalty: biasPenalty }] : [kernel];
}

function lstmParameters(spec: LstmSpec, flow: Flow, width: number): ParameterShape[] {
  const across = { gates: 4, columns: spec.units, width };
  return [
    { ...across, rows: flow.real, height: flow.width, penalty: spec.kernelPenalty },
    { ...across, rows: spec.units, height: width, penalty: spec.recurrentPenalty },
    { ...across, rows: 1, height: 1, penalty: spec.biasPenalty },
  ];
}

function refused(index: number, kind: string | undefined, where: string): HitlabError {
  return new HitlabError({
    what: `the kernels take layer ${index + 1} of the network (${kind ?? "none"}) ${where}`,
    remedy: 'change the network, or train it with engine: "tfjs"',
  });
}
