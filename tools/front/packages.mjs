import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure, installerFailure } from "./failure.mjs";
import { root } from "./paths.mjs";
import { run } from "./spawn.mjs";
import { writeLog } from "./stamp.mjs";

/**
 * Whether node_modules holds what the lockfile says: npm leaves its own list there when an installation is complete.
 *
 * @param {string} [folder]
 */
export function packagesMatch(folder = root) {
  const wanted = lockedPackages(join(folder, "package-lock.json"));
  const present = lockedPackages(join(folder, "node_modules", ".package-lock.json"));
  if (!wanted)
    throw new Failure("package-lock.json is missing or damaged", "get it back with git checkout package-lock.json");
  if (!present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith("node_modules/")) return true;
    const there = present[path];
    // Packages for another system are locked, too, and rightly absent.
    if (!there) return entry.optional === true;
    return there.version === entry.version && existsSync(join(folder, path, "package.json"));
  });
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Installs the locked packages without their install scripts. */
export async function installPackages() {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retry-mintimeout=1000"];
  const { command, first } = npm();
  const { code, output } = await run(command, [...first, ...args, "--fetch-retry-maxtimeout=5000"], { cwd: root });
  if (code === 0) return;
  if (code === 127) throw new Failure("npm was not found", "install Node with npm from nodejs.org");
  throw installerFailure("npm", output, writeLog("npm", output));
}

/** How to run npm without a shell: its script with this Node (npm.cmd of Windows needs a shell). */
export function npm() {
  const home = dirname(process.execPath);
  const script = [
    process.env.npm_execpath ?? "",
    join(home, "node_modules", "npm", "bin", "npm-cli.js"),
    join(home, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ].find((path) => path.endsWith("npm-cli.js") && existsSync(path));
  return script ? { command: process.execPath, first: [script] } : { command: "npm", first: [] };
}
