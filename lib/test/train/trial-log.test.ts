import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { historyOf } from "../../src/train/history";
import { TrialLog } from "../../src/train/trial-log";

const folder = mkdtempSync(join(tmpdir(), "hitlab-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

const figures = { loss: 0.1 + 0.2, accuracy: Number.NaN, mae: Number.NaN, valLoss: 1 / 3, valAccuracy: 1, valMae: 0 };
const history = historyOf([figures, { ...figures, loss: 0.25 }], { engine: "kernels", seconds: 1.5, keptEpoch: 2 });
const weights = [Float32Array.of(0.1, -0, 1e-40), Float32Array.of(3)];

/** What the log has once it is opened anew. */
function reopened<T>(file: string, use: (log: TrialLog) => T): T {
  const log = new TrialLog(file);
  try {
    return use(log);
  } finally {
    log.close();
  }
}

describe("TrialLog", () => {
  it("gives back what it was given, to the bit, and nothing for another fingerprint", () => {
    const file = join(folder, "new", "log.jsonl");
    reopened(file, (log) => {
      expect(log.find("f1")).toBeUndefined();
      log.add("a", "f1", { history, weights });
    });
    expect(reopened(file, (log) => [log.find("f1"), log.find("f2")])).toEqual([{ history, weights }, undefined]);
    expect(readFileSync(file, "utf8").split("\n")).toHaveLength(2);
  });

  it("writes over a line that a kill cut off, and keeps the lines before it", () => {
    const file = join(folder, "cut.jsonl");
    reopened(file, (log) => log.add("a", "f1", { history, weights }));
    appendFileSync(file, readFileSync(file, "utf8").slice(0, 100).replace("f1", "f2"));
    reopened(file, (log) => {
      expect(log.find("f2")).toBeUndefined();
      log.add("b", "f3", { history, weights });
    });
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(["a", "b"]);
  });

  it.each(["my notes", "7", '{"id":"a"}'])("leaves a file of somebody else alone: %s", (text) => {
    const file = join(folder, "notes.txt");
    writeFileSync(file, text);
    expect(() => new TrialLog(file)).toThrow(/notes\.txt:1: this line is not a trial's result/);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("names a whole line that is not a trial's", () => {
    const file = join(folder, "other.jsonl");
    for (const strange of ["my notes", "{}", "7", '{"fingerprint":"f","weights":[]}']) {
      reopened(file, (log) => log.add("a", "f1", { history, weights }));
      appendFileSync(file, `${strange}\n`);
      expect(() => new TrialLog(file)).toThrow(/other\.jsonl:2: this line is not a trial's result/);
      writeFileSync(file, "");
    }
  });
});
