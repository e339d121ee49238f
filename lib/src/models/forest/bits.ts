/** Bits for numbers from 0 to `count` - 1; `count` to 2^31. */
export function bitsFor(count: number): number {
  return count < 2 ? 0 : 32 - Math.clz32(count - 1);
}

/** Writes whole numbers of a few bits each one after another. */
export class BitWriter {
  private bytes = new Uint8Array(1024);
  private length = 0;
  private waiting = 0;
  private count = 0;

  /** @param bits 0 to 24 */
  write(value: number, bits: number): void {
    this.waiting |= value << this.count;
    this.count += bits;
    while (this.count >= 8) {
      this.push(this.waiting & 255);
      this.waiting >>>= 8;
      this.count -= 8;
    }
  }

  /** All that was written; the last byte is filled up with zeros. */
  end(): Uint8Array {
    if (this.count > 0) this.push(this.waiting);
    return this.bytes.slice(0, this.length);
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) {
      const longer = new Uint8Array(2 * this.length);
      longer.set(this.bytes);
      this.bytes = longer;
    }
    this.bytes[this.length++] = byte;
  }
}

/** Reads what a BitWriter wrote; zeros after its end. */
export class BitReader {
  private at = 0;
  private waiting = 0;
  private count = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** @param bits 0 to 24 */
  read(bits: number): number {
    while (this.count < bits) {
      this.waiting |= (this.bytes[this.at++] ?? 0) << this.count;
      this.count += 8;
    }
    const value = this.waiting & ((1 << bits) - 1);
    this.waiting >>>= bits;
    this.count -= bits;
    return value;
  }

  /** Whether all was read, but for the zeros of the last byte, and no more. */
  get isAtEnd(): boolean {
    return this.at === this.bytes.length && this.count < 8 && this.waiting === 0;
  }
}

/** FNV-1a: 32 bits that tell damaged bytes from whole ones. Source: http://www.isthe.com/chongo/tech/comp/fnv */
export function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash >>> 0;
}
