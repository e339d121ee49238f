import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { run } from "./spawn.mjs";

const probe = `
#if __cplusplus < 201703L
#error "no C++17"
#endif
#include <string>
#include <string_view>
std::string probe(std::string_view text) { return std::string(text); }
`;

/**
 * Looks for a compiler that really makes a shared library out of C++17: the one that CXX names, and without CXX
 * g++, clang++ or c++.
 *
 * @returns {Promise<{ command: string, first: string[] }>} first: what comes before all other arguments
 * @throws {Failure} if there is none
 */
export async function findCompiler(env = process.env) {
  const [asked, ...first] = (env.CXX ?? "").split(/\s+/).filter(Boolean);
  const candidates = asked
    ? [{ command: asked, first }]
    : ["g++", "clang++", "c++"].map((name) => ({ command: name, first: [] }));
  const unfit = [];
  for (const candidate of candidates) {
    const outcome = await compileProbe(candidate, env);
    if (outcome === "compiled") return candidate;
    if (outcome === "failed") unfit.push(candidate.command);
  }
  if (asked)
    throw new Failure(
      `CXX names "${env.CXX}", which ${unfit.length > 0 ? "compiles no C++17" : "is not there"}`,
      "correct CXX or unset it",
    );
  const what = unfit.length > 0 ? `${unfit.join(", ")}: none compiles C++17` : "no C++ compiler was found";
  throw new Failure(what, `${compilerRemedy()}, then run the command again`);
}

/** "compiled", "failed", or "missing" where the program does not exist. */
async function compileProbe({ command, first }, env) {
  const folder = mkdtempSync(join(tmpdir(), "hitlab-compiler-"));
  try {
    const [source, library] = ["probe.cc", "probe.so"].map((name) => join(folder, name));
    writeFileSync(source, probe);
    const args = [...first, "-std=c++17", "-fPIC", "-shared", source, "-o", library];
    const { code } = await run(command, args, { cwd: folder, env });
    if (code === 127) return "missing";
    return code === 0 && existsSync(library) ? "compiled" : "failed";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const installs = [
  [/debian|ubuntu/, "sudo apt install g++"],
  [/fedora|rhel|centos/, "sudo dnf install gcc-c++"],
  [/suse/, "sudo zypper install gcc-c++"],
  [/arch/, "sudo pacman -S gcc"],
];

/** How a compiler comes to this system. `release`: the text of /etc/os-release. */
export function compilerRemedy(platform = process.platform, release = readRelease()) {
  if (platform === "darwin") return 'install Apple\'s compiler with "xcode-select --install"';
  const family = [...release.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].map(([, ids]) => ids).join(" ");
  const [, command] = installs.find(([pattern]) => pattern.test(family)) ?? [];
  return command ? `install one with "${command}"` : "install g++ or clang++ with your package manager";
}

function readRelease() {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
