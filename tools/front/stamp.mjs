import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./paths.mjs";

/** SHA-256 of texts, in hexadecimal. */
export function hashOf(...texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}\n`).update(text);
  return hash.digest("hex");
}

/** Hash over names and contents of files and folders (whole trees). */
export function hashOfFiles(paths, base = root) {
  const files = paths.flatMap((path) => listFiles(path)).sort();
  return hashOf(...files.flatMap((file) => [relative(base, file).replaceAll("\\", "/"), readFileSync(file, "utf8")]));
}

function listFiles(path) {
  const entries = readFolder(path);
  return entries ? entries.flatMap((entry) => listFiles(join(path, entry))) : [path];
}

function readFolder(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** The stamp that a finished step left, or "". */
export function readStamp(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Writes a file whole or not at all. */
export function writeWhole(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, text);
  renameSync(part, file);
}

/** Keeps the output of a failed step in out/log; returns the path to name in a message. */
export function writeLog(name, output) {
  const file = join("out", "log", `${name}.log`);
  try {
    writeWhole(join(root, file), output);
  } catch {
    // A log that cannot be written must not hide the failure that it is about.
  }
  return file;
}
