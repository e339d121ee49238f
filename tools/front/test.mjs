import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";
import { run } from "./spawn.mjs";

const report = join(root, "out", "test", "vitest.json");
const tool = (...path) => join(root, "node_modules", ...path);

/** `npm test [-- arguments of vitest]`: set-up, then stage after stage; the first that fails ends it. */
export async function main(args) {
  await setUp({ lab: true });
  const program = (...command) =>
    run(process.execPath, command, { cwd: root, show: true }).then(({ code }) => code === 0);
  const checks = await import("./types.mjs");
  const stages = [
    [
      "types of lib",
      () => program(tool("typescript", "bin", "tsc"), "-p", "lib", "--noEmit", "--incremental", "false"),
    ],
    ["types in notebooks", () => without(checks.checkNotebooks())],
    ["types of pages", () => without(checks.checkPages())],
    ["types of tests and bench", () => without(checks.checkTests())],
    ["format and lint", () => program(tool("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings")],
    [
      "floors",
      () =>
        program(
          tool("dependency-cruiser", "bin", "dependency-cruise.mjs"),
          "lib/src",
          "--config",
          ".dependency-cruiser.cjs",
        ),
    ],
    ["tests", () => vitest(program, args)],
  ];
  for (const [name, check] of stages) {
    const begun = Date.now();
    const passed = await check();
    console.log(`${name}: ${passed ? "passed" : "FAILED"} in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    if (!passed && name !== "tests") return 1;
    if (name === "tests") console.log(countLine());
    if (!passed) return 1;
  }
  return 0;
}

/** Prints errors; whether there were none. */
function without(errors) {
  for (const error of errors) console.error(error);
  return errors.length === 0;
}

function vitest(program, args) {
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return program(tool("vitest", "vitest.mjs"), "run", ...reporters, ...args);
}

/** "N passed, N failed" (and ", N skipped") from vitest's own report; a test file that does not even load counts as one failure. */
function countLine() {
  try {
    const found = JSON.parse(readFileSync(report, "utf8"));
    const unloaded = found.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
    const skipped = found.numPendingTests > 0 ? `, ${found.numPendingTests} skipped` : "";
    return `${found.numPassedTests} passed, ${found.numFailedTests + unloaded.length} failed${skipped}`;
  } catch {
    return "0 passed, 1 failed";
  }
}
