import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The Python of .venv. */
export const python =
  process.platform === "win32" ? join(root, ".venv", "Scripts", "python.exe") : join(root, ".venv", "bin", "python");

/** A new empty folder below out/test, inside the repository so that kernels started there find the packages. */
export function scratchFolder(name: string): string {
  const base = join(root, "out", "test");
  mkdirSync(base, { recursive: true });
  return mkdtempSync(join(base, `${name}-`));
}

/** A copy of what the set-up reads, without packages and without .venv; `packages`: with ours linked in. */
export function scratchClone(name: string, { packages = true } = {}): string {
  const folder = scratchFolder(name);
  const parts = ["tools", "package.json", "package-lock.json", ".npmrc", "environment.yml", "tsconfig.json"];
  for (const part of [...parts, "lib/package.json", "lib/tsconfig.json", "lib/kernels"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  if (packages) symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end; `env` is laid over ours, an undefined value takes a variable away. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string | undefined> } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...options.env };
    const child = spawn(command, args, { cwd: options.cwd ?? root, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Writes a notebook of code cells for the TypeScript kernel. */
export function writeNotebook(file: string, cells: readonly string[]): void {
  const notebook = {
    cells: cells.map((source, at) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${at}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(file, JSON.stringify(notebook, null, 1));
}
