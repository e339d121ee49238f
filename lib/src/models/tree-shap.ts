import { HitlabError } from "../errors";

/** A tree as flat arrays, one entry per node: node 0 is the root, parents come before children. */
export interface TreeArrays {
  /** Column that a node asks for; -1 at a leaf. */
  readonly feature: ArrayLike<number>;
  /** `x <= threshold` goes left. */
  readonly threshold: ArrayLike<number>;
  /** Numbers of the two nodes below. */
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  /** Train rows (or their weight) that came through a node. */
  readonly cover: ArrayLike<number>;
  /** What a leaf says: one number per output, node after node. */
  readonly value: ArrayLike<number>;
}

/** Trees that are added up: `baseline + scale * (sum of what their leaves say)`. */
export interface TreeSum {
  readonly trees: readonly TreeArrays[];
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
  let work: Work = { on: new Uint8Array(0), product: new Float64Array(0) };
  for (const tree of sum.trees) {
    const edges = edgesOf(tree, sum.output);
    const rule = ruleOf(Math.max(1, Math.ceil(edges.longest / 2)));
    work = roomFor(work, tree.feature.length, rule.t.length);
    for (let row = 0; row < x.rows; row++) {
      goDown(tree, edges, rule, x.data, row * x.columns, work);
      sumUp(tree, sum.output, rule.t.length, work.product);
      collect(edges, rule, work, contributions, row * x.columns);
    }
    base += edges.base;
  }
  for (let i = 0; i < contributions.length; i++) contributions[i] *= sum.scale;
  return { contributions, base: sum.baseline + sum.scale * base };
}

/** What a row leaves on its way through a tree: one entry per edge, and one per edge and point. */
interface Work {
  readonly on: Uint8Array;
  readonly product: Float64Array;
}

function roomFor(work: Work, nodes: number, points: number): Work {
  const enough = work.on.length >= nodes && work.product.length >= nodes * points;
  return enough ? work : { on: new Uint8Array(nodes), product: new Float64Array(nodes * points) };
}

/** A tree seen from its edges: entry `i` belongs to the edge that leads to node `i`; at the root stands no edge. */
interface Edges {
  readonly parent: Int32Array;
  /** Column that the edge asks for. */
  readonly column: Int32Array;
  readonly isLeft: Uint8Array;
  /** Nearest edge above of the same column; 0 if there is none. */
  readonly above: Int32Array;
  /** Share of the parent's cover. */
  readonly share: Float64Array;
  /** Product of the shares of all edges of this column down to here; 1 at the root. */
  readonly zero: Float64Array;
  /** Mean of the leaves by cover. */
  readonly base: number;
  /** The most different columns on a path. */
  readonly longest: number;
}

function edgesOf(tree: TreeArrays, output: number): Edges {
  const count = tree.feature.length;
  const edges = {
    parent: new Int32Array(count),
    column: new Int32Array(count),
    isLeft: new Uint8Array(count),
    above: new Int32Array(count),
    share: new Float64Array(count).fill(1),
    zero: new Float64Array(count).fill(1),
  };
  for (let node = 0; node < count; node++) if (tree.feature[node] >= 0) setEdgesBelow(edges, tree, node);
  return { ...edges, ...pathsOf(edges, tree, output) };
}

