import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { HitlabError } from "../errors";
import type { History } from "./history";

/** What is left of a finished training: how it went, and the weights it ended with, in the model's order. */
export interface Trained {
  readonly history: History;
  readonly weights: readonly Float32Array[];
}

/** A line of the log. */
interface Line {
  /** Hash over all that decides the result, the engine included. */
  readonly fingerprint: string;
  readonly id: string;
  readonly history: History;
  /** Little-endian float32 in base64, one text per weight. */
  readonly weights: readonly string[];
}

/** How every line begins: what is cut off before its end is known by it. */
const start = '{"fingerprint":"';

/**
 * A file that keeps finished trials: a line of JSON for each. It only grows, a line at a time, so that a kill costs no
 * more than the line that was being written. Lines of other trials are left alone. One process at a time may use it.
 */
export class TrialLog {
  private readonly handle: number;
  private readonly kept: Map<string, Line>;

  /** @throws HitlabError naming a line that is not a trial's; the file is then left as it is */
  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    const end = bytes.lastIndexOf("\n") + 1;
    this.kept = new Map(this.lines(bytes.subarray(0, end)).map((line) => [line.fingerprint, line]));
    // A last line without its end was cut off by a kill: it is written over, unless it is somebody else's.
    const rest = bytes.toString("utf8", end);
    if (!rest.startsWith(start) && !start.startsWith(rest)) this.parse(rest, this.kept.size + 1);
    if (rest) truncateSync(file, end);
    this.handle = openSync(file, "a");
  }

  /** The result of an earlier run, if the log has it. */
  find(fingerprint: string): Trained | undefined {
    const line = this.kept.get(fingerprint);
    return line && { history: line.history, weights: line.weights.map(fromBase64) };
  }

  add(id: string, fingerprint: string, { history, weights }: Trained): void {
    const line: Line = { fingerprint, id, history, weights: weights.map(toBase64) };
    writeFileSync(this.handle, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    closeSync(this.handle);
  }

  private lines(bytes: Buffer): Line[] {
    const lines: Line[] = [];
    for (let from = 0; from < bytes.length; ) {
      const to = bytes.indexOf("\n", from);
      lines.push(this.parse(bytes.toString("utf8", from, to), lines.length + 1));
      from = to + 1;
    }
    return lines;
  }

  private parse(text: string, number: number): Line {
    try {
      // JSON has no NaN: figures that were not measured come back as null.
      const line = JSON.parse(text, (_key, value) => (value === null ? Number.NaN : value)) as Line;
      const { fingerprint, history, weights } = line;
      if (typeof fingerprint === "string" && typeof history === "object" && Array.isArray(weights)) return line;
    } catch {}
    throw new HitlabError({
      what: "this line is not a trial's result",
      file: basename(this.file),
      line: number,
      value: text,
      remedy: "delete the line, or give log a file of its own",
    });
  }
}

function toBase64(weights: Float32Array): string {
  return Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength).toString("base64");
}

function fromBase64(text: string): Float32Array {
  // A copy of its own: a buffer's bytes need not start at a multiple of four.
  return new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
}
