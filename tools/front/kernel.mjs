import { join } from "node:path";
import { root, venv } from "./paths.mjs";
import { readStamp, writeWhole } from "./stamp.mjs";

/**
 * The kernelspec of tslab. `tslab install` would need ipykernel, and on Windows a shell script as the kernel's program;
 * this one starts Node directly. Deprecation notes of old libraries would stand as red text under the cells: off.
 */
function kernelSpec() {
  const tslab = join(root, "node_modules", "tslab", "bin", "tslab");
  const argv = [process.execPath, "--no-deprecation", tslab, "kernel", "--config-path", "{connection_file}"];
  return `${JSON.stringify({ argv, display_name: "TypeScript", language: "typescript" }, null, 2)}\n`;
}

function specFile(prefix) {
  return join(prefix, "share", "jupyter", "kernels", "tslab", "kernel.json");
}

/** Whether the kernelspec below a Python prefix starts this Node and this tslab. */
export function kernelReady(prefix = venv) {
  return readStamp(specFile(prefix)) === kernelSpec();
}

/** Writes the kernelspec below a Python prefix: .venv, or a conda environment's folder. */
export function writeKernel(prefix = venv) {
  writeWhole(specFile(prefix), kernelSpec());
}
