import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completeLock } from "../front/lock.mjs";
import { root } from "./scratch";

test("the lockfile has the packages of every system, and no registry's address", () => {
  const text = readFileSync(join(root, "package-lock.json"), "utf8");
  expect(completeLock(JSON.parse(text)), 'run "node tools/lock.mjs"').toEqual([]);
  expect(text).not.toMatch(/"resolved": "http/);
});

test("completing a lockfile adds what is missing beside the package that wants it, and nothing twice", () => {
  const wants = { "@x/tool-darwin-arm64": "1.2.3", "@x/tool-linux-x64-musl": "1.2.3", "@x/loose": "^1.0.0" };
  const packages: Record<string, object> = {
    "": {},
    "node_modules/a/node_modules/tool": { version: "1.2.3", dev: true, optionalDependencies: wants },
    "node_modules/@x/tool-linux-x64-musl": { version: "1.2.3", optional: true },
  };
  const lock = { packages };
  expect(completeLock(lock)).toEqual(["node_modules/a/node_modules/@x/tool-darwin-arm64"]);
  expect(lock.packages["node_modules/a/node_modules/@x/tool-darwin-arm64"]).toEqual({
    version: "1.2.3",
    cpu: ["arm64"],
    os: ["darwin"],
    dev: true,
    optional: true,
  });
  expect(completeLock(lock)).toEqual([]);
});
