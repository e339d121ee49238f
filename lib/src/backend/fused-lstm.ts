import * as tf from "@tensorflow/tfjs";

/** The calls of LSTM layers registered here. */
const own = new WeakSet<LstmLayer["call"]>();

/**
 * Makes tfjs' LSTM layers run as one TensorFlow operation (`BlockLSTMV2`, backwards `BlockLSTMGradV2`) while tfjs is on
 * its tensorflow backend. Calling it again changes nothing.
 *
 * tfjs goes through the time steps in JavaScript, with a dozen small operations at each: most of a training step goes
 * into calling them. Layers that the operation cannot run keep tfjs' loop: other activations than tanh and sigmoid, no
 * bias, dropout inside the layer, masks, states that are given, returned or kept, or time running backwards. The
 * operation has no second derivative.
 */
export function fuseLstm(): void {
  const [lstm] = tf.serialization.SerializationMap.getMap().classNameMap.LSTM;
  const prototype = lstm.prototype as unknown as LstmLayer;
  const loop = prototype.call;
  if (own.has(loop)) return;
  prototype.call = function (inputs, options) {
    const [x, ...others] = [inputs].flat();
    const isFused = tf.getBackend() === "tensorflow" && others.length === 0 && canFuse(this, x, options);
    return isFused ? tf.tidy(() => run(this, x)) : loop.call(this, inputs, options);
  };
  own.add(prototype.call);
}

/** What is read of tfjs' LSTM layer. */
interface LstmLayer {
  readonly cell: {
    readonly kernel: Weight;
    readonly recurrentKernel: Weight;
    readonly bias: Weight | null;
    readonly activation: tf.serialization.Serializable;
    readonly recurrentActivation: tf.serialization.Serializable;
    readonly dropout: number;
    readonly recurrentDropout: number;
  };
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly stateful: boolean;
  readonly goBackwards: boolean;
  call(inputs: tf.Tensor | tf.Tensor[], options?: CallOptions | null): tf.Tensor | tf.Tensor[];
}

interface Weight {
  read(): tf.Tensor2D;
}

interface CallOptions {
  readonly mask?: unknown;
  readonly initialState?: unknown;
}

function canFuse(layer: LstmLayer, x: tf.Tensor, options: CallOptions | null | undefined): boolean {
  const { cell, returnState, stateful, goBackwards } = layer;
  return (
    x.dtype === "float32" &&
    cell.bias !== null &&
    cell.activation.getClassName() === "tanh" &&
    cell.recurrentActivation.getClassName() === "sigmoid" &&
    !cell.dropout &&
    !cell.recurrentDropout &&
    !(returnState || stateful || goBackwards) &&
    !options?.mask &&
    !options?.initialState
  );
}

/** The layer's output for x [batch, steps, inputs]: [batch, steps, units], or [batch, units] of the last step. */
function run({ cell, returnSequences }: LstmLayer, x: tf.Tensor): tf.Tensor {
  // Both orders are those of TensorFlow's operation: time first, and the inputs' rows above those of the state. Its
  // gates stand as tfjs' do: input, forget, cell, output.
  const weights = tf.concat([cell.kernel.read(), cell.recurrentKernel.read()], 0);
  const hidden = lstm(tf.transpose(x, [1, 0, 2]), weights, (cell.bias as Weight).read());
  const [steps, batch, units] = hidden.shape;
  if (returnSequences) return tf.transpose(hidden, [1, 0, 2]);
  return tf.reshape(tf.slice(hidden, [steps - 1, 0, 0]), [batch, units]);
}

/**
 * The hidden states [steps, batch, units] of an LSTM that starts from zeros, for x [steps, batch, inputs], weights
 * [inputs + units, 4 units] and bias [4 units].
 */
const lstm = tf.customGrad((...args) => {
  const [x, weights, bias, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
  const [steps, batch] = x.shape;
  const units = bias.size / 4;
  const state = tf.zeros([batch, units]);
  const peephole = tf.zeros([units]);
  const given = [x, state, state, weights, peephole, peephole, peephole, bias];
  // Input gate, cell, forget gate, output gate, cell's input, cell's output, hidden state.
  const made = execute("BlockLSTMV2", steps, given, 7);
  save([...given, ...made]);
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
    const [dx, , , dWeights, , , , dBias] = execute("BlockLSTMGradV2", steps, [...saved, tf.zerosLike(dy), dy], 8);
    return [dx, dWeights, dBias];
  };
  return { value: made[6], gradFunc };
});

/** What is used of tfjs-node's backend; some of it is private to its types. */
interface TensorflowBackend {
  readonly binding: {
    readonly TF_FLOAT: number;
    readonly TF_INT64: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_BOOL: number;
    createTensor(shape: number[], type: number, values: Int32Array): number;
    deleteTensor(id: number): void;
    executeOp(name: string, attributes: object[], inputs: number[], outputs: number): object[];
  };
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  createOutputTensor(made: object): tf.Tensor;
}

/** Runs an operation of an LSTM, whose first input is the number of steps. By default it does not clip the cell. */
function execute(name: string, steps: number, inputs: readonly tf.Tensor[], outputs: number): tf.Tensor[] {
  const backend = tf.backend() as unknown as TensorflowBackend;
  const { binding } = backend;
  const attributes = [
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: "use_peephole", type: binding.TF_ATTR_BOOL, value: false },
  ];
  // A 64-bit integer, low half first. tfjs-node's own Int64Scalar would leave one tensor behind at every call.
  const length = binding.createTensor([], binding.TF_INT64, Int32Array.of(steps, 0));
  try {
    const made = binding.executeOp(name, attributes, [length, ...backend.getInputTensorIds(inputs)], outputs);
    return made.map((one) => backend.createOutputTensor(one));
  } finally {
    binding.deleteTensor(length);
  }
}
