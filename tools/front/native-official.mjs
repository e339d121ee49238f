import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { addon, addonStamp, tfjsNode } from "./native-addon.mjs";
import { npm } from "./packages.mjs";
import { root } from "./paths.mjs";
import { run } from "./spawn.mjs";
import { writeLog } from "./stamp.mjs";

/** Runs the install script of @tensorflow/tfjs-node-gpu. Where it fails, the addon that was there stays. */
export async function runOfficialInstaller() {
  const kept = `${addon}.kept`;
  if (existsSync(addon)) renameSync(addon, kept);
  const { command, first } = npm();
  const args = ["rebuild", "@tensorflow/tfjs-node-gpu", "--ignore-scripts=false", "--foreground-scripts"];
  const { code, output } = await run(command, [...first, ...args], { cwd: root });
  if (code === 0 && existsSync(addon)) {
    rmSync(kept, { force: true });
    rmSync(addonStamp, { force: true });
    return;
  }
  if (existsSync(kept)) renameSync(kept, addon);
  rmSync(join(tfjsNode, "deps"), { recursive: true, force: true });
  const error = /\bError: (.*[^.\s])/.exec(output)?.[1] ?? "it left no addon";
  throw new Failure(
    `the package's own installer failed: ${error} (all it said: ${writeLog("official", output)})`,
    'run "npm run native" without --official, which builds the addon against a TensorFlow of today',
  );
}
