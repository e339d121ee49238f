import { HitlabError } from "../errors";
import { type DecisionTree, depthOf } from "./decision-tree";

/** Trees that are added up: `baseline + scale * (sum of what their leaves say)`. */
export interface TreeSum {
  readonly trees: readonly DecisionTree[];
  /** Which of a leaf's numbers is explained. */
  readonly output: number;
  /** 1 / trees for a mean over trees. */
  readonly scale: number;
  readonly baseline: number;
}

export interface TreeContributions {
  /** What each column of each row adds, in the unit of the prediction: rows x columns, row after row. */
  readonly contributions: Float64Array;
  /** What the trees say when nothing is known: the mean over their train rows. */
  readonly base: number;
}

/**
 * Exact Shapley values of trees, path-dependent: what a row's columns add to the mean prediction. A column that is
 * not known lets a row go both ways, by the cover of the nodes. `base` and a row's contributions sum to its prediction.
 *
 * Nothing of Node is needed: a page's worker can call this. Time: leaves x different features on a path, per row.
 *
 * Source: the game is that of Lundberg et al., "From local explanations to global understanding with explainable AI
 * for trees", 2020 (algorithm 2 gives the same numbers). A leaf with the value v whose path asks for the columns J is
 * in it v * product over J of (1 if known and passed, 0 if known and failed, share of the cover z_j if unknown). Its
 * multilinear extension is v * product of (t * passed_j + (1 - t) * z_j), and the Shapley value is the integral of
 * its slope over t from 0 to 1 (Owen, "Multilinear extensions of games", 1972): a polynomial of degree |J| - 1, which
 * a Gauss-Legendre rule of |J| / 2 points integrates exactly. The products are made going down a tree and summed
 * going up, as Yu et al., "Linear TreeShap", 2022, do with polynomials. All factors are positive: no digits are lost.
 *
 * @param x rows by columns, row after row, without NaN
 * @throws HitlabError if a node was reached by no train row on either side
 * @example
 * ```ts
 * const { contributions, base } = treeContributions({ trees, output: 1, scale: 1 / trees.length, baseline: 0 }, x);
 * ```
 */
export function treeContributions(
  sum: TreeSum,
  x: { readonly rows: number; readonly columns: number; readonly data: Float64Array },
): TreeContributions {
  const contributions = new Float64Array(x.rows * x.columns);
  let base = 0;
  for (const tree of sum.trees) {
    base += meanOf(tree, sum.output);
    const walk = walkOf(tree, sum.output, x, contributions);
    for (let row = 0; row < x.rows; row++) {
      walk.product.fill(1, 0, walk.rule.t.length);
      goBelow(walk, row * x.columns, 0, 0);
    }
  }
  for (let i = 0; i < contributions.length; i++) contributions[i] *= sum.scale;
  return { contributions, base: sum.baseline + sum.scale * base };
}

/** What a tree says when nothing is known: the mean of its leaves by cover. */
function meanOf(tree: DecisionTree, output: number): number {
  const { feature, left, right, cover, value } = tree;
  const outputs = value.length / feature.length;
  const mean = new Float64Array(feature.length);
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node] < 0) {
      mean[node] = value[node * outputs + output];
      continue;
    }
    const [a, b] = [left[node], right[node]];
    if (!(cover[a] + cover[b] > 0)) throw uncovered(node);
    mean[node] = (cover[a] * mean[a] + cover[b] * mean[b]) / (cover[a] + cover[b]);
  }
  return mean[0];
}

function uncovered(node: number): HitlabError {
  return new HitlabError({
    what: `node ${node} of a tree was reached by no train row, so an unknown column has no share of going left`,
    remedy: "pass trees whose nodes hold the train rows (or weights) that came through them",
  });
}

/** Points of a Gauss-Legendre rule on 0 .. 1, what is left to 1, the weights, and weight / rest. */
interface Rule {
  readonly t: Float64Array;
  readonly rest: Float64Array;
  readonly weight: Float64Array;
  readonly weightByRest: Float64Array;
}

const rules = new Map<number, Rule>();

function ruleOf(points: number): Rule {
  const known = rules.get(points);
  if (known) return known;
  const roots = legendreRoots(points);
  const weight = roots.map((x) => {
    const slope = points * legendre(points, x).before;
    return ((1 - x) * (1 + x)) / (slope * slope);
  });
  const rest = roots.map((x) => (1 - x) / 2);
  const weightByRest = weight.map((each, q) => each / rest[q]);
  const rule = { t: roots.map((x) => (1 + x) / 2), rest, weight, weightByRest };
  rules.set(points, rule);
  return rule;
}

/** The polynomial of Legendre of this degree at x, and the one of a degree less. */
function legendre(degree: number, x: number): { value: number; before: number } {
  let [before, value] = [1, x];
  for (let n = 1; n < degree; n++) [before, value] = [value, ((2 * n + 1) * x * value - n * before) / (n + 1)];
  return { value, before };
}

/** Its roots, found by halving: between two of them lies one root of the polynomial of a degree less. */
function legendreRoots(degree: number): Float64Array {
  let roots = Float64Array.of(0);
  for (let n = 2; n <= degree; n++) {
    const ends = [-1, ...roots, 1];
    roots = Float64Array.from({ length: n }, (_, k) => legendreRoot(n, ends[k], ends[k + 1]));
  }
  return roots;
}

