/**
 * Minimises  c * sum(weight * loss) + |coefficients|^2 / 2, the loss a convex function of a linear score: logistic
 * regression (log loss) and LinearSVC (squared hinge).
 */
import type { Arena } from "../../kernels/arena";
import { type ClassicExports, withClassicKernels } from "../../kernels/classic";
import { type Convex, type Minimum, type NewtonOptions, newton, type Point, stepped } from "./newton";
import { RowTable } from "./row-table";

export interface Problem extends NewtonOptions {
  /** Inputs, row-major, `columns` per row. */
  readonly x: Float64Array;
  readonly columns: number;
  /** 0 or 1 per row. */
  readonly y: Float64Array;
  /** What each row's loss is multiplied by. */
  readonly rowWeights: Float64Array;
  readonly loss: "log" | "squaredHinge";
  /** Whether intercept^2 / 2 is added to the objective. */
  readonly penaliseIntercept: boolean;
  readonly c: number;
  /** Where the search begins: coefficients, then the intercept. Default all zeros. */
  readonly start?: Float64Array;
}

interface BinaryPoint extends Point {
  /** Address of each row's margin: intercept + coefficients * x. */
  readonly margins: number;
}

/** The minimum; its parameters are one coefficient per column, then the intercept. */
export function minimise(problem: Problem): Minimum {
  return withClassicKernels((kernels) => newton(new Objective(kernels, problem), problem));
}

class Objective implements Convex<BinaryPoint> {
  readonly start: BinaryPoint;
  private readonly rows: RowTable;
  private readonly y: number;
  private readonly rowWeights: number;
  /** The margins of two points: the one where the search stands and the one it tries. */
  private readonly margins: readonly [number, number];
  /** By how much a whole step lowers each margin. */
  private readonly change: number;
  /** First and second derivative of weight * loss by the margin, one per row, at the last point that was made. */
  private readonly slopes: number;
  private readonly curvatures: number;

  constructor(
    private readonly kernels: Arena<ClassicExports>,
    private readonly problem: Problem,
  ) {
    const { x, columns, y, rowWeights, start = new Float64Array(columns + 1) } = problem;
    this.rows = new RowTable(kernels, x, columns, y.length);
    this.y = this.rows.numbers(y);
    this.rowWeights = this.rows.numbers(rowWeights);
    this.margins = [this.rows.numbers(), this.rows.numbers()];
    this.change = this.rows.numbers();
    this.slopes = this.rows.numbers();
    this.curvatures = this.rows.numbers();
    this.rows.scores(start, this.margins[0]);
    this.start = this.pointAt(start, this.margins[0]);
  }

  line(here: BinaryPoint, step: Float64Array): (a: number) => BinaryPoint {
    const margins = this.margins[here.margins === this.margins[0] ? 1 : 0];
    this.rows.scores(step, this.change);
    return (a) => {
      this.rows.move(here.margins, a, this.change, margins);
      return this.pointAt(stepped(here.parameters, a, step), margins);
    };
  }

  /** At the last point that was made, as Newton's method asks for them. */
  derivatives({ parameters }: BinaryPoint) {
    const { c, columns } = this.problem;
    const gradient = this.rows.gradient(this.slopes);
    const hessian = this.rows.hessian(this.curvatures);
    for (let i = 0; i < gradient.length; i++) gradient[i] *= c;
    for (let i = 0; i < hessian.length; i++) hessian[i] *= c;
    for (let j = 0; j < this.penalised; j++) {
      gradient[j] += parameters[j];
      hessian[j * (columns + 1) + j] += 1;
    }
    return { gradient, hessian };
  }

  private pointAt(parameters: Float64Array, margins: number): BinaryPoint {
    const { linearLogLosses, linearSquaredHinges } = this.kernels.exports;
    const losses = this.problem.loss === "log" ? linearLogLosses : linearSquaredHinges;
    const sum = losses(margins, this.y, this.rowWeights, this.rows.rows, this.slopes, this.curvatures);
    let penalty = 0;
    for (let j = 0; j < this.penalised; j++) penalty += parameters[j] * parameters[j];
    return { parameters, margins, objective: this.problem.c * sum + penalty / 2 };
  }

  /** How many of the parameters, from the first, the penalty counts. */
  private get penalised(): number {
    const { columns, penaliseIntercept } = this.problem;
    return penaliseIntercept ? columns + 1 : columns;
  }
}
