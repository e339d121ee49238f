import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runProgram, scratchClone } from "./scratch";

const script = `
import { runNotebooks } from "./tools/front/notebooks.mjs";
const ended = runNotebooks(["01_a"], { out: process.argv[1] });
console.log(await ended.then(JSON.stringify, (error) => error.message));
`;

// Python ends with 1 for any exception: only the summary tells that the runner came to its end.
test.runIf(process.platform !== "win32")("a runner that crashes is not taken for the run before it", async () => {
  const folder = scratchClone("crashed-runner");
  const [out, bin] = [join(folder, "out"), join(folder, ".venv", "bin")];
  mkdirSync(join(out, "work"), { recursive: true });
  writeFileSync(join(out, "work", "run.json"), JSON.stringify([{ name: "01_a", ok: true, seconds: 1, failure: null }]));
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "python"), "#!/bin/sh\necho Traceback >&2\nexit 1\n");
  chmodSync(join(bin, "python"), 0o755);
  const { output } = await runProgram(process.execPath, ["--input-type=module", "-e", script, out], { cwd: folder });
  expect(output).toBe("Traceback\nthe notebook runner failed. To mend it: read its message above.\n");
});
