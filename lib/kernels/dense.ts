/**
 * The dense layer: y = f(x W + b), row by row. On sequences it works on every step alike.
 *
 * x [rows, inputs], W [inputs, units], b [units], y [rows, units].
 */
import { activate, activateBackward } from "./activation";
import { Layer } from "./layer";
import { columnSums, multiply, multiplyTransposed, pack, packTransposed } from "./matmul";

/** z = x W + b, then y = f(z); the products begin with the bias, so that it costs no pass of its own. */
export function denseForward(layer: Layer, rows: i32): void {
  pack(layer.weights, layer.inputs, layer.units, layer.packed);
  const bias = layer.bias ? layer.bias : layer.zeros;
  multiply(layer.x, layer.packed, bias, 0, layer.z, rows, layer.inputs, layer.units);
  activate(layer.activation, layer.z, layer.y, rows, layer.units);
}

/**
 * From dL/dy (in place: dL/dz = dL/dy f'(z), unless the loss already gave it): dW = x' dz, db = column sums of dz,
 * dx = dz W'.
 */
export function denseBackward(layer: Layer, rows: i32): void {
  const dy = layer.dy;
  const inputs = layer.inputs;
  const units = layer.units;
  if (!layer.fused) activateBackward(layer.activation, layer.y, dy, rows, units);
  pack(dy, rows, units, layer.packed);
  multiplyTransposed(layer.x, layer.packed, rows, layer.zeros, layer.dWeights, inputs, rows, units);
  if (layer.dBias) columnSums(dy, rows, units, layer.dBias);
  if (!layer.dx) return;
  packTransposed(layer.weights, units, inputs, layer.packed);
  multiply(dy, layer.packed, layer.zeros, 0, layer.dx, rows, units, inputs);
}
