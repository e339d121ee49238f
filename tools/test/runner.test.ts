import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { failureLines, namedNotebooks } from "../front/notebooks.mjs";
import { type Ended, python, root, runProgram, scratchFolder, writeNotebook } from "./scratch";

interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly cells: number;
  readonly failure: {
    readonly kind: string;
    readonly cell: number | null;
    readonly message: string;
    readonly source: string;
  } | null;
}

const notebooks: Record<string, string[]> = {
  "01_good": [
    "const here = process.cwd();",
    'console.log(here, (globalThis as any)[Symbol.for("hitlab.out")]);',
    'import * as tslab from "tslab"; tslab.display.html("<b>bold</b>");',
  ],
  "02_throws": ["const one = 1;", 'throw new Error("boom");', "one + 1"],
  "03_type": ['const n: number = "text";', "n"],
  "04_unawaited": ["const one = 1;", 'void Promise.reject(new Error("nobody waits"));', "const two = one + 1;"],
  "05_at_the_end": ['setTimeout(() => void Promise.reject(new Error("too late")), 20);'],
  "06_dies": [
    "const one = 1;",
    "setTimeout(() => process.exit(3), 50); await new Promise((done) => setTimeout(done, 9000));",
  ],
  "07_warns": ['console.error("careful");'],
  "08_slow": ["await new Promise((done) => setTimeout(done, 60_000));"],
};

describe("the notebook runner", () => {
  let ended: Ended;
  let folder = "";
  let out = "";
  const results = new Map<string, Result>();

  beforeAll(async () => {
    folder = scratchFolder("runner");
    out = join(folder, "out");
    const files = Object.entries(notebooks).map(([name, cells]) => {
      writeNotebook(join(folder, `${name}.ipynb`), cells);
      return join(folder, `${name}.ipynb`);
    });
    mkdirSync(join(out, "work", "01"), { recursive: true });
    mkdirSync(join(out, "results"));
    writeFileSync(join(out, "work", "01", "old-model.json"), "{}");
    writeFileSync(join(out, "results", "02.json"), "{}");
    const summary = join(out, "summary.json");
    const args = ["tools/run_notebooks.py", ...files, "--out", out, "--summary", summary, "--timeout", "6"];
    ended = await runProgram(python, args);
    for (const result of JSON.parse(readFileSync(summary, "utf8")) as Result[]) results.set(result.name, result);
  });

  test("a good notebook: executed copy with counts, in its own folder, with the place for its files", () => {
    expect(results.get("01_good")).toMatchObject({ ok: true, cells: 3, failure: null });
    const copy = JSON.parse(readFileSync(join(out, "notebooks", "01_good.ipynb"), "utf8"));
    expect(copy.cells.map((cell: { execution_count: number }) => cell.execution_count)).toEqual([1, 2, 3]);
    expect(copy.cells[1].outputs[0].text.join("")).toBe(`${folder} ${out}\n`);
    expect(copy.cells[2].outputs[0].data["text/html"].join("")).toBe("<b>bold</b>");
    expect(JSON.stringify(copy)).not.toContain("rejections");
  });

  test("what an older run left is gone", () => {
    expect(existsSync(join(out, "work", "01", "old-model.json"))).toBe(false);
    expect(existsSync(join(out, "work", "01"))).toBe(true);
    expect(existsSync(join(out, "results", "02.json"))).toBe(false);
  });

  test.each([
    ["02_throws", "error", 2, "Error: boom"],
    ["03_type", "error", 1, "Type 'string' is not assignable to type 'number'"],
    ["04_unawaited", "rejection", 2, "nobody waits"],
    ["05_at_the_end", "rejection", null, "too late"],
    ["06_dies", "died", 2, "the kernel died"],
    ["07_warns", "stderr", 1, "careful"],
    ["08_slow", "timeout", 1, "still running after 6 s"],
  ])("%s ends as %s in cell %s", (name, kind, cell, words) => {
    const { ok, failure } = results.get(name) ?? {};
    expect({ ok, kind: failure?.kind, cell: failure?.cell }).toEqual({ ok: false, kind, cell });
    expect(failure?.message).toContain(words);
    expect(failure?.source ?? "").toBe(cell === null ? "" : notebooks[name]?.[cell - 1]);
    expect(existsSync(join(out, "notebooks", `${name}.ipynb`))).toBe(false);
    expect(existsSync(join(out, "failed", `${name}.ipynb`))).toBe(true);
    expect(failureLines(results.get(name) as Result).join("\n")).toContain(words);
  });

  test("exit status and lines: one per notebook, and the failing cell's source and message", () => {
    expect(ended.code).toBe(1);
    expect(ended.output).toMatch(/^01_good {2}3 cells in \d+ s$/m);
    expect(ended.output).toMatch(
      /^02_throws {2}FAILED in cell \[2\] of 3 after \d+ s\n {4}\| throw new Error\("boom"\);\n/m,
    );
    expect(ended.output).not.toContain("Traceback");
    expect(ended.output).not.toContain("executor.js");
  });
});

test.runIf(process.platform !== "win32")("an interrupt ends runner and kernel", async () => {
  const folder = scratchFolder("interrupt");
  const note = 'require("fs").writeFileSync("pid", String(process.pid) + "\\n");';
  const cell = `${note} await new Promise((done) => setTimeout(done, 60_000));`;
  writeNotebook(join(folder, "01_slow.ipynb"), [cell]);
  // A process of its own that sends Ctrl-C's signal as soon as the cell runs.
  const script = [
    "import os, signal, subprocess, sys, time",
    "p = subprocess.Popen([sys.executable, *sys.argv[2:]])",
    "while p.poll() is None and not os.path.exists(sys.argv[1]): time.sleep(0.1)",
    "time.sleep(0.3)",
    "p.send_signal(signal.SIGINT)",
    "sys.exit(p.wait(30))",
  ].join("\n");
  const args = ["tools/run_notebooks.py", join(folder, "01_slow.ipynb"), "--out", join(folder, "out")];
  const { code, output } = await runProgram(python, ["-c", script, join(folder, "pid"), ...args]);
  expect(code, output).toBe(130);
  expect(output).toContain("interrupted");
  const kernel = Number(readFileSync(join(folder, "pid"), "utf8"));
  expect(() => process.kill(kernel, 0)).toThrow("ESRCH");
});

describe("names on the command line", () => {
  const known = ["00_index", "01_lstm", "02_nineties"];
  test.each([
    [[], known],
    [["01"], ["01_lstm"]],
    [
      ["2", "1", "01"],
      ["01_lstm", "02_nineties"],
    ],
    [
      ["notebooks/01_lstm.ipynb", "00_index"],
      ["00_index", "01_lstm"],
    ],
  ])("%j", (args, names) => {
    expect(namedNotebooks(args, known)).toEqual(names);
  });

  test("an unknown one", () => {
    expect(() => namedNotebooks(["07"], known)).toThrow(
      'there is no notebook "07". To mend it: name one of: 00_index, 01_lstm',
    );
  });

  test("npm start says so before it sets anything up", async () => {
    const { code, output } = await runProgram(process.execPath, [join(root, "tools", "start.mjs"), "99"]);
    expect(code).toBe(1);
    expect(output).toMatch(/^error: there is no notebook "99"\. To mend it: name one of: .*\n$/);
  });
});
