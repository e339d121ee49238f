import * as tf from "@tensorflow/tfjs";
import type { OptimizerState } from "./trainer";

/** What tfjs' Adam keeps in fields that its types do not show. */
interface AdamFields {
  iterations_: number;
  readonly accBeta1: tf.Variable;
  readonly accBeta2: tf.Variable;
  accumulatedFirstMoment: Moment[];
  accumulatedSecondMoment: Moment[];
}

interface Moment {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

/** Whether `FlatAdam` can stand in for an optimizer; a class derived from tfjs' Adam has rules of its own. */
export function isAdam(optimizer: tf.Optimizer): optimizer is tf.AdamOptimizer {
  return optimizer.constructor === tf.AdamOptimizer;
}

/**
 * Stands in for tfjs' Adam while a model is trained: all weights lie in one vector, so that a step takes some twenty
 * tensor operations, where tfjs takes a dozen for each weight.
 *
 * The formula is that of Keras 3 and of our kernels, which add epsilon before they correct v for its start at zero; tfjs
 * adds it afterwards. The memory comes from tfjs' optimizer and is handed back to it at the end.
 */
export class FlatAdam {
  private steps: number;
  private readonly m: tf.Variable;
  private readonly v: tf.Variable;
  private readonly weights: tf.Variable;

  /** @param variables what the model is trained by, in the order that tfjs gives its optimizer */
  constructor(
    private readonly optimizer: tf.AdamOptimizer,
    private readonly variables: readonly tf.Variable[],
  ) {
    const { accumulatedFirstMoment: first, accumulatedSecondMoment: second } = fieldsOf(optimizer);
    // Without this model's memory (it is new, or was of another model) it starts anew.
    const goesOn = [first, second].every((moments) => this.isOurs(moments));
    this.steps = goesOn ? optimizer.iterations : 0;
    const startOf = (moments: Moment[]) =>
      goesOn ? moments.map(({ variable }) => variable) : variables.map((variable) => tf.zerosLike(variable));
    [this.m, this.v, this.weights] = tf.tidy(() =>
      [startOf(first), startOf(second), variables].map((parts) => flat(parts).variable(false)),
    );
  }

  /** Takes up the weights as the model has them now. Between two steps of an epoch nothing else may change them. */
  beginEpoch(): void {
    tf.tidy(() => this.weights.assign(flat(this.variables)));
  }

  /** One step, as an optimizer of tfjs takes it; the value of the loss before the step. */
  minimize(loss: () => tf.Scalar): tf.Scalar {
    const { value, grads } = tf.variableGrads(loss, [...this.variables]);
    tf.tidy(() => this.update(grads));
    tf.dispose(grads);
    return value;
  }

  state(): OptimizerState {
    const slots = Object.entries({ m: this.m, v: this.v }).map(([name, moments]) => {
      return { name, shape: moments.shape, values: Float32Array.from(moments.dataSync()) };
    });
    return { numbers: { step: this.steps }, slots };
  }

  setState({ numbers, slots }: OptimizerState): void {
    this.steps = numbers.step;
    tf.tidy(() => {
      for (const { name, values } of slots) (name === "m" ? this.m : this.v).assign(tf.tensor1d(values));
    });
  }

  /** Gives tfjs' optimizer the memory, and frees what is here. */
  handBack(): void {
    const fields = fieldsOf(this.optimizer);
    const { beta1, beta2 } = settingsOf(this.optimizer);
    tf.dispose([...fields.accumulatedFirstMoment, ...fields.accumulatedSecondMoment].map(({ variable }) => variable));
    tf.tidy(() => {
      fields.accumulatedFirstMoment = this.moments(this.m, "m");
      fields.accumulatedSecondMoment = this.moments(this.v, "v");
      fields.accBeta1.assign(tf.scalar(beta1 ** (this.steps + 1)));
      fields.accBeta2.assign(tf.scalar(beta2 ** (this.steps + 1)));
    });
    fields.iterations_ = this.steps;
    tf.dispose([this.m, this.v, this.weights]);
  }

  private isOurs(moments: Moment[]): boolean {
    const { variables } = this;
    return (
      moments.length === variables.length &&
      moments.every(({ variable }, at) => {
        return tf.util.arraysEqual(variable.shape, variables[at].shape);
      })
    );
  }

  private update(grads: tf.NamedTensorMap): void {
    const { variables, m, v, weights } = this;
    const { learningRate, beta1, beta2, epsilon } = settingsOf(this.optimizer);
    this.steps++;
    const rate = (learningRate * Math.sqrt(1 - beta2 ** this.steps)) / (1 - beta1 ** this.steps);
    const slopes = flat(variables.map((variable) => grads[variable.name] ?? tf.zerosLike(variable)));
    m.assign(m.add(slopes.sub(m).mul(1 - beta1)));
    v.assign(
      v.add(
        slopes
          .square()
          .sub(v)
          .mul(1 - beta2),
      ),
    );
    weights.assign(weights.sub(m.mul(rate).div(v.sqrt().add(epsilon))));
    for (const [at, part] of this.parts(weights).entries()) {
      // What is frozen, or has no part in the loss, has no gradient and stays as it is.
      if (grads[variables[at].name]) variables[at].assign(part);
    }
  }

  private moments(values: tf.Tensor, name: string): Moment[] {
    return this.parts(values).map((part, at) => {
      return { originalName: `${this.variables[at].name}/${name}`, variable: part.variable(false) };
    });
  }

  /** A vector cut into the shapes of the weights. */
  private parts(values: tf.Tensor): tf.Tensor[] {
    const sizes = this.variables.map(({ size }) => size);
    return tf.split(values, sizes).map((part, at) => shaped(part, this.variables[at].shape));
  }
}

function flat(parts: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(parts.map((part) => shaped(part, [part.size]) as tf.Tensor1D));
}

/** `reshape`, but where it has nothing to do: native TensorFlow takes its time for that, too. */
function shaped(tensor: tf.Tensor, shape: number[]): tf.Tensor {
  return tf.util.arraysEqual(tensor.shape, shape) ? tensor : tensor.reshape(shape);
}

function fieldsOf(optimizer: tf.AdamOptimizer): AdamFields {
  return optimizer as unknown as AdamFields;
}

function settingsOf(optimizer: tf.AdamOptimizer) {
  return optimizer.getConfig() as Readonly<Record<"learningRate" | "beta1" | "beta2" | "epsilon", number>>;
}
