/** What the sides that run in Node have in common: a task per line in, an answer per line out (see protocol.ts). */
import { createInterface } from "node:readline";
import { forgetPeak, peakMegabytes } from "./memory";
import type { Answer, Preparation, Task } from "./protocol";

export type Round = (round: number) => Promise<Omit<Answer, "by">>;

export interface Answering {
  /** Who answers, with version. */
  readonly by: string;
  /** What does the rounds of a work. */
  prepare(task: Task): Promise<Round>;
  /** Writes the arrays of a work, on the side that makes them. */
  write?(preparation: Preparation): Promise<void>;
}

/** Answers until the input is closed. */
export async function answerTasks(side: Answering): Promise<void> {
  const answer = answerer(side);
  for await (const line of createInterface({ input: process.stdin })) {
    const message = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.message ?? error) }));
    process.stdout.write(`${JSON.stringify(message)}\n`);
  }
}

function answerer({ by, prepare, write }: Answering): (task: Task | Preparation) => Promise<object> {
  let current: { work: string; round: Round } | undefined;
  return async (task) => {
    if ("write" in task) {
      await write?.(task);
      return {};
    }
    if (current?.work !== task.work) current = { work: task.work, round: await prepare(task) };
    forgetPeak();
    const answer = await current.round(task.round);
    const peakMb = peakMegabytes();
    return { ...(peakMb ? { peakMb } : {}), ...answer, by };
  };
}
