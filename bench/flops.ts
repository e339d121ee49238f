import type { Network } from "./settings";

/**
 * Floating-point operations of the matrix products for one row: forward, and by `training` also backward (the gradients
 * of weights and of inputs, as much again each; that of the first layer's inputs is counted although none is wanted, as
 * is usual). Activations and the optimizer are left out.
 */
export function flopsPerRow(network: Network, { training }: { training: boolean }): number {
  const [first, second] = network.input;
  let steps = second === undefined ? 1 : first;
  let width = second ?? first;
  let flops = 0;
  for (const layer of network.layers) {
    if ("lstm" in layer) {
      flops += 2 * steps * 4 * layer.lstm * (width + layer.lstm);
      width = layer.lstm;
      if (!layer.sequences) steps = 1;
    } else if ("dense" in layer) {
      flops += 2 * steps * width * layer.dense;
      width = layer.dense;
    }
  }
  return training ? 3 * flops : flops;
}
