/**
 * The LSTM layer with sigmoid gates and tanh cell, in Keras' order of gates i, f, g, o:
 *
 *     [i f g o]_t = x_t W + h_(t-1) R + b
 *     c_t = sigmoid(f) c_(t-1) + sigmoid(i) tanh(g)
 *     h_t = sigmoid(o) tanh(c_t)
 *
 * x [T, B, I] (time-major), W [I, 4U], R [U, 4U], b [4U], h and c [T, B, U]; U is a multiple of four. h and c begin
 * with zeros, so that the first step needs no recurrent product, nor does its gradient go anywhere.
 *
 * The input products of all steps are one matrix product; the recurrent one goes step by step, with R packed once. On
 * the way back the weights' gradients are one product over all steps again, and the gradient that reaches h_(t-1) from
 * above is what the recurrent product begins with.
 *
 * Source: Hochreiter, Schmidhuber, "Long short-term memory", Neural Computation 9(8), 1997; with the forget gate of
 * Gers, Schmidhuber, Cummins, 2000. Gradients: Greff et al., "LSTM: A Search Space Odyssey", 2017, appendix.
 */
import { Layer } from "./layer";
import { columnSums, multiply, multiplyTransposed, pack, packedRow, packTransposed } from "./matmul";
import { gate4, tanh4 } from "./special";

export function lstmForward(layer: Layer, batch: i32): void {
  const steps = layer.steps;
  const units = layer.units;
  const gates = units << 2;
  const unitRow = (<usize>units) << 2;
  const stepGates = (<usize>(batch * gates)) << 2;
  const stepUnits = (<usize>(batch * units)) << 2;
  pack(layer.weights, layer.inputs, gates, layer.packed);
  multiply(layer.x, layer.packed, layer.bias, 0, layer.z, steps * batch, layer.inputs, gates);
  pack(layer.recurrent, units, gates, layer.packed);
  let z = layer.z;
  let c = layer.c;
  let tanhC = layer.tanhC;
  let h = layer.h;
  for (let t = 0; t < steps; t++) {
    if (t > 0) multiply(h - stepUnits, layer.packed, z, unitRow << 2, z, batch, units, gates);
    cells(z, t > 0 ? c - stepUnits : layer.zeros, c, tanhC, h, batch, units);
    z += stepGates;
    c += stepUnits;
    tanhC += stepUnits;
    h += stepUnits;
  }
  if (!layer.sequences) memory.copy(layer.y, h - stepUnits, stepUnits);
}

/** One step's gates, in place, and what they make of the cells. */
function cells(z: usize, before: usize, c: usize, tanhC: usize, h: usize, batch: i32, units: i32): void {
  const gate = (<usize>units) << 2;
  for (let n = 0; n < batch; n++) {
    const end = z + gate;
    while (z < end) {
      const i = gate4(v128.load(z));
      const f = gate4(v128.load(z + gate));
      const g = tanh4(v128.load(z + 2 * gate));
      const o = gate4(v128.load(z + 3 * gate));
      const cell = f32x4.add(f32x4.mul(f, v128.load(before)), f32x4.mul(i, g));
      const squashed = tanh4(cell);
      v128.store(z, i);
      v128.store(z + gate, f);
      v128.store(z + 2 * gate, g);
      v128.store(z + 3 * gate, o);
      v128.store(c, cell);
      v128.store(tanhC, squashed);
      v128.store(h, f32x4.mul(o, squashed));
      z += 16;
      before += 16;
      c += 16;
      tanhC += 16;
      h += 16;
    }
    z += 3 * gate;
  }
}

