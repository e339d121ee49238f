import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";
import { run } from "./spawn.mjs";
import { hashOf, hashOfFiles, readStamp, writeLog, writeWhole } from "./stamp.mjs";
import { cudaLibraries, tensorflow, tensorflowLibraries } from "./tensorflow-wheel.mjs";

/** The package whose addon is built here. */
export const tfjsNode = join(root, "node_modules", "@tensorflow", "tfjs-node-gpu");

/** Where the package looks for its addon in every Node from 15.12. */
export const addon = join(tfjsNode, "lib", "napi-v8", "tfjs_binding.node");

/** Tells which build lies there. "npm ci" takes it away with the addon. */
export const addonStamp = join(dirname(addon), ".hitlab-native");

const nodeHeaders = join(root, "node_modules", "node-api-headers");

/**
 * What the compiler is told, without the name of its output.
 *
 * @param {{ platform?: string, wheel?: string, package?: string, headers?: string, cuda?: string[] }} [where]
 *   `wheel`: the wheel's folder "tensorflow"; `package`: of the addon's sources; `headers`: of Node-API;
 *   `cuda`: libraries that TensorFlow is to find loaded
 */
export function addonFlags(where = {}) {
  const { platform = process.platform, wheel = tensorflow, cuda = [] } = where;
  const { package: sources = tfjsNode, headers = join(nodeHeaders, "include") } = where;
  const shared = platform === "darwin" ? ["-bundle", "-undefined", "dynamic_lookup"] : ["-shared"];
  // The loader is told the folders of all libraries; -Xlinker and not -Wl, because a path may hold a comma.
  const folders = [...new Set([wheel, ...cuda.map((file) => dirname(file))])];
  return [
    ...["-std=c++17", "-O2", "-fPIC", ...shared, "-DNAPI_VERSION=8"],
    ...[sources, join(wheel, "include"), headers].flatMap((folder) => ["-I", folder]),
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => join(sources, "binding", name)),
    ...tensorflowLibraries(wheel, platform),
    // TensorFlow opens CUDA's libraries by name and does not look for each in the folder where pip puts it.
    ...(cuda.length > 0 ? ["-Wl,--no-as-needed", ...cuda] : []),
    ...folders.flatMap((folder) => ["-Xlinker", "-rpath", "-Xlinker", folder]),
  ];
}

/** What an addon depends on: the wheel, the flags with all paths, the sources and headers, Node's architecture. */
export function buildStamp(requirement) {
  const packages = [tfjsNode, nodeHeaders].map((folder) => join(folder, "package.json"));
  const sources = hashOfFiles([join(tfjsNode, "binding")]);
  return hashOf(
    requirement,
    process.arch,
    ...addonFlags(),
    sources,
    ...packages.map((file) => readFileSync(file, "utf8")),
  );
}

/** Whether the addon was built from what is there now. */
export function addonReady(requirement) {
  return existsSync(addon) && readStamp(addonStamp) === buildStamp(requirement);
}

/** Compiles the addon. It appears whole or not at all: a program that has the old one loaded keeps it. */
export async function buildAddon({ command, first }, requirement) {
  const stamp = buildStamp(requirement);
  const part = `${addon}.${process.pid}.part`;
  mkdirSync(dirname(addon), { recursive: true });
  rmSync(addonStamp, { force: true });
  const { code, output } = await run(command, [...first, ...addonFlags({ cuda: cudaLibraries() }), "-o", part]);
  if (code !== 0) {
    rmSync(part, { force: true });
    const error = output.split(/\r?\n/).find((line) => /error|undefined reference/i.test(line)) ?? output.trim();
    throw new Failure(
      `the addon does not compile: ${error.trim().replace(/\.$/, "")}`,
      `read ${writeLog("native", output)}, or set CXX to another compiler`,
    );
  }
  renameSync(part, addon);
  writeWhole(addonStamp, stamp);
}