function legendreRoot(degree: number, from: number, to: number): number {
  let [low, high] = [from, to];
  const rises = legendre(degree, high).value > 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (legendre(degree, middle).value > 0 === rises) high = middle;
    else low = middle;
  }
}

/** What a walk through a tree needs: a place per column for what the path says of it, a row of points per level. */
interface Walk {
  readonly tree: DecisionTree;
  readonly outputs: number;
  readonly output: number;
  readonly rule: Rule;
  /** The rows, row after row, and what is found for them. */
  readonly x: Float64Array;
  readonly found: Float64Array;
  /** Per column: 1 if the row passes all its edges on the path, and the product of their shares of the cover. */
  readonly passed: Uint8Array;
  readonly zero: Float64Array;
  /** Per level: the product of the columns' factors, 1 / the factor of the column asked, the sum over the leaves. */
  readonly product: Float64Array;
  readonly inverse: Float64Array;
  readonly sum: Float64Array;
}

function walkOf(
  tree: DecisionTree,
  output: number,
  x: { columns: number; data: Float64Array },
  found: Float64Array,
): Walk {
  const depth = depthOf(tree);
  const rule = ruleOf(Math.max(1, Math.ceil(Math.min(depth, x.columns) / 2)));
  const room = (depth + 1) * rule.t.length;
  return {
    tree,
    outputs: tree.value.length / tree.feature.length,
    output,
    rule,
    x: x.data,
    found,
    passed: new Uint8Array(x.columns).fill(1),
    zero: new Float64Array(x.columns).fill(1),
    product: new Float64Array(room),
    inverse: new Float64Array(room),
    sum: new Float64Array(room),
  };
}

/** Walks the tree below a node for the row that begins at `from`: leaves value * product of its leaves in `sum`. */
function goBelow(walk: Walk, from: number, node: number, level: number): void {
  const { tree, rule, zero, passed, product, inverse, sum } = walk;
  const column = tree.feature[node];
  const points = rule.t.length;
  const here = level * points;
  if (column < 0) {
    const says = tree.value[node * walk.outputs + walk.output];
    for (let q = 0; q < points; q++) sum[here + q] = says * product[here + q];
    return;
  }
  const [zeroUp, passedUp] = [zero[column], passed[column]];
  const { left, right, cover } = tree;
  const [a, b] = [left[node], right[node]];
  const goesTo = walk.x[from + column] <= tree.threshold[node] ? a : b;
  if (passedUp === 1) invert(rule, zeroUp, inverse, here);
  for (let q = 0; q < points; q++) sum[here + q] = 0;
  for (let child = a; ; child = b) {
    const share = cover[child] / (cover[a] + cover[b]);
    const passes = passedUp === 1 && child === goesTo;
    passed[column] = passes ? 1 : 0;
    zero[column] = zeroUp * share;
    if (passedUp === 0) for (let q = 0; q < points; q++) product[here + points + q] = product[here + q] * share;
    else takeFactor(rule, zero[column], passes, product, inverse, here);
    goBelow(walk, from, child, level + 1);
    for (let q = 0; q < points; q++) sum[here + q] += sum[here + points + q];
    if (passes) walk.found[from + column] += (zeroUp - zero[column]) * gainOf(rule, zero[column], sum, inverse, here);
    else if (passedUp === 1) walk.found[from + column] -= lossOf(rule, sum, inverse, here);
    if (child === b) break;
  }
  zero[column] = zeroUp;
  passed[column] = passedUp;
}

/** 1 / the factor of a column that the row passes. */
function invert({ t, rest }: Rule, zero: number, inverse: Float64Array, here: number): void {
  for (let q = 0; q < t.length; q++) inverse[here + q] = 1 / (t[q] + rest[q] * zero);
}

/** The product one level down: the column's factor so far is replaced by the one with the child's edge. */
function takeFactor(
  { t, rest }: Rule,
  zero: number,
  passes: boolean,
  product: Float64Array,
  inverse: Float64Array,
  here: number,
): void {
  const points = t.length;
  for (let q = 0; q < points; q++) {
    const factor = passes ? t[q] + rest[q] * zero : rest[q] * zero;
    product[here + points + q] = product[here + q] * inverse[here + q] * factor;
  }
}

/*
 * What the leaves below an edge add for its column, f being the factor with the edge and f' the one without, under
 * which these leaves are not to be counted again: the integral of sum * ((passed - zero) / f - (1 - zero') / f').
 */

/** Of an edge that the row passes: the two fractions together are (zero' - zero) / (f * f'). */
function gainOf({ t, rest, weight }: Rule, zero: number, sum: Float64Array, inverse: Float64Array, here: number) {
  const points = t.length;
  let gain = 0;
  for (let q = 0; q < points; q++) {
    gain += (weight[q] * sum[here + points + q] * inverse[here + q]) / (t[q] + rest[q] * zero);
  }
  return gain;
}

/** Of the first edge that it fails: they are -1 / ((1 - t) * f'). After that one nothing is left to lose. */
function lossOf({ t, weightByRest }: Rule, sum: Float64Array, inverse: Float64Array, here: number) {
  const points = t.length;
  let loss = 0;
  for (let q = 0; q < points; q++) loss += weightByRest[q] * sum[here + points + q] * inverse[here + q];
  return loss;
}
