import * as tf from "@tensorflow/tfjs";

/** The matrix products registered here. */
const own = new WeakSet<tf.KernelFunc>();

/**
 * Makes tfjs' matrix product on the wasm backend transpose first where it is asked for a transposed factor. Calling it
 * again changes nothing.
 *
 * The fast product of the backend (XNNPACK) takes no transposed factors: with `transposeA` or `transposeB` tfjs falls
 * back to a plain loop, about ten times slower. Every gradient of a product asks for them, that of `BatchMatMul` and
 * that of the fused product of dense layers and LSTMs, so that training pays for it at each step. This replaces the
 * kernel, not the gradient, because the fused product calls the kernel without going through the registered gradient.
 */
export function transposeBeforeMatMul(): void {
  const matMul = tf.getKernel("BatchMatMul", "wasm");
  const transpose = tf.getKernel("Transpose", "wasm");
  if (own.has(matMul.kernelFunc)) return;
  const kernelFunc = withTransposes(matMul.kernelFunc, transpose.kernelFunc);
  own.add(kernelFunc);
  // Registering over a kernel that is there prints a warning.
  tf.unregisterKernel("BatchMatMul", "wasm");
  tf.registerKernel({ ...matMul, kernelFunc });
}

function withTransposes(matMul: tf.KernelFunc, transpose: tf.KernelFunc): tf.KernelFunc {
  return ({ inputs, backend, attrs = {} }) => {
    const { a, b } = inputs as tf.NamedTensorInfoMap & { a: tf.TensorInfo; b: tf.TensorInfo };
    const { transposeA, transposeB } = attrs;
    // Several matrices at once are multiplied by the plain loop either way.
    const isSingle = matrices(a) === 1 && matrices(b) === 1;
    if (!isSingle || !(transposeA || transposeB)) return matMul({ inputs, backend, attrs });
    const flip = (x: tf.TensorInfo) =>
      transpose({ inputs: { x }, backend, attrs: { perm: swapLastTwo(x.shape.length) } }) as tf.TensorInfo;
    const left = transposeA ? flip(a) : a;
    const right = transposeB ? flip(b) : b;
    const product = matMul({ inputs: { a: left, b: right }, backend, attrs: { transposeA: false, transposeB: false } });
    // What a kernel makes on the way is not tracked by tfjs.
    if (left !== a) (backend as tf.KernelBackend).disposeData(left.dataId);
    if (right !== b) (backend as tf.KernelBackend).disposeData(right.dataId);
    return product;
  };
}

/** How many matrices a tensor of shape [..., rows, columns] holds. */
function matrices(x: tf.TensorInfo): number {
  return x.shape.slice(0, -2).reduce((product, size) => product * size, 1);
}

/** The order of axes that transposes each matrix: 0, 1, ..., rank - 1, rank - 2. */
function swapLastTwo(rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return [...axes.slice(0, -2), rank - 1, rank - 2];
}
