import { expect, test } from "vitest";
import { random, streamKey } from "../../src/random";
import { instantiate } from "./wasm";

const wasm = instantiate();

test.each([1, 2, 3, 17, 64, 1000, 55_730])("an order of %i rows is random.ts' permutation", (rows) => {
  // With 55,730 rows about one order in three has a number that is drawn again.
  for (const seed of [0, 1, 2, 3, 4, 5, 6, 7, 42, 0xffffffff]) {
    const order = wasm.room(rows);
    wasm.call("shuffle", order, rows, seed, streamKey("fit", 7, "order"));
    const expected = random(seed, "fit", 7, "order").permutation(rows);
    expect(Buffer.compare(Buffer.from(wasm.words(order, rows).buffer), Buffer.from(expected.buffer))).toBe(0);
  }
});
