import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compilerRemedy, findCompiler } from "../front/compiler.mjs";
import { addon, addonFlags, buildStamp } from "../front/native-addon.mjs";
import { verifyNative } from "../front/native-verify.mjs";
import { cudaLibraries, requirementFor } from "../front/tensorflow-wheel.mjs";
import { runProgram, scratchClone, scratchFolder } from "./scratch";

const posix = process.platform !== "win32";
const glibc = true;

describe("the TensorFlow of a system", () => {
  it.each([
    [{ platform: "linux", arch: "x64", glibc }, "tensorflow-cpu==2.21.0"],
    [{ platform: "linux", arch: "arm64", glibc }, "tensorflow==2.21.0"],
    [{ platform: "darwin", arch: "arm64" }, "tensorflow==2.21.0"],
    [{ platform: "linux", arch: "x64", glibc, gpu: true }, "tensorflow[and-cuda]==2.21.0"],
  ])("%o: %s", (system, requirement) => {
    expect(requirementFor(system)).toBe(requirement);
  });

  it.each([
    [{ platform: "win32", arch: "x64" }, /not built on Windows\. To mend it: run the command in WSL/],
    [{ platform: "darwin", arch: "x64" }, /no TensorFlow 2\.21\.0 for darwin x64\. To mend it: use .* Apple silicon/],
    [{ platform: "linux", arch: "ia32", glibc }, /no TensorFlow 2\.21\.0 for linux ia32\./],
    [{ platform: "linux", arch: "x64", glibc: false }, /Linux without glibc\. To mend it: use a distribution/],
    [{ platform: "linux", arch: "arm64", glibc, gpu: true }, /with CUDA for linux arm64\. To mend it: leave out --gpu/],
  ])("%o: none", (system, message) => {
    expect(() => requirementFor(system)).toThrow(message);
  });
});

describe("what the compiler is told", () => {
  const where = { wheel: "/venv/tensorflow", package: "/modules/tfjs", headers: "/modules/headers" };

  it("is the same for an addon on Linux as the package's own build, with the wheel's headers and libraries", () => {
    const flags = addonFlags({ ...where, platform: "linux" });
    expect(flags.slice(0, 5)).toEqual(["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8"]);
    expect(flags).toContain(join("/venv/tensorflow", "libtensorflow_cc.so.2"));
    expect(flags).toContain(join("/venv/tensorflow", "libtensorflow_framework.so.2"));
    expect(flags.slice(-4)).toEqual(["-Xlinker", "-rpath", "-Xlinker", "/venv/tensorflow"]);
  });

  it("is a bundle on macOS, whose Node-API is found when it is loaded", () => {
    const flags = addonFlags({ ...where, platform: "darwin" });
    expect(flags.join(" ")).toContain("-bundle -undefined dynamic_lookup");
    expect(flags).toContain(join("/venv/tensorflow", "libtensorflow_cc.2.dylib"));
    expect(flags).not.toContain("-shared");
  });

  it("names CUDA's libraries and their folders, and only those that TensorFlow opens", () => {
    const site = scratchFolder("cuda");
    for (const file of ["cublas/lib/libcublas.so.12", "cublas/lib/libnvblas.so.12", "nvtx/include/nvtx.h"]) {
      mkdirSync(join(site, file, ".."), { recursive: true });
      writeFileSync(join(site, file), "");
    }
    const cuda = cudaLibraries(site);
    expect(cuda).toEqual([join(site, "cublas", "lib", "libcublas.so.12")]);
    const flags = addonFlags({ ...where, platform: "linux", cuda });
    expect(flags.indexOf("-Wl,--no-as-needed")).toBe(flags.indexOf(cuda[0]) - 1);
    expect(flags.filter((flag) => flag === join(site, "cublas", "lib"))).toHaveLength(1);
    expect(cudaLibraries(join(site, "nothing"))).toEqual([]);
  });

  it("makes another stamp for another TensorFlow", () => {
    const [cpu, gpu] = ["tensorflow-cpu==2.21.0", "tensorflow[and-cuda]==2.21.0"].map(buildStamp);
    expect(cpu).toBe(buildStamp("tensorflow-cpu==2.21.0"));
    expect(cpu).not.toBe(gpu);
  });
});

