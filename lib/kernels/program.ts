/**
 * A network with its training, laid out by the planner (lib/src/kernels/plan.ts), and what is done with it: train on a
 * number of batches, evaluate, predict. One call may last an epoch.
 */
import { activate, activateBackward } from "./activation";
import { denseBackward, denseForward } from "./dense";
import { dropoutBackward, dropoutForward } from "./dropout";
import { Kind, Layer } from "./layer";
import { loss } from "./loss";
import { lstmBackward, lstmForward } from "./lstm";
import { absoluteError, correct } from "./metric";
import { adam, rmsprop, sgd } from "./optimizer";
import { penalty, penaltyGradient } from "./penalty";

/** Fields of 8 bytes first, then of 4, so that the planner can write them one after another. */
export class Program {
  /** Products beta^t of Adam's bias correction, after the steps so far. */
  power1: f64 = 1;
  power2: f64 = 1;
  /** Sums over the rows of the epoch so far. */
  lossSum: f64 = 0;
  correctSum: f64 = 0;
  absoluteSum: f64 = 0;
  /** Sums over the rows of the last evaluation. */
  heldOutLoss: f64 = 0;
  heldOutCorrect: f64 = 0;
  heldOutAbsolute: f64 = 0;

  /** Layer records, one after another. */
  layers: usize = 0;
  layerCount: i32 = 0;
  /** Penalty records (first weight, gradient, count, l1, l2), one after another. */
  penalties: usize = 0;
  penaltyCount: i32 = 0;

  /** Shape of a row: `steps` times `features` numbers (steps 1 for rows of features), and what comes out. */
  steps: i32 = 0;
  features: i32 = 0;
  outputs: i32 = 0;
  /** Rows of a training step, and the most that there is room for: what an evaluation takes at once. */
  batch: i32 = 0;
  capacity: i32 = 0;
  /** A batch of inputs [steps, batch, features], of targets, of row weights. */
  x: usize = 0;
  y: usize = 0;
  w: usize = 0;
  /** Before the last activation; the output; the loss' gradient. */
  z: usize = 0;
  p: usize = 0;
  g: usize = 0;

  /** All parameters, their gradients, the optimizer's memory (three vectors, as many as it needs); their length. */
  parameters: usize = 0;
  gradients: usize = 0;
  slot1: usize = 0;
  slot2: usize = 0;
  slot3: usize = 0;
  parameterCount: i32 = 0;

  lossKind: i32 = 0;
  metricKind: i32 = 0;
  /** Huber's delta. */
  delta: f32 = 0;
  optimizer: i32 = 0;
  rate: f32 = 0;
  /** Adam: 1 - beta1, 1 - beta2; RMSprop: rho, momentum; SGD: momentum, Nesterov (0 or 1). */
  setting1: f32 = 0;
  setting2: f32 = 0;
  epsilon: f32 = 0;
  /** Key of the dropout masks, and the epoch and step that they are drawn for. */
  seed: u32 = 0;
  stream: u32 = 0;
  epoch: i32 = 0;
  step: i32 = 0;

  /** Training rows: inputs, targets, weights (0: all count 1), their order, how many, how many are done. */
  trainX: usize = 0;
  trainY: usize = 0;
  trainW: usize = 0;
  order: usize = 0;
  trainRows: i32 = 0;
  done: i32 = 0;
}

class PenaltyRecord {
  weights: usize = 0;
  gradient: usize = 0;
  count: i32 = 0;
  l1: f32 = 0;
  l2: f32 = 0;
}

namespace Optimizer {
  export const ADAM = 0;
  export const RMSPROP = 1;
}

/** Sizes of the records, for the test that the planner writes the same. */
export function programSize(): i32 {
  return offsetof<Program>();
}

function layerAt(program: Program, index: i32): Layer {
  return changetype<Layer>(program.layers + <usize>index * offsetof<Layer>());
}

/** Trains on up to `steps` batches of the epoch; returns the rows of it that are done. */
export function trainSteps(at: usize, steps: i32): i32 {
  const program = changetype<Program>(at);
  for (let i = 0; i < steps && program.done < program.trainRows; i++) {
    const rows = min(program.batch, program.trainRows - program.done);
    const order = program.order + ((<usize>program.done) << 2);
    gather(program, program.trainX, program.trainY, program.trainW, order, 0, rows);
    forward(program, rows, true);
    const sum = lossOf(program, program.trainW ? program.w : 0, program.g, rows);
    program.lossSum += sum + <f64>rows * penalties(program);
    program.correctSum += correct(program.metricKind, program.p, program.y, rows, program.outputs);
    program.absoluteSum += absoluteError(program.p, program.y, rows, program.outputs);
    backward(program, rows);
    update(program);
    program.done += rows;
    program.step += 1;
  }
  return program.done;
}

/** Loss (with penalties), metrics over rows in their own order, left in the program's held-out sums. */
export function evaluate(at: usize, x: usize, y: usize, rows: i32): void {
  const program = changetype<Program>(at);
  program.heldOutLoss = 0;
  program.heldOutCorrect = 0;
  program.heldOutAbsolute = 0;
  for (let from = 0; from < rows; from += program.capacity) {
    const count = min(program.capacity, rows - from);
    gather(program, x, y, 0, 0, from, count);
    forward(program, count, false);
    program.heldOutLoss += lossOf(program, 0, 0, count);
    program.heldOutCorrect += correct(program.metricKind, program.p, program.y, count, program.outputs);
    program.heldOutAbsolute += absoluteError(program.p, program.y, count, program.outputs);
  }
  program.heldOutLoss += <f64>rows * penalties(program);
}

