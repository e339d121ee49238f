import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A side that ended or refused; the message says which, and what it last said. */
export class SideError extends Error {}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: SideError) => void;
  readonly progress: (text: string) => void;
}

/**
 * One of the two sides: a process that stays alive, gets a task per line on its standard input and answers each with a
 * line of JSON. So neither imports nor warm-up are timed, and the sides do not disturb each other: only one works.
 */
export class Side {
  private readonly child: ChildProcess;
  private waiting?: Waiting;
  private ended?: string;
  private said = "";

  /** @param name as messages call it */
  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ) {
    this.child = spawn(command, args, { ...options, windowsHide: true, stdio: ["pipe", "pipe", "pipe"] });
    // A side at work would not notice for minutes that nobody waits any more.
    const kill = () => this.child.kill();
    process.once("exit", kill);
    this.child.once("close", () => process.off("exit", kill));
    // A side that is gone is told of by "close"; the write that came too late needs no second report.
    this.child.stdin?.on("error", () => {});
    this.child.stderr?.on("data", (chunk) => {
      this.said = `${this.said}${chunk}`.slice(-2000);
    });
    createInterface({ input: this.child.stdout as NodeJS.ReadableStream }).on("line", (line) => this.hear(line));
    this.child.on("error", (error) => this.close(`does not start: ${error.message}`));
    this.child.on("close", (code, signal) => this.close(`ended (${signal ?? `exit status ${code}`})`));
  }

  /** Whether the process has ended. */
  get gone(): boolean {
    return this.ended !== undefined;
  }

  /**
   * Has a task done.
   *
   * @param progress told of what the side says on the way
   * @throws SideError if the side reports a fault, or has ended
   */
  ask<T>(task: object, progress: (text: string) => void = () => {}): Promise<T> {
    if (this.waiting) throw new Error(`${this.name} was asked while it works`);
    return new Promise<T>((resolve, reject) => {
      if (this.ended) {
        reject(new SideError(this.ended));
        return;
      }
      this.waiting = { resolve: resolve as (answer: unknown) => void, reject, progress };
      this.child.stdin?.write(`${JSON.stringify(task)}\n`);
    });
  }

  /** Lets the process end: its input is closed. */
  end(): void {
    this.child.stdin?.end();
  }

  private hear(line: string): void {
    const message = parse(line);
    // What is no JSON object was printed by some library.
    if (!message || !this.waiting) return;
    const { resolve, reject, progress } = this.waiting;
    if (typeof message.progress === "string") {
      progress(message.progress);
      return;
    }
    this.waiting = undefined;
    if (typeof message.error === "string") reject(new SideError(`${this.name}: ${message.error}`));
    else resolve(message);
  }

  private close(how: string): void {
    const last = this.said.trim().split(/\r?\n/).slice(-3).join(" | ");
    this.ended ??= `${this.name} ${how}${last ? `, saying: ${last}` : ""}`;
    this.waiting?.reject(new SideError(this.ended));
    this.waiting = undefined;
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
