import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../src/paths";
import golden from "./golden/classic-digits.json";

// In other versions of Node: node tools/same-digits.mjs, which also writes the golden file anew with --write.

test("each classic model says, to the bit, what it says everywhere", async () => {
  // What is built, as workers run it; by Node's own loader, which a test runner's would double.
  const script = createRequire(import.meta.url)(join(root, "lib/test/models/golden/classic-digits.cjs"));
  expect(await script.hashes()).toEqual(golden);
});