/** out [rows, outputs] = what the network says for x [rows, steps * features]. */
export function predict(at: usize, x: usize, rows: i32, out: usize): void {
  const program = changetype<Program>(at);
  const row = (<usize>program.outputs) << 2;
  for (let from = 0; from < rows; from += program.capacity) {
    const count = min(program.capacity, rows - from);
    gather(program, x, 0, 0, 0, from, count);
    forward(program, count, false);
    memory.copy(out + <usize>from * row, program.p, <usize>count * row);
  }
}

/** Brings rows into the batch's place, sequences time-major. Without an order: the rows from `first` on. */
function gather(program: Program, x: usize, y: usize, w: usize, order: usize, first: i32, rows: i32): void {
  const step = (<usize>program.features) << 2;
  const input = <usize>program.steps * step;
  const target = (<usize>program.outputs) << 2;
  for (let i = 0; i < rows; i++) {
    const row = <usize>(order ? load<i32>(order + ((<usize>i) << 2)) : first + i);
    for (let t = 0; t < program.steps; t++) {
      copy(program.x + <usize>(t * rows + i) * step, x + row * input + <usize>t * step, step);
    }
    if (y) copy(program.y + <usize>i * target, y + row * target, target);
    if (w) store<f32>(program.w + ((<usize>i) << 2), load<f32>(w + (row << 2)));
  }
}

/** Copies whole floats; for a few of them memory.copy takes longer to call than to run. */
function copy(to: usize, from: usize, bytes: usize): void {
  for (const end = from + (bytes & ~15); from < end; from += 16, to += 16) v128.store(to, v128.load(from));
  for (const end = from + (bytes & 15); from < end; from += 4, to += 4) store<f32>(to, load<f32>(from));
}

function forward(program: Program, rows: i32, training: bool): void {
  for (let i = 0; i < program.layerCount; i++) {
    const layer = layerAt(program, i);
    const all = layer.steps * rows;
    if (layer.kind == Kind.DENSE) denseForward(layer, all);
    else if (layer.kind == Kind.LSTM) lstmForward(layer, rows);
    else if (layer.kind == Kind.ACTIVATION) activate(layer.activation, layer.x, layer.y, all, layer.units);
    else {
      const numbers = all * layer.units;
      memory.copy(layer.y, layer.x, (<usize>numbers) << 2);
      if (training) dropout(program, layer, numbers);
    }
  }
}

function dropout(program: Program, layer: Layer, numbers: i32): void {
  const epoch = program.epoch;
  const step = program.step;
  dropoutForward(layer.y, layer.mask, numbers, layer.rate, program.seed, program.stream, epoch, step, layer.index);
}

function backward(program: Program, rows: i32): void {
  for (let i = program.layerCount - 1; i >= 0; i--) {
    const layer = layerAt(program, i);
    // No layer below has weights.
    if (!layer.dy) return;
    const all = layer.steps * rows;
    if (layer.kind == Kind.DENSE) denseBackward(layer, all);
    else if (layer.kind == Kind.LSTM) lstmBackward(layer, rows);
    else if (layer.kind == Kind.DROPOUT) dropoutBackward(layer.dy, layer.mask, all * layer.units);
    else if (!layer.fused) activateBackward(layer.activation, layer.y, layer.dy, all, layer.units);
  }
}

/** The batch's loss, summed over its rows; the gradient of its mean goes to `g`, if that is not 0. */
function lossOf(program: Program, w: usize, g: usize, rows: i32): f64 {
  const outputs = program.outputs;
  return loss(program.lossKind, program.z, program.p, program.y, w, g, rows, outputs, program.delta);
}

/** The penalties' sum at the weights as they are. */
function penalties(program: Program): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < program.penaltyCount; i++) {
    const record = changetype<PenaltyRecord>(program.penalties + <usize>i * offsetof<PenaltyRecord>());
    sum += penalty(record.weights, record.count, record.l1, record.l2);
  }
  return sum;
}

/** One step of the optimizer. */
function update(program: Program): void {
  for (let i = 0; i < program.penaltyCount; i++) {
    const record = changetype<PenaltyRecord>(program.penalties + <usize>i * offsetof<PenaltyRecord>());
    penaltyGradient(record.weights, record.gradient, record.count, record.l1, record.l2);
  }
  const w = program.parameters;
  const g = program.gradients;
  const n = program.parameterCount;
  const slot1 = program.slot1;
  const rate = program.rate;
  if (program.optimizer == Optimizer.ADAM) {
    program.power1 *= 1 - <f64>program.setting1;
    program.power2 *= 1 - <f64>program.setting2;
    const corrected = (<f64>rate * sqrt<f64>(1 - program.power2)) / (1 - program.power1);
    adam(w, g, slot1, program.slot2, n, <f32>corrected, program.setting1, program.setting2, program.epsilon);
  } else if (program.optimizer == Optimizer.RMSPROP) {
    rmsprop(w, g, slot1, program.slot2, program.slot3, n, rate, program.setting1, program.setting2, program.epsilon);
  } else {
    sgd(w, g, slot1, n, rate, program.setting1, <i32>program.setting2);
  }
}

/** First address that is free: what lies below are the module's own constants. */
export function heapBase(): usize {
  return __heap_base;
}
