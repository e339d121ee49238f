/**
 * Minimises  c * sum(weight * loss) + |coefficients|^2 / 2, the loss a convex function of a linear score: logistic
 * regression (log loss) and LinearSVC (squared hinge).
 */
import type { Loss, LossRows, RowData } from "./loss-rows";
import { type Convex, type Minimum, type NewtonOptions, newton, type Point, stepped } from "./newton";
import { PlainRows } from "./plain-rows";

export interface Problem extends NewtonOptions, RowData {
  readonly loss: Loss;
  /** Whether intercept^2 / 2 is added to the objective. */
  readonly penaliseIntercept: boolean;
  readonly c: number;
  /** Where the search begins: coefficients, then the intercept. Default all zeros. */
  readonly start?: Float64Array;
}

/** Lays rows out, lends them to `work` and gives back what it gave. */
type WithRows = (data: RowData, work: <Numbers>(rows: LossRows<Numbers>) => Minimum) => Minimum;

let withRows: WithRows = (data, work) => work(new PlainRows(data));

/** Says who sums over the rows; kernel-rows.ts does it in Node, a page has plain loops. */
export function provideRows(by: WithRows): void {
  withRows = by;
}

/** The minimum; its parameters are one coefficient per column, then the intercept. */
export function minimise(problem: Problem): Minimum {
  return withRows(problem, (rows) => newton(new Objective(rows, problem), problem));
}

interface BinaryPoint<Numbers> extends Point {
  /** Of each row: intercept + coefficients * x. */
  readonly margins: Numbers;
}

class Objective<Numbers> implements Convex<BinaryPoint<Numbers>> {
  readonly start: BinaryPoint<Numbers>;
  /** Margins of two points: the one where the search stands, and the one that it tries. */
  private readonly margins: readonly [Numbers, Numbers];
  /** By how much a whole step lowers the margins. */
  private readonly change: Numbers;
  /** First and second derivative of weight * loss by the margin, at the last point that was made. */
  private readonly slopes: Numbers;
  private readonly curvatures: Numbers;

  constructor(
    private readonly rows: LossRows<Numbers>,
    private readonly problem: Problem,
  ) {
    this.margins = [rows.numbers(), rows.numbers()];
    this.change = rows.numbers();
    this.slopes = rows.numbers();
    this.curvatures = rows.numbers();
    const start = problem.start ?? new Float64Array(problem.columns + 1);
    rows.scores(start, this.margins[0]);
    this.start = this.pointAt(start, this.margins[0]);
  }

  line(here: BinaryPoint<Numbers>, step: Float64Array): (a: number) => BinaryPoint<Numbers> {
    const margins = this.margins[here.margins === this.margins[0] ? 1 : 0];
    this.rows.scores(step, this.change);
    return (a) => {
      this.rows.move(here.margins, a, this.change, margins);
      return this.pointAt(stepped(here.parameters, a, step), margins);
    };
  }

  /** At the last point that was made, which is where the search goes on. */
  derivatives({ parameters }: BinaryPoint<Numbers>) {
    const { c, columns } = this.problem;
    const { gradient, hessian } = this.rows.derivatives(this.slopes, this.curvatures);
    for (let i = 0; i < gradient.length; i++) gradient[i] *= c;
    for (let i = 0; i < hessian.length; i++) hessian[i] *= c;
    for (let j = 0; j < this.penalised; j++) {
      gradient[j] += parameters[j];
      hessian[j * (columns + 1) + j] += 1;
    }
    return { gradient, hessian };
  }

  private pointAt(parameters: Float64Array, margins: Numbers): BinaryPoint<Numbers> {
    const sum = this.rows.losses(this.problem.loss, margins, this.slopes, this.curvatures);
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
