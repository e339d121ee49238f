/**
 * One layer as the planner (lib/src/kernels/plan.ts) lays it out: what it is, its sizes, and where everything lies.
 *
 * The fields are 4 bytes each, in this order; the planner writes them by name (lib/src/kernels/records.ts has the same
 * list, and a test compares the two sizes). An address of 0 says: there is none, or it is not wanted.
 */
export class Layer {
  /** One of the kinds below. */
  kind: i32 = 0;
  /** Numbers per row that come in. */
  inputs: i32 = 0;
  /** Numbers per row that go out; an LSTM's are filled up to a multiple of four with units that stay zero. */
  units: i32 = 0;
  /** Rows per sample: the steps of a sequence, else 1. */
  steps: i32 = 0;
  /** Kind of activation (activation.ts). */
  activation: i32 = 0;
  /** 1: the loss gives the gradient before the activation. */
  fused: i32 = 0;
  /** 1: an LSTM hands on all steps, not only the last. */
  sequences: i32 = 0;
  /** Place among the layers: tells a dropout's masks from another's. */
  index: i32 = 0;
  /** Share that a dropout sets to zero. */
  rate: f32 = 0;

  /** Input, [steps, batch, inputs]. */
  x: usize = 0;
  /** Output, [steps, batch, units]. */
  y: usize = 0;
  /** Before the activation (dense: may be y itself); of an LSTM the gates, [steps, batch, 4 units]. */
  z: usize = 0;
  /** dL/dy, shaped as y; overwritten. */
  dy: usize = 0;
  /** dL/dx, shaped as x. */
  dx: usize = 0;

  weights: usize = 0;
  recurrent: usize = 0;
  bias: usize = 0;
  dWeights: usize = 0;
  dRecurrent: usize = 0;
  dBias: usize = 0;

  /** LSTM: outputs of all steps, [steps, batch, units]. */
  h: usize = 0;
  /** LSTM: cells, [steps, batch, units]. */
  c: usize = 0;
  /** LSTM: tanh of the cells. */
  tanhC: usize = 0;
  /** LSTM: dL/dh of the step at hand, [batch, units]. */
  dh: usize = 0;
  /** LSTM: dL/dc of the step at hand, [batch, units]. */
  dc: usize = 0;

  /** Dropout: 0 or 1 / (1 - rate), shaped as y. */
  mask: usize = 0;
  /** Room for a packed matrix (matmul.ts). */
  packed: usize = 0;
  /** Zeros, as many as the widest row or an LSTM's [batch, units] has; never written. */
  zeros: usize = 0;
}

export namespace Kind {
  export const DENSE = 0;
  export const LSTM = 1;
  export const DROPOUT = 2;
  export const ACTIVATION = 3;
}

export function layerSize(): i32 {
  return offsetof<Layer>();
}
