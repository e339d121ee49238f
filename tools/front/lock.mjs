import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { writeWhole } from "./stamp.mjs";

/**
 * Adds to a lockfile the packages for other systems that npm left out. It leaves them out when it installs onto an
 * existing node_modules or from a mirror that does not carry them; `npm ci` then refuses the lockfile, or a reader on
 * another system gets no linter and no bundler.
 *
 * @param {{ packages: Record<string, object> }} lock changed in place
 * @returns {string[]} the entries added
 */
export function completeLock(lock) {
  const added = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(lock.packages, path, name) || !/^\d+\.\d+\.\d+/.test(version)) continue;
      const at = `${path.slice(0, path.lastIndexOf("node_modules/"))}node_modules/${name}`;
      lock.packages[at] = { version, ...system(name), ...(entry.dev ? { dev: true } : {}), optional: true };
      added.push(at);
    }
  }
  const sorted = Object.keys(lock.packages).sort((a, b) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted.map((path) => [path, lock.packages[path]]));
  return added;
}

/** Whether Node would find `name` from the package at `path`: there or in a folder above. */
function isLocked(packages, path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/")))) {
    if (packages[`${from ? `${from}/` : ""}node_modules/${name}`]) return true;
    if (!from) return false;
    if (!from.includes("/node_modules/")) from = "";
  }
}

/** The system that a platform package is for, as its name says. */
function system(name) {
  const pick = (values) => values.find((value) => new RegExp(`-${value}(-|$)`).test(name));
  const os = pick(["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"]);
  const cpu = pick(["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"]);
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(os ? { os: [os] } : {}) };
}

/** `node tools/lock.mjs`, after each change of dependencies. */
export async function main() {
  const file = join(root, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = completeLock(lock);
  if (added.length) writeWhole(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${added.length} packages for other systems added`);
}
