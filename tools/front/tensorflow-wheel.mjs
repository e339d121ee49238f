import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";
import { installRequirements, makeVenv, requirementsReady } from "./python.mjs";

/** The TensorFlow that the addon is built against. */
export const tensorflowVersion = "2.21.0";

const environment = join(root, ".venv-native");
/** Where pip puts the wheel. Its Python part is never run, so that it need not be the one for the Python at hand. */
const site = join(environment, "wheel");
const wheelPython = "3.13";

/** Folder of the wheel's headers (include/) and libraries. */
export const tensorflow = join(site, "tensorflow");

const wasmInstead = "or leave HITLAB_BACKEND unset: wasm needs none of this";

/**
 * The pip requirement that brings TensorFlow's C library and its headers to a system.
 *
 * @param {{ platform?: string, arch?: string, glibc?: boolean, gpu?: boolean }} [system] default: this one, without GPU
 * @throws {Failure} where there is no such wheel
 */
export function requirementFor({ platform = process.platform, arch = process.arch, glibc, gpu = false } = {}) {
  const system = `${platform} ${arch}`;
  if (platform === "win32")
    throw new Failure(
      "native TensorFlow is not built on Windows",
      `run the command in WSL ("wsl --install" sets it up), ${wasmInstead}`,
    );
  if (!["linux x64", "linux arm64", "darwin arm64"].includes(system))
    throw new Failure(
      `there is no TensorFlow ${tensorflowVersion} for ${system}`,
      `use Linux (x64, arm64) or a Mac with Apple silicon, ${wasmInstead}`,
    );
  if (platform === "linux" && !(glibc ?? usesGlibc()))
    throw new Failure(
      `there is no TensorFlow ${tensorflowVersion} for a Linux without glibc`,
      `use a distribution with glibc, such as Debian, ${wasmInstead}`,
    );
  if (!gpu) return `${system === "linux x64" ? "tensorflow-cpu" : "tensorflow"}==${tensorflowVersion}`;
  if (system !== "linux x64")
    throw new Failure(`there is no TensorFlow ${tensorflowVersion} with CUDA for ${system}`, "leave out --gpu");
  return `tensorflow[and-cuda]==${tensorflowVersion}`;
}

function usesGlibc() {
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

/** The two libraries that the addon is linked with. */
export function tensorflowLibraries(folder = tensorflow, platform = process.platform) {
  const ending = platform === "darwin" ? "2.dylib" : "so.2";
  return ["libtensorflow_cc", "libtensorflow_framework"].map((name) => join(folder, `${name}.${ending}`));
}

/** Whether the wheel of this requirement is there. */
export async function wheelReady(requirement) {
  return (
    tensorflowLibraries().every((file) => existsSync(file)) && requirementsReady(environment, "native", [requirement])
  );
}

/** Installs the wheel into an environment of its own, made anew: 1.3 GB, with CUDA about 6 GB. */
export async function installWheel(requirement) {
  rmSync(environment, { recursive: true, force: true, maxRetries: 3 });
  await makeVenv(environment);
  const cuda = requirement.includes("[");
  const flags = ["--target", site, "--python-version", wheelPython, "--only-binary=:all:", "--no-compile"];
  await installRequirements(environment, "native", [requirement], {
    // Of what TensorFlow depends on only CUDA is needed here.
    flags: cuda ? flags : [...flags, "--no-deps"],
    // pip unpacks into the folder for temporary files first, which is in memory on some systems.
    env: { ...process.env, TMPDIR: environment },
  });
}

/** CUDA's libraries that TensorFlow opens by name while it runs: those that the extra "and-cuda" brought. */
export function cudaLibraries(folder = join(site, "nvidia")) {
  const wanted = /^lib(cudart|cublas|cublasLt|cufft|cusolver|cusparse|cudnn|cupti|nccl|nvJitLink)\.so\.\d+$/;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((part) => {
    const libraries = join(folder, part, "lib");
    if (!existsSync(libraries)) return [];
    return readdirSync(libraries)
      .filter((name) => wanted.test(name))
      .map((name) => join(libraries, name));
  });
}
