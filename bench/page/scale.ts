/** The axis of all bars: how many times faster, on a logarithmic scale; where both sides take as long stands the line. */

export interface Tick {
  /** Percent of the width, from the left. */
  readonly at: number;
  readonly label: string;
}

export interface Scale {
  /** Percent of the width at which a ratio (ours / peer) lies: the smaller, the farther to the right. */
  at(ratio: number): number;
  readonly ticks: readonly Tick[];
}

/** A scale that has room for all of these ratios, at least for twice as fast and half as fast. */
export function ratioScale(ratios: readonly number[]): Scale {
  const slowest = roundUp(Math.max(2, ...ratios));
  const fastest = roundUp(Math.max(2, ...ratios.map((ratio) => 1 / ratio)));
  // Either side is wide enough for its name.
  const left = Math.max(Math.log(slowest), Math.log(fastest) / 4);
  const right = Math.max(Math.log(fastest), Math.log(slowest) / 4);
  const at = (ratio: number) => (100 * (left - Math.log(ratio))) / (left + right);
  const tick = (times: number, ratio: number) => ({ at: at(ratio), label: times === 1 ? "1" : `${times}x` });
  // A label takes about a sixth of the width.
  const room = (left + right) / 6;
  const slower = stepsTo(slowest, room).reverse();
  const ticks = [...slower.map((n) => tick(n, n)), tick(1, 1), ...stepsTo(fastest, room).map((n) => tick(n, 1 / n))];
  return { at, ticks };
}

/** The next of 1, 2, 5, 10, 20, 50, ... */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  // 1.0000001 for what logarithms lose.
  const step = [1, 2, 5, 10].find((factor) => value <= factor * power * 1.0000001) ?? 10;
  return step * power;
}

/** Powers of ten up to the end, and the end itself where it has `room` (a logarithm) for its label. */
function stepsTo(end: number, room: number): number[] {
  const powers: number[] = [];
  for (let power = 10; power < end; power *= 10) powers.push(power);
  const last = powers.at(-1);
  if (last === undefined) return [end];
  return Math.log(end / last) < room ? powers : [...powers, end];
}
