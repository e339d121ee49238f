import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readRequirements } from "../../tools/front/bench.mjs";
import { writeNpy } from "../npy";
import { Side, SideError } from "../side";

/** A side in a few lines of JavaScript: `say(object)` answers, `task` is what was asked. */
function sideOf(body: string): Side {
  const program = `
    const say = (message) => console.log(JSON.stringify(message));
    require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
      const task = JSON.parse(line);
      ${body}
    });`;
  const side = new Side("the peer", process.execPath, ["-e", program]);
  onTestFinished(() => side.end());
  return side;
}

test("a side answers task after task; what a library prints is passed over, progress is told", async () => {
  const side = sideOf(`
    console.log("some library says hello"); console.log("42");
    say({ progress: "half" }); say({ seconds: task.round });`);
  const told: string[] = [];
  expect(await side.ask({ round: 1 }, (text) => told.push(text))).toEqual({ seconds: 1 });
  expect(await side.ask({ round: 2 })).toEqual({ seconds: 2 });
  expect(told).toEqual(["half"]);
});

test("a fault of a task leaves the side alive", async () => {
  const side = sideOf('say(task.bad ? { error: "ValueError: no such shape" } : { ok: true });');
  await expect(side.ask({ bad: true })).rejects.toThrow("the peer: ValueError: no such shape");
  expect(await side.ask({ bad: false })).toEqual({ ok: true });
  expect(side.gone).toBe(false);
});

test("a side that dies while it works is told with its last words, at once and when asked again", async () => {
  const side = sideOf('console.error("Killed by nobody"); process.exitCode = 3; setTimeout(() => process.exit(), 50);');
  const failed = side.ask({});
  await expect(failed).rejects.toBeInstanceOf(SideError);
  await expect(failed).rejects.toThrow(/^the peer ended \(exit status 3\), saying: Killed by nobody$/);
  expect(side.gone).toBe(true);
  await expect(side.ask({})).rejects.toThrow(/the peer ended \(exit status 3\)/);
});

test("a side whose program is missing is told", async () => {
  const side = new Side("the peer", join(tmpdir(), "no-such-python"), []);
  await expect(side.ask({})).rejects.toThrow(/the peer does not start: .*ENOENT/);
});

test("arrays are written in numpy's format", () => {
  const file = join(mkdtempSync(join(tmpdir(), "npy-")), "a.npy");
  writeNpy(file, [2, 3], [1, 2, 3, 4, 5, 0.1]);
  const bytes = readFileSync(file);
  const body = 10 + bytes.readUInt16LE(8);
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
  expect(body % 64).toBe(0);
  expect(bytes.subarray(10, body).toString()).toMatch(/^\{'descr': '<f4', .*'shape': \(2, 3\), \} *\n$/);
  expect(bytes.length).toBe(body + 24);
  expect(bytes.readFloatLE(body + 16)).toBe(5);
  expect(() => writeNpy(file, [4], [1])).toThrow(/do not fill \[4\]/);
  writeNpy(file, [3], [1, 2, 0.1], "float64");
  const doubles = readFileSync(file);
  expect(doubles.toString("latin1")).toContain("'descr': '<f8'");
  expect(doubles.readDoubleLE(10 + doubles.readUInt16LE(8) + 16)).toBe(0.1);
  writeNpy(file, [1], [1]);
  expect(readFileSync(file, "latin1")).toContain("'shape': (1,)");
});

test("the peer's packages are all pinned", () => {
  const wanted = readRequirements(readFileSync(new URL("../requirements.txt", import.meta.url), "utf8"));
  expect(wanted.length).toBeGreaterThanOrEqual(4);
  for (const line of wanted) expect(line).toMatch(/^[a-z-]+==\d+\.\d+\.\d+(; .+)?$/);
});
