/** The works that a run has done, line by line in a file, so that one that was killed can go on. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Measured } from "./measure";
import { machineLine } from "./report";
import type { Work } from "./works";

interface Line extends Omit<Measured, "work"> {
  /** What was measured and where: another machine, Node or size is another work. */
  readonly key: string;
}

export class RunLog {
  private readonly done = new Map<string, Line>();

  /** @param resume takes what the file has; else it is emptied */
  constructor(
    private readonly file: string,
    resume: boolean,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    if (resume && existsSync(file)) for (const line of linesOf(file)) this.done.set(line.key, line);
    // Written anew: a line that was cut off would swallow the next one.
    writeFileSync(file, [...this.done.values()].map((line) => `${JSON.stringify(line)}\n`).join(""));
  }

  /** What an earlier run measured of this work. */
  of(work: Work): Measured | undefined {
    const line = this.done.get(keyOf(work));
    if (!line) return undefined;
    const { key: _, ...measured } = line;
    return { ...measured, work };
  }

  /** Keeps a work that was done. One whose peer failed is tried again. */
  add({ work, ...measured }: Measured): void {
    if (measured.trouble) return;
    const line: Line = { key: keyOf(work), ...measured };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

function keyOf({ id, settings, rounds }: Work): string {
  return JSON.stringify([machineLine(), id, rounds, settings]);
}

/** A last line that was cut off by the kill is left out. */
function linesOf(file: string): Line[] {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.flatMap((text) => {
    try {
      return [JSON.parse(text) as Line];
    } catch {
      return [];
    }
  });
}
