/**
 * A tree as 16 bytes a node: threshold (f64), how many bytes on the right child lies (u32), where the value of its column
 * lies in a row (u32, bytes). The left child is the next node. A leaf is its own right child, its threshold -Infinity.
 */
const NODE: usize = 16;

/** The node that a row goes to. Not a branch: half of them would be foreseen wrong, each at the cost of a few nodes. */
function next(node: usize, row: usize): usize {
  const left = load<f64>(row + load<u32>(node, 12)) <= load<f64>(node);
  return node + select<usize>(NODE, <usize>load<u32>(node, 8), left);
}

/** Adds what the tree says of each row, `outputs` numbers, to `out`. Eight rows at a time: one waits for memory long. */
export function predictTree(
  nodes: usize,
  values: usize,
  outputs: i32,
  x: usize,
  columns: i32,
  rows: i32,
  out: usize,
): void {
  const width = (<usize>columns) << 3;
  const step = (<usize>outputs) << 3;
  let row = x;
  let to = out;
  let left = rows;
  for (; left >= 8; left -= 8) {
    predictEight(nodes, values, outputs, row, width, to);
    row += 8 * width;
    to += 8 * step;
  }
  for (; left > 0; left--) {
    let node = nodes;
    for (let then = next(node, row); then != node; then = next(node, row)) node = then;
    add(values, outputs, node - nodes, to);
    row += width;
    to += step;
  }
}

function predictEight(nodes: usize, values: usize, outputs: i32, x: usize, width: usize, out: usize): void {
  let n0 = nodes;
  let n1 = nodes;
  let n2 = nodes;
  let n3 = nodes;
  let n4 = nodes;
  let n5 = nodes;
  let n6 = nodes;
  let n7 = nodes;
  const x4 = x + 4 * width;
  let moved: usize = 1;
  while (moved != 0) {
    const t0 = next(n0, x);
    const t1 = next(n1, x + width);
    const t2 = next(n2, x + 2 * width);
    const t3 = next(n3, x + 3 * width);
    const t4 = next(n4, x4);
    const t5 = next(n5, x4 + width);
    const t6 = next(n6, x4 + 2 * width);
    const t7 = next(n7, x4 + 3 * width);
    moved = (t0 ^ n0) | (t1 ^ n1) | (t2 ^ n2) | (t3 ^ n3) | (t4 ^ n4) | (t5 ^ n5) | (t6 ^ n6) | (t7 ^ n7);
    n0 = t0;
    n1 = t1;
    n2 = t2;
    n3 = t3;
    n4 = t4;
    n5 = t5;
    n6 = t6;
    n7 = t7;
  }
  const step = (<usize>outputs) << 3;
  add(values, outputs, n0 - nodes, out);
  add(values, outputs, n1 - nodes, out + step);
  add(values, outputs, n2 - nodes, out + 2 * step);
  add(values, outputs, n3 - nodes, out + 3 * step);
  add(values, outputs, n4 - nodes, out + 4 * step);
  add(values, outputs, n5 - nodes, out + 5 * step);
  add(values, outputs, n6 - nodes, out + 6 * step);
  add(values, outputs, n7 - nodes, out + 7 * step);
}

/** Adds the values of the leaf that lies `offset` bytes from the root. */
function add(values: usize, outputs: i32, offset: usize, out: usize): void {
  // A node has 16 bytes, a value 8.
  const from = values + (offset >> 1) * <usize>outputs;
  for (let k: usize = 0; k < (<usize>outputs) << 3; k += 8)
    store<f64>(out + k, load<f64>(out + k) + load<f64>(from + k));
}
