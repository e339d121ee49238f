import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { hashesOf } from "../../../tools/front/same-digits.mjs";
import { root } from "../../src/paths";
import { trainStudies } from "./golden/studies";
import golden from "./golden/studies.json";

// The same comparison in Chromium: tools/test/same-digits.test.ts. In other versions of Node: tools/same-digits.mjs,
// which also writes the golden file anew after a change of the kernels that is meant to change digits.

let wasm: Uint8Array<ArrayBuffer>;
beforeAll(() => {
  wasm = new Uint8Array(readFileSync(join(root, "lib", "dist", "kernels.wasm")));
});

const hashes = (stepsAtOnce?: number) => hashesOf(trainStudies(wasm, stepsAtOnce));

test("each study's network has after an epoch, to the bit, the weights it has everywhere", () => {
  expect(hashes()).toEqual(golden);
});

test("in how many calls the batches are trained changes nothing, nor what was trained before", () => {
  expect(hashes(1)).toEqual(golden);
});