describe.runIf(posix)("the compiler", () => {
  const works = 'while [ "$1" != -o ]; do shift; done; echo made > "$2"';

  /** A folder for PATH with programs that do what the shell lines say. */
  function folderWith(programs: Readonly<Record<string, string>>): string {
    const folder = scratchFolder("compilers");
    for (const [name, lines] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    return folder;
  }

  it("is the first that really compiles", async () => {
    const PATH = folderWith({ "g++": "echo too old; exit 1", "clang++": works, "c++": works });
    expect(await findCompiler({ PATH })).toEqual({ command: "clang++", first: [] });
    // It ends well, but has compiled nothing.
    expect(await findCompiler({ PATH: folderWith({ "g++": "exit 0", "c++": works }) })).toMatchObject({
      command: "c++",
    });
  });

  it("is the one of CXX, and no other in its place", async () => {
    const PATH = folderWith({ "g++": works, mine: works, broken: "exit 1" });
    expect(await findCompiler({ PATH, CXX: "mine -m64" })).toEqual({ command: "mine", first: ["-m64"] });
    await expect(findCompiler({ PATH, CXX: "broken" })).rejects.toThrow(
      /CXX names "broken", which compiles no C\+\+17/,
    );
    await expect(findCompiler({ PATH, CXX: "gone" })).rejects.toThrow(/CXX names "gone", which is not there/);
  });

  it("is missed with what to install", async () => {
    await expect(findCompiler({ PATH: folderWith({}) })).rejects.toThrow(/no C\+\+ compiler was found\. To mend it: i/);
    const old = folderWith({ "g++": "exit 1" });
    await expect(findCompiler({ PATH: old })).rejects.toThrow(/g\+\+: none compiles C\+\+17\. To mend it: install/);
  });

  it.each([
    ["linux", 'ID=ubuntu\nID_LIKE="debian"\n', "sudo apt install g++"],
    ["linux", 'NAME="x"\nID="rocky"\nID_LIKE="rhel centos fedora"\n', "sudo dnf install gcc-c++"],
    ["linux", "ID=arch\n", "sudo pacman -S gcc"],
    ["linux", "ID=nixos\n", "with your package manager"],
    ["darwin", "", "xcode-select --install"],
  ] as const)("comes to %s %j by %s", (platform, release, words) => {
    expect(compilerRemedy(platform, release)).toContain(words);
  });
});

describe.runIf(posix)("npm run native", () => {
  it.each([
    [["--cuda"], {}, /^error: native does not know --cuda\. To mend it: use --gpu, --official or nothing\.$/],
    [["--gpu", "--official"], {}, /^error: --gpu and --official exclude each other\./],
    [[], { CXX: "/nowhere/c++" }, /^error: (CXX names "\/nowhere\/c\+\+", which is not there|there is no TensorFlow)/],
  ])("%j with %o says in one line what is wrong before it fetches anything", async (args, env, message) => {
    const folder = scratchClone("native");
    const { code, output } = await runProgram(process.execPath, ["tools/native.mjs", ...args], { cwd: folder, env });
    expect(code).toBe(1);
    expect(output.trim()).toMatch(message);
    expect(existsSync(join(folder, ".venv-native"))).toBe(false);
  });
});

// Skipped until "npm run native" has built the addon; .ci/run builds it.
it.skipIf(!existsSync(addon))("native TensorFlow works, and trains the studies' networks as wasm does", async () => {
  const { version, rows } = await verifyNative();
  expect(version).toMatch(/^2\.\d+\.\d+$/);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ holds }) => !holds)).toEqual([]);
});
