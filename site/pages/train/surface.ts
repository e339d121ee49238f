import { columnOf } from "../../../lib/src/prepare/rows";
import { quantileSorted } from "../../../lib/src/quantile";
import { random } from "../../../lib/src/random";
import { type Matrix, matrix, takeRows } from "../../../lib/src/samples";
import type { TrainingRows } from "./rows";
import type { Surface, SurfaceAxis, SurfaceDot } from "./trainer";

/** Places on each axis, and the most songs that are drawn as dots. */
const [places, mostDots] = [40, 400];

/** A grid of two features, ready to ask a network what it says there. */
export interface SurfaceGrid {
  /** The grid's scaled inputs: the first row of places on x at the first place on y, and so on. */
  readonly inputs: Float32Array;
  readonly rows: number;
  /** The surface, once the network has said its values. */
  of(values: ArrayLike<number>): Surface;
}

/**
 * A grid over two features of the training songs, all others at their medians. Undefined if the network does not see
 * both features, or they are one.
 *
 * @param seed decides which songs become dots
 */
export function surfaceGrid(
  { unscaled, scaler, target, train }: TrainingRows,
  features: readonly [string, string],
  seed: number,
): SurfaceGrid | undefined {
  const [atX, atY] = features.map((feature) => unscaled.x.names.indexOf(feature));
  if (atX < 0 || atY < 0 || atX === atY) return undefined;
  const sorted = unscaled.x.names.map((_, column) => columnOf(unscaled.x, column).sort());
  const [x, y] = [axisOf(features[0], sorted[atX]), axisOf(features[1], sorted[atY])];
  const grid = gridOf(unscaled.x.names, sorted, { x, y, atX, atY });
  const inTargetsUnit = target ? (value: number) => value * target.deviation + target.mean : (value: number) => value;
  const some = random(seed, "surface dots").sample(train.x.rows, Math.min(mostDots, train.x.rows));
  const dots = dotsOf(takeRows({ ...unscaled, y: train.y.map(inTargetsUnit) }, some), { x, y, atX, atY });
  return {
    inputs: new Float32Array(scaler.apply(grid).data),
    rows: grid.rows,
    of: (values) => {
      const row = (at: number) => Array.from({ length: places }, (_, k) => values[at * places + k]);
      return { x, y, values: Array.from({ length: places }, (_, at) => row(at)), dots };
    },
  };
}

/** The two axes and which columns they are. */
interface Axes {
  readonly x: SurfaceAxis;
  readonly y: SurfaceAxis;
  readonly atX: number;
  readonly atY: number;
}

function axisOf(feature: string, sorted: Float64Array): SurfaceAxis {
  const [low, high] = [quantileSorted(sorted, 0.01), quantileSorted(sorted, 0.99)];
  // A column of one value still gets an axis to stand on.
  const step = (high > low ? high - low : 1) / (places - 1);
  return {
    feature,
    values: Array.from({ length: places }, (_, k) => (k === places - 1 && high > low ? high : low + k * step)),
  };
}

function gridOf(names: readonly string[], sorted: readonly Float64Array[], { x, y, atX, atY }: Axes): Matrix {
  const medians = sorted.map((values) => quantileSorted(values, 0.5));
  const data = new Float64Array(places * places * names.length);
  for (let row = 0; row < places * places; row++) {
    data.set(medians, row * names.length);
    data[row * names.length + atX] = x.values[row % places];
    data[row * names.length + atY] = y.values[Math.floor(row / places)];
  }
  return matrix(places * places, names.length, data, names);
}

/** The songs that lie within both axes. */
function dotsOf({ x: inputs, y: targets }: { x: Matrix; y: Float64Array }, { x, y, atX, atY }: Axes): SurfaceDot[] {
  const isWithin = ({ values }: SurfaceAxis, value: number) => value >= values[0] && value <= values[places - 1];
  return Array.from(targets, (target, row) => ({
    x: inputs.data[row * inputs.columns + atX],
    y: inputs.data[row * inputs.columns + atY],
    target,
  })).filter((dot) => isWithin(x, dot.x) && isWithin(y, dot.y));
}
