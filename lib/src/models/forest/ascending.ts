/**
 * Ascending doubles in few bits, exactly. The patterns of doubles, read as whole numbers of 64 bits, ascend as the doubles
 * do once negative ones are turned over. Neighbours differ by little, so the differences are what is written: how many
 * bits one has, less 1 (6 bits), then these but for the highest, which is a 1. The first differs from 0.
 */
import type { BitReader, BitWriter } from "./bits";

/** The four digits of 16 bits of such a whole number, the lowest first. */
type Digits = Uint16Array;

/** Fewest bits of a double. */
export const leastBits = 6;

/** @param doubles each greater than the one before it, all finite */
export function writeAscending(bits: BitWriter, doubles: Float64Array): void {
  const view = new DataView(new ArrayBuffer(8));
  const [digits, before, step] = [0, 0, 0].map(() => new Uint16Array(4));
  for (const double of doubles) {
    before.set(digits);
    view.setFloat64(0, double, true);
    for (let d = 0; d < 4; d++) digits[d] = view.getUint16(2 * d, true);
    turn(digits, (digits[3] & 0x8000) !== 0);
    subtract(step, digits, before);
    writeStep(bits, step);
  }
}

/** The doubles that `writeAscending` wrote; undefined if they do not ascend or are not finite. */
export function readAscending(bits: BitReader, count: number): Float64Array | undefined {
  const doubles = new Float64Array(count);
  const view = new DataView(new ArrayBuffer(8));
  const [sum, digits] = [0, 0].map(() => new Uint16Array(4));
  for (let i = 0; i < count; i++) {
    addStep(bits, sum);
    digits.set(sum);
    turn(digits, (digits[3] & 0x8000) === 0);
    for (let d = 0; d < 4; d++) view.setUint16(2 * d, digits[d], true);
    doubles[i] = view.getFloat64(0, true);
    if (!Number.isFinite(doubles[i]) || (i > 0 && doubles[i] <= doubles[i - 1])) return undefined;
  }
  return doubles;
}

/** From the bits of a double to the whole number that ascends with it, and back: all bits of a negative one, or the sign. */
function turn(digits: Digits, negative: boolean): void {
  if (negative) for (let d = 0; d < 4; d++) digits[d] = ~digits[d];
  else digits[3] ^= 0x8000;
}

function subtract(difference: Digits, from: Digits, less: Digits): void {
  let borrow = 0;
  for (let d = 0; d < 4; d++) {
    const left = from[d] - less[d] - borrow;
    difference[d] = left;
    borrow = left < 0 ? 1 : 0;
  }
}

function writeStep(bits: BitWriter, step: Digits): void {
  let top = 3;
  while (top > 0 && step[top] === 0) top--;
  const below = 31 - Math.clz32(step[top]);
  bits.write(16 * top + below, 6);
  for (let d = 0; d < top; d++) bits.write(step[d], 16);
  bits.write(step[top] ^ (1 << below), below);
}

/** Adds the next difference. */
function addStep(bits: BitReader, sum: Digits): void {
  const highest = bits.read(6);
  const top = highest >> 4;
  let carry = 0;
  for (let d = 0; d < 4; d++) {
    let digit = 0;
    if (d < top) digit = bits.read(16);
    else if (d === top) digit = bits.read(highest & 15) | (1 << (highest & 15));
    const total = sum[d] + digit + carry;
    sum[d] = total;
    carry = total >> 16;
  }
}