function setEdgesBelow(edges: Omit<Edges, "base" | "longest">, tree: TreeArrays, node: number): void {
  const { parent, column, isLeft, above, share, zero } = edges;
  const asked = tree.feature[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  const cover = coverBelow(tree, node);
  let up = node;
  while (up > 0 && column[up] !== asked) up = parent[up];
  isLeft[left] = 1;
  for (let child = left; ; child = right) {
    parent[child] = node;
    column[child] = asked;
    above[child] = up;
    share[child] = tree.cover[child] / cover;
    zero[child] = zero[up] * share[child];
    if (child === right) return;
  }
}

function coverBelow(tree: TreeArrays, node: number): number {
  const [left, right] = [tree.left[node], tree.right[node]];
  const cover = tree.cover[left] + tree.cover[right];
  if (cover > 0 && left > node && right > node && left !== right) return cover;
  throw new HitlabError(
    cover > 0
      ? { what: `node ${node} of a tree has the nodes ${left} and ${right} below it`, remedy: "number parents first" }
      : {
          what: `node ${node} of a tree was reached by no train row, so an unknown column has no share of going left`,
          value: cover,
          remedy: "pass trees whose nodes hold the train rows (or weights) that came through them",
        },
  );
}

function pathsOf({ parent, above, share }: Omit<Edges, "base" | "longest">, tree: TreeArrays, output: number) {
  const count = parent.length;
  const outputs = tree.value.length / count;
  const reach = new Float64Array(count).fill(1);
  const different = new Int32Array(count);
  let [base, longest] = [0, 0];
  for (let node = 0; node < count; node++) {
    if (node > 0) {
      reach[node] = reach[parent[node]] * share[node];
      different[node] = different[parent[node]] + (above[node] === 0 ? 1 : 0);
    }
    if (tree.feature[node] >= 0) continue;
    base += reach[node] * tree.value[node * outputs + output];
    longest = Math.max(longest, different[node]);
  }
  return { base, longest };
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

/** For each edge: whether the row passes all edges of its column so far; the product of the factors at each t. */
function goDown(tree: TreeArrays, edges: Edges, rule: Rule, x: Float64Array, from: number, work: Work): void {
  const { parent, column, isLeft, above, share, zero } = edges;
  const { on, product } = work;
  const { t, rest } = rule;
  const { threshold } = tree;
  const points = t.length;
  on[0] = 1;
  for (let q = 0; q < points; q++) product[q] = 1;
  for (let node = 1; node < parent.length; node++) {
    const up = above[node];
    const here = node * points;
    const there = parent[node] * points;
    const left = x[from + column[node]] <= threshold[parent[node]] ? 1 : 0;
    const passes = left === isLeft[node] ? on[up] : 0;
    on[node] = passes;
    if (on[up] === 0) {
      for (let q = 0; q < points; q++) product[here + q] = product[there + q] * share[node];
    } else {
      for (let q = 0; q < points; q++) {
        const factor = (passes * t[q] + rest[q] * zero[node]) / (t[q] + rest[q] * zero[up]);
        product[here + q] = product[there + q] * factor;
      }
    }
  }
}

/** At each node the sum of value * product over the leaves below it, over the product itself. */
function sumUp(tree: TreeArrays, output: number, points: number, product: Float64Array): void {
  const { feature, left, right, value } = tree;
  const outputs = value.length / feature.length;
  for (let node = feature.length - 1; node > 0; node--) {
    const here = node * points;
    if (feature[node] < 0) {
      const says = value[node * outputs + output];
      for (let q = 0; q < points; q++) product[here + q] *= says;
    } else {
      const [a, b] = [left[node] * points, right[node] * points];
      for (let q = 0; q < points; q++) product[here + q] = product[a + q] + product[b + q];
    }
  }
}

/**
 * What each edge adds for its column. With f its factor and f' that of the edge above of the same column, to which the
 * leaves below this one belong no longer: (passed - zero) / f - (passed' - zero') / f', in its two short forms.
 */
function collect(edges: Edges, rule: Rule, { on, product }: Work, out: Float64Array, to: number): void {
  const { column, above, zero } = edges;
  const { t, rest, weight, weightByRest } = rule;
  const points = t.length;
  for (let node = 1; node < column.length; node++) {
    const up = above[node];
    const here = node * points;
    if (on[up] === 0) continue;
    let sum = 0;
    if (on[node] === 1) {
      for (let q = 0; q < points; q++) {
        const factors = (t[q] + rest[q] * zero[node]) * (t[q] + rest[q] * zero[up]);
        sum += (weight[q] * product[here + q]) / factors;
      }
      sum *= zero[up] - zero[node];
    } else {
      for (let q = 0; q < points; q++) sum -= (weightByRest[q] * product[here + q]) / (t[q] + rest[q] * zero[up]);
    }
    out[to + column[node]] += sum;
  }
}
