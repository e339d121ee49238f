/** A question to a worker, answered by number. */
export interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

export type Answered<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly failed: string }
  | { readonly id: number; readonly told: unknown };

/**
 * A Web Worker from the text of its bundle, by a blob: address, since file:// lets no page start a worker from a file.
 * Each question gets one answer; `told` hears what the worker tells on the way.
 *
 * @example
 * ```ts
 * import source from "worker:./worker.ts";
 * const judge = startWorker<Question, Answer>(source);
 * const answer = await judge.ask(question);
 * ```
 */
export function startWorker<Question, Answer>(source: string) {
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const waiting = new Map<number, Waiting<Answer>>();
  let last = 0;
  let broken: Error | undefined;
  worker.addEventListener("message", ({ data }: MessageEvent<Answered<Answer>>) => {
    const asked = waiting.get(data.id);
    if (!asked) return;
    if ("told" in data) return asked.told?.(data.told);
    waiting.delete(data.id);
    if ("failed" in data) asked.reject(new Error(data.failed));
    else asked.resolve(data.answer);
  });
  worker.addEventListener("error", (event) => {
    broken = new Error(`${event.message || "the worker broke down"}. To mend it: load the page again.`);
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  });
  return {
    ask(question: Question, told?: (message: unknown) => void): Promise<Answer> {
      // A worker that could not start would never answer.
      if (broken) return Promise.reject(broken);
      const id = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, told });
        worker.postMessage({ id, question } satisfies Asked<Question>);
      });
    },
  };
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly told?: (message: unknown) => void;
}

/** Within a worker: answers each question by `answer`, which may tell something on the way. */
export function answerQuestions<Question, Answer>(
  answer: (question: Question, tell: (message: unknown) => void) => Answer | Promise<Answer>,
): void {
  const scope = self as unknown as {
    postMessage(message: Answered<Answer>): void;
    addEventListener(type: "message", listener: (event: MessageEvent<Asked<Question>>) => void): void;
  };
  scope.addEventListener("message", async ({ data: { id, question } }) => {
    try {
      scope.postMessage({ id, answer: await answer(question, (told) => scope.postMessage({ id, told })) });
    } catch (error) {
      scope.postMessage({ id, failed: error instanceof Error ? error.message : String(error) });
    }
  });
}
