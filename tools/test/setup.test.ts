import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeComplaint } from "../door.mjs";
import { installerFailure } from "../front/failure.mjs";
import { runProgram, scratchClone } from "./scratch";

const posix = process.platform !== "win32";

/** The last line that a program printed, and that it is the only one with "error:". */
function theError(output: string): string {
  const lines = output.trim().split("\n");
  expect(lines.filter((line) => line.startsWith("error:"))).toHaveLength(1);
  expect(output).not.toMatch(/^\s+at /m);
  return lines.at(-1) ?? "";
}

const setUpIn = (folder: string, env: Record<string, string | undefined>) =>
  runProgram(process.execPath, ["tools/setup.mjs"], { cwd: folder, env });

/** An address where nothing listens: a port that was free a moment ago. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 9}/`;
}

test("with everything there, set-up does no step again", async () => {
  const { code, output } = await runProgram(process.execPath, ["tools/setup.mjs", "--lab"]);
  expect({ code, output }).toEqual({ code: 0, output: "set-up: everything is there\n" });
});

describe("Node", () => {
  test.each([
    ["18.20.4", "Node 18.20.4 is too old, 20.19 or newer is needed"],
    ["20.18.3", "Node 20.18.3 is too old"],
    ["20.19.0", ""],
    ["24.1.0", ""],
  ])("%s", (version, words) => {
    const complaint = nodeComplaint(version, [20, 19]);
    expect(complaint.startsWith(words) && (complaint === "") === (words === "")).toBe(true);
  });

  test("an old Node gets one line from every command", async () => {
    const folder = scratchClone("old-node");
    const old = join(folder, "old.cjs");
    writeFileSync(
      old,
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "16.20.2" } });',
    );
    for (const command of ["start", "test", "lab", "refresh", "bench", "native", "setup"]) {
      const { code, output } = await runProgram(process.execPath, ["-r", old, join("tools", `${command}.mjs`)], {
        cwd: folder,
      });
      expect(code).toBe(1);
      expect(theError(output)).toMatch(/^error: Node 16\.20\.2 is too old, .* To mend it: install the current LTS/);
    }
  });
});

test("no network for npm", async () => {
  const folder = scratchClone("no-npm", { packages: false });
  const env = {
    npm_config_registry: await closedPort(),
    npm_config_cache: join(folder, "cache"),
    npm_config_fetch_retries: "0",
  };
  const { code, output } = await setUpIn(folder, env);
  expect(code).toBe(1);
  expect(theError(output)).toMatch(
    /^error: no network: npm could not reach its package registry\. To mend it: connect/,
  );
});

test("a build of lib is made anew: nothing that lost its source is left, nothing that was deleted stays away", async () => {
  const folder = scratchClone("build");
  const source = (name: string) => join(folder, "lib", "src", name);
  const built = (name: string) => existsSync(join(folder, "lib", "dist", name));
  const args = ["tools/setup.mjs", "--kernel-into", join(folder, "prefix")];
  mkdirSync(source(""));
  writeFileSync(source("index.ts"), "export const one = 1;\n");
  writeFileSync(source("old.ts"), "export const two = 2;\n");
  expect(await runProgram(process.execPath, args, { cwd: folder })).toMatchObject({ code: 0 });
  expect([built("index.js"), built("old.js")]).toEqual([true, true]);
  rmSync(source("old.ts"));
  rmSync(join(folder, "lib", "dist", "index.js"));
  expect(await runProgram(process.execPath, args, { cwd: folder })).toMatchObject({ code: 0 });
  expect([built("index.js"), built("old.js")]).toEqual([true, false]);
});

describe.runIf(posix)("Python", () => {
  let folder = "";
  beforeAll(() => {
    folder = scratchClone("python");
  });

  /** A folder for PATH with a python3 that does what the shell lines say. */
  function fakePython(name: string, lines: string): string {
    const bin = join(folder, name);
    mkdirSync(bin);
    writeFileSync(join(bin, "python3"), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(bin, "python3"), 0o755);
    return bin;
  }

  test("none", async () => {
    mkdirSync(join(folder, "empty"));
    const { code, output } = await setUpIn(folder, { PATH: join(folder, "empty") });
    expect(code).toBe(1);
    expect(theError(output)).toMatch(/^error: no Python was found, 3\.10 or newer is needed\. To mend it: install it/);
  });

  test("too old", async () => {
    const { output } = await setUpIn(folder, { PATH: fakePython("old", "echo 3.8.10") });
    expect(theError(output)).toMatch(/^error: Python 3\.8\.10 is too old, 3\.10 or newer is needed\./);
  });

  test("without its venv module, as on Debian", async () => {
    const lines =
      'if [ "$1" = -c ]; then echo 3.11.2; exit 0; fi\necho "The virtual environment was not created successfully because ensurepip is not available."\nexit 1';
    const { output } = await setUpIn(folder, { PATH: fakePython("debian", lines) });
    expect(theError(output)).toMatch(/^error: Python 3\.11\.2 lacks its venv module\. .*sudo apt install python3-venv/);
    expect(existsSync(join(folder, ".venv"))).toBe(false);
  });

  test("a broken .venv is made anew; no network for pip", async () => {
    mkdirSync(join(folder, ".venv", "bin"), { recursive: true });
    symlinkSync("/nowhere/python3", join(folder, ".venv", "bin", "python"));
    const env = {
      PIP_INDEX_URL: await closedPort(),
      PIP_CONFIG_FILE: "/dev/null",
      PIP_NO_CACHE_DIR: "1",
      PIP_RETRIES: "0",
    };
    const { output } = await setUpIn(folder, env);
    expect(theError(output)).toMatch(/^error: no network: pip could not reach its package registry\./);
    const made = await runProgram(join(folder, ".venv", "bin", "python"), ["-c", "print(1)"]);
    expect(made.output).toBe("1\n");
  });
});

describe("what installers say, in one line", () => {
  test.each([
    ["npm", "npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write", "the disk is full"],
    [
      "pip",
      "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
      "the disk is full",
    ],
    ["npm", "npm error code EAI_AGAIN\nnpm error request failed", "no network: npm"],
    ["npm", "npm error code EACCES\nnpm error syscall mkdir", "npm may not write here"],
    [
      "npm",
      "npm warn x\nnpm error code EINTEGRITY\nnpm error sha512",
      "npm failed: npm error code EINTEGRITY. To mend it: read log",
    ],
  ])("%s: %s", (installer, output, words) => {
    const { message } = installerFailure(installer, output, "log");
    expect(message.startsWith(words)).toBe(true);
    expect(message).not.toContain("\n");
  });
});
