import * as tf from "@tensorflow/tfjs";

/** What probabilities are kept from 0 and 1, as in Keras. */
const margin = 1e-7;

/**
 * The binary cross-entropy of each row, as tfjs' loss of that name gives it, with its slope written out: some twenty
 * tensor operations there and back in place of seventy, which are half of a small network's training step.
 *
 * @param labels 0, 1 or a share between them, [rows, outputs]
 * @param probabilities of class 1, [rows, outputs]
 * @returns the mean over the outputs, [rows]
 */
export function binaryCrossentropy(labels: tf.Tensor, probabilities: tf.Tensor): tf.Tensor {
  const loss = tf.customGrad((outputs, save) => {
    const given = outputs as tf.Tensor;
    const p = tf.clipByValue(given, margin, 1 - margin);
    const q = tf.sub(1, p);
    (save as tf.GradSaveFunc)([given, p, q]);
    const value = labels.mul(p.log()).add(tf.sub(1, labels).mul(q.log())).mean(-1).neg();
    const gradFunc = (slopes: tf.Tensor, [given, p, q]: tf.Tensor[]) => {
      const units = given.shape[given.rank - 1] ?? 1;
      // A probability that was clipped does not move the loss.
      const counts = given.equal(p).cast("float32").mul(slopes.div(units).expandDims(-1));
      return p.sub(labels).div(p.mul(q)).mul(counts);
    };
    return { value, gradFunc };
  });
  return loss(probabilities);
}
