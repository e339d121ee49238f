/** A piece of a contour: from one point to another, in steps of the grid. */
export type Piece = readonly [fromX: number, fromY: number, toX: number, toY: number];

/**
 * Where a grid of values crosses a level: straight pieces, one or two per cell, ends by linear interpolation (marching
 * squares; a saddle is cut by the mean of its corners).
 *
 * @param values [place on y][place on x]
 */
export function contour(values: readonly (readonly number[])[], level: number): Piece[] {
  const pieces: Piece[] = [];
  for (let y = 0; y + 1 < values.length; y++)
    for (let x = 0; x + 1 < values[y].length; x++) pieces.push(...cell(values, level, x, y));
  return pieces;
}

type Point = readonly [number, number];

function cell(values: readonly (readonly number[])[], level: number, x: number, y: number): Piece[] {
  // Corners and, between each and the next, an edge: around the cell from its origin.
  const corners: readonly Point[] = [
    [x, y],
    [x + 1, y],
    [x + 1, y + 1],
    [x, y + 1],
  ];
  const at = corners.map(([column, row]) => values[row][column] - level);
  const crossings: Point[] = [];
  for (let k = 0; k < 4; k++) {
    const [from, to] = [at[k], at[(k + 1) % 4]];
    if (from > 0 === to > 0) continue;
    const share = from / (from - to);
    const [[x0, y0], [x1, y1]] = [corners[k], corners[(k + 1) % 4]];
    crossings.push([x0 + share * (x1 - x0), y0 + share * (y1 - y0)]);
  }
  if (crossings.length < 4) return crossings.length ? [piece(crossings[0], crossings[1])] : [];
  const above = (at[0] + at[1] + at[2] + at[3]) / 4 > 0;
  const [a, b, c, d] = crossings;
  // The middle goes with the corners on its own side: those stay joined.
  return above === at[0] > 0 ? [piece(a, b), piece(c, d)] : [piece(d, a), piece(b, c)];
}

function piece([x0, y0]: Point, [x1, y1]: Point): Piece {
  return [x0, y0, x1, y1];
}
