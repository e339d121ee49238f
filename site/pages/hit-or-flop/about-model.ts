import { listed } from "../../../lib/src/show/format";
import { fitted } from "./fitted";
import type { Choice } from "./judge";

/** What a model is, in a line, for who has not read the notebook. */
export function aboutModel({ era, model }: Choice, trees: number): string {
  if (model === "forest") return `The mean of ${trees} decision trees.`;
  if (model === "logistic") return "A weighted sum of the fifteen numbers, made a probability.";
  const hidden = fitted.eras[era].network.spec.layers.slice(0, -1);
  const units = hidden.flatMap((layer) => (layer.kind === "dense" ? [String(layer.units)] : []));
  return `A neural network; layers of ${listed(units)} units.`;
}
