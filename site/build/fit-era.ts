import { linear, networks } from "hitlab";
import type { LayerSpec } from "hitlab/kernels/spec";
import type { FittedLogistic, FittedNetwork } from "../pages/shared/fitted-models";
import type { ScalerPayload } from "../pages/shared/payloads";
import { seed, type studyParts } from "./era-songs";
import { fitNetwork } from "./fit-network";
import { scoresOf } from "./scores";

type Parts = ReturnType<typeof studyParts>;

/** The logistic regression of an era, on study 4's training songs. */
export function fittedLogistic(parts: Parts): FittedLogistic {
  const model = linear.fitLogisticRegression(parts.train);
  return {
    scaler: scalerOf(parts),
    weights: [...model.coefficients],
    intercept: model.intercept,
    test: scoresOf(parts.test.y, model.predictProbability(parts.test.x)),
  };
}

/** The network of an era, on study 4's training songs. */
export async function fittedNetwork(parts: Parts): Promise<FittedNetwork> {
  const model = await fitNetwork(parts.train, seed);
  const { spec, weights } = networks.portable(model);
  return {
    scaler: scalerOf(parts),
    spec: { ...spec, layers: spec.layers.map(withoutPenalties) },
    weights: float32Text(weights.flat()),
    test: scoresOf(parts.test.y, networks.predictProbability(model, parts.test.x)),
  };
}

/** What only a training needs is left out of what a page loads. */
function withoutPenalties(layer: LayerSpec): LayerSpec {
  if (layer.kind !== "dense") return layer;
  const { kind, units, activation, bias } = layer;
  return { kind, units, activation, bias };
}

function scalerOf({ scaler }: Pick<Parts, "scaler">): ScalerPayload {
  return { mean: [...scaler.center], deviation: [...scaler.scale] };
}

/** Float32s, little-endian on every machine, in base64. */
function float32Text(values: readonly number[]): string {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    bytes.writeFloatLE(value, 4 * i);
  });
  return bytes.toString("base64");
}
