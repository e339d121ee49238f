import { afterEach, describe, expect, it, vi } from "vitest";
import { answerQuestions, startWorker } from "../../pages/shared/worker";

type Listener = (event: { data?: unknown; message?: string }) => void;

/** A worker whose other side is the test. */
class FakeWorker {
  static last: FakeWorker;
  readonly posted: { id: number; question: string }[] = [];
  private readonly listeners = new Map<string, Listener>();

  constructor() {
    FakeWorker.last = this;
  }

  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, listener);
  }

  postMessage(message: { id: number; question: string }): void {
    this.posted.push(message);
  }

  hear(type: "message" | "error", event: { data?: unknown; message?: string }): void {
    this.listeners.get(type)?.(event);
  }
}

afterEach(() => vi.unstubAllGlobals());

describe("a worker that is asked", () => {
  function started() {
    vi.stubGlobal("Worker", FakeWorker);
    return { asked: startWorker<string, number>("// its bundle"), other: () => FakeWorker.last };
  }

  it("gives each question its own answer, whatever their order, and what is told on the way", async () => {
    const { asked, other } = started();
    const told: unknown[] = [];
    const [first, second] = [asked.ask("one", (message) => told.push(message)), asked.ask("two")];
    const [one, two] = other().posted;
    other().hear("message", { data: { id: two.id, failed: "no such song" } });
    other().hear("message", { data: { id: one.id, told: "half" } });
    other().hear("message", { data: { id: one.id, answer: 1 } });
    await expect(second).rejects.toThrow("no such song");
    expect([await first, told]).toEqual([1, ["half"]]);
  });

  it("fails open questions and later ones when it breaks down: none waits for ever", async () => {
    const { asked, other } = started();
    const open = asked.ask("one");
    other().hear("error", { message: "the script is blocked" });
    await expect(open).rejects.toThrow("the script is blocked");
    await expect(asked.ask("two")).rejects.toThrow("the script is blocked");
  });
});

it("the other side answers by number, and sends a fault as its text", async () => {
  const sent: unknown[] = [];
  const heard: ((event: { data: unknown }) => Promise<void>)[] = [];
  vi.stubGlobal("self", {
    postMessage: (message: unknown) => sent.push(message),
    addEventListener: (_: string, listener: (typeof heard)[number]) => heard.push(listener),
  });
  answerQuestions<string, number>((question, tell) => {
    tell("half");
    if (question === "bad") throw new Error("no such song");
    return question.length;
  });
  await heard[0]({ data: { id: 7, question: "four" } });
  await heard[0]({ data: { id: 8, question: "bad" } });
  expect(sent).toEqual([
    { id: 7, told: "half" },
    { id: 7, answer: 4 },
    { id: 8, told: "half" },
    { id: 8, failed: "no such song" },
  ]);
});
