import * as tf from "@tensorflow/tfjs";

/** The kernels registered here. */
const own = new WeakSet<tf.KernelFunc>();

/**
 * Spares native TensorFlow the operations of tfjs that change nothing, which are a quarter of those in a training step of
 * a dense network and cost more to call than to carry out. Calling it again changes nothing.
 *
 * A tensor that is reshaped to its own shape, or cast to its own type, is handed on. `step`, the slope of relu, goes over
 * the numbers twice instead of five times; at NaN it is 0, as TensorFlow's own slope of relu, where tfjs has NaN.
 */
export function spareOperations(): void {
  const identity = kernel("Identity");
  replace("Reshape", (reshape) => (call) => {
    const { x } = call.inputs as { x: tf.TensorInfo };
    return (tf.util.arraysEqual(x.shape, call.attrs?.shape as number[]) ? identity : reshape)(call);
  });
  replace("Cast", (cast) => (call) => {
    const { x } = call.inputs as { x: tf.TensorInfo };
    return (x.dtype === call.attrs?.dtype ? identity : cast)(call);
  });
  const [greater, cast] = [kernel("Greater"), kernel("Cast")];
  replace("Step", (step) => (call) => {
    const { x } = call.inputs as { x: tf.TensorInfo };
    if (call.attrs?.alpha !== 0) return step(call);
    const zero = tf.scalar(0, x.dtype);
    const above = greater({ ...call, inputs: { a: x, b: zero } }) as tf.Tensor;
    const slope = cast({ ...call, inputs: { x: above }, attrs: { dtype: x.dtype } });
    tf.dispose([zero, above]);
    return slope;
  });
}

function kernel(name: string): tf.KernelFunc {
  return tf.getKernel(name, "tensorflow").kernelFunc;
}

function replace(name: string, better: (theirs: tf.KernelFunc) => tf.KernelFunc): void {
  const theirs = tf.getKernel(name, "tensorflow");
  if (own.has(theirs.kernelFunc)) return;
  const kernelFunc = better(theirs.kernelFunc);
  own.add(kernelFunc);
  // Registering over a kernel that is there prints a warning.
  tf.unregisterKernel(name, "tensorflow");
  tf.registerKernel({ ...theirs, kernelFunc });
}