/** Gradients of weights, recurrent weights and bias, and of x where it is wanted. The gates become their gradients. */
export function lstmBackward(layer: Layer, batch: i32): void {
  const steps = layer.steps;
  const units = layer.units;
  const gates = units << 2;
  const stepGates = (<usize>(batch * gates)) << 2;
  const stepUnits = (<usize>(batch * units)) << 2;
  const unitRow = (<usize>units) << 2;
  packTransposed(layer.recurrent, gates, units, layer.packed);
  memory.fill(layer.dc, 0, stepUnits);
  let z = layer.z + <usize>(steps - 1) * stepGates;
  let dy = layer.sequences ? layer.dy + <usize>(steps - 1) * stepUnits : layer.dy;
  let dh = dy;
  for (let t = steps - 1; t >= 0; t--) {
    const at = <usize>t * stepUnits;
    cellsBackward(z, t > 0 ? layer.c + at - stepUnits : layer.zeros, layer.tanhC + at, dh, layer.dc, batch, units);
    if (t == 0) break;
    dy = layer.sequences ? dy - stepUnits : layer.zeros;
    multiply(z, layer.packed, dy, unitRow, layer.dh, batch, gates, units);
    dh = layer.dh;
    z -= stepGates;
  }
  weightGradients(layer, batch);
}

function weightGradients(layer: Layer, batch: i32): void {
  const rows = layer.steps * batch;
  const units = layer.units;
  const gates = units << 2;
  pack(layer.z, rows, gates, layer.packed);
  multiplyTransposed(layer.x, layer.packed, rows, layer.zeros, layer.dWeights, layer.inputs, rows, gates);
  columnSums(layer.z, rows, gates, layer.dBias);
  // h_(t-1) belongs to the gates of step t: the last step's h and the first step's gates have no partner.
  const later = layer.packed + packedRow(batch);
  multiplyTransposed(layer.h, later, rows, layer.zeros, layer.dRecurrent, units, rows - batch, gates);
  if (!layer.dx) return;
  packTransposed(layer.weights, gates, layer.inputs, layer.packed);
  multiply(layer.z, layer.packed, layer.zeros, 0, layer.dx, rows, gates, layer.inputs);
}

/**
 * One step back. With i, f, g, o after their activations and dh from the next step and from above:
 *
 *     dc += dh o (1 - tanh(c)^2)
 *     di = dc g i (1 - i),  df = dc c_(t-1) f (1 - f),  dg = dc i (1 - g^2),  do = dh tanh(c) o (1 - o)
 *
 * and then dc f is what reaches the step before.
 */
function cellsBackward(z: usize, before: usize, tanhC: usize, dh: usize, dc: usize, batch: i32, units: i32): void {
  const gate = (<usize>units) << 2;
  const one = f32x4.splat(1);
  for (let n = 0; n < batch; n++) {
    const end = z + gate;
    while (z < end) {
      const i = v128.load(z);
      const f = v128.load(z + gate);
      const g = v128.load(z + 2 * gate);
      const o = v128.load(z + 3 * gate);
      const squashed = v128.load(tanhC);
      const dOut = v128.load(dh);
      const slope = f32x4.mul(o, f32x4.sub(one, f32x4.mul(squashed, squashed)));
      const dCell = f32x4.add(v128.load(dc), f32x4.mul(dOut, slope));
      const dI = f32x4.mul(f32x4.mul(dCell, g), f32x4.mul(i, f32x4.sub(one, i)));
      const dF = f32x4.mul(f32x4.mul(dCell, v128.load(before)), f32x4.mul(f, f32x4.sub(one, f)));
      const dG = f32x4.mul(f32x4.mul(dCell, i), f32x4.sub(one, f32x4.mul(g, g)));
      const dO = f32x4.mul(f32x4.mul(dOut, squashed), f32x4.mul(o, f32x4.sub(one, o)));
      v128.store(z, dI);
      v128.store(z + gate, dF);
      v128.store(z + 2 * gate, dG);
      v128.store(z + 3 * gate, dO);
      v128.store(dc, f32x4.mul(dCell, f));
      z += 16;
      before += 16;
      tanhC += 16;
      dh += 16;
      dc += 16;
    }
    z += 3 * gate;
  }
}
