/** What trees are grown on, how, and where: set once for all trees of a forest. */

/** The bits of an item that are its row, where rows count as whole numbers. */
export const ROW: u32 = (1 << 20) - 1;

// The table.
export let codes: usize = 0;
export let wide: bool = false;
export let rows: i32 = 0;
export let columns: i32 = 0;
export let codeCounts: usize = 0;
export let weights: usize = 0;
export let targets: usize = 0;
// The kind of tree.
export let classes: i32 = 0;
export let counting: bool = false;
export let maxDepth: i32 = 0;
export let maxFeatures: i32 = 0;
export let minSplit: i32 = 2;
export let minLeaf: i32 = 1;
// Room to work in.
export let items: usize = 0;
export let spare: usize = 0;
export let keys: usize = 0;
export let sortRoom: usize = 0;
export let counts: usize = 0;
export let histogram: usize = 0;
export let stack: usize = 0;
export let order: usize = 0;
export let totals: usize = 0;
export let leftTotals: usize = 0;
// The tree.
export let features: usize = 0;
export let lows: usize = 0;
export let highs: usize = 0;
export let rights: usize = 0;
export let covers: usize = 0;
export let values: usize = 0;
/**
 * The table that trees are grown on.
 *
 * @param codeArray codes, column after column, of 4 bytes if `isWide`, otherwise of 2
 * @param codeCountArray how many codes each column has (u32)
 * @param weightArray and `targetArray`: a number per row (f64); not read for trees that count
 */
export function forestTable(
  rowCount: i32,
  columnCount: i32,
  codeArray: usize,
  isWide: bool,
  codeCountArray: usize,
  weightArray: usize,
  targetArray: usize,
): void {
  rows = rowCount;
  columns = columnCount;
  codes = codeArray;
  wide = isWide;
  codeCounts = codeCountArray;
  weights = weightArray;
  targets = targetArray;
}

/** The kind of tree; classCount 0 = means of the targets. */
export function forestKind(
  classCount: i32,
  isCounting: bool,
  depth: i32,
  featureCount: i32,
  splitRows: i32,
  leafRows: i32,
): void {
  classes = classCount;
  counting = isCounting;
  maxDepth = depth;
  maxFeatures = featureCount;
  minSplit = splitRows;
  minLeaf = leafRows;
}

/**
 * Room to work in: items, spare (u32 each) and keys, sortRoom (u64 each) per row, counts (u32 per row and one, zeros),
 * histogram (u64 per code of the column with the most, zeros), stack (16 bytes per row and one), order (u32 per column),
 * totals and leftTotals (f64 per class, at least one).
 */
export function forestRoom(
  itemRoom: usize,
  spareRoom: usize,
  keyRoom: usize,
  sortingRoom: usize,
  countRoom: usize,
  histogramRoom: usize,
  stackRoom: usize,
  orderRoom: usize,
  totalRoom: usize,
  leftRoom: usize,
): void {
  items = itemRoom;
  spare = spareRoom;
  keys = keyRoom;
  sortRoom = sortingRoom;
  counts = countRoom;
  histogram = histogramRoom;
  stack = stackRoom;
  order = orderRoom;
  totals = totalRoom;
  leftTotals = leftRoom;
}

/** Where the tree goes, per node: feature (-1 = leaf), codes of the split, right child (u32), cover, values (f64). */
export function forestTree(
  featureArray: usize,
  lowArray: usize,
  highArray: usize,
  rightArray: usize,
  coverArray: usize,
  valueArray: usize,
): void {
  features = featureArray;
  lows = lowArray;
  highs = highArray;
  rights = rightArray;
  covers = coverArray;
  values = valueArray;
}
