import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trees } from "../../src";
import { saveArrays } from "../../src/models/array-files";
import { joinTrees, readTrees, type StoredTrees } from "../../src/models/tree-files";
import { problem } from "./forest/problems";

const { train } = problem(60, 3, 2);

/** Two trees of one split and of a leaf, as they are stored. */
function stored(): StoredTrees {
  return {
    sizes: Int32Array.of(3, 1),
    feature: Int16Array.of(1, -1, -1, -1),
    threshold: Float64Array.of(0.5, 0, 0, 0),
    right: Int32Array.of(2, -1, -1, -1),
    cover: Float64Array.of(5, 2, 3, 5),
    value: Float64Array.of(0, -1, 1, 7),
  };
}

describe("stored trees", () => {
  it("come back as they were", () => {
    const read = readTrees({ ...stored() }, 2, 1);
    expect(read.map(({ left }) => [...left])).toEqual([[1, -1, -1], [-1]]);
    expect(joinTrees(read, 1)).toEqual(stored());
  });

  it.each<[string, Partial<StoredTrees>]>([
    ["a column there is not", { feature: Int16Array.of(2, -1, -1, -1) }],
    ["a column below -1", { feature: Int16Array.of(-2, -1, -1, -1) }],
    ["a child that is the node itself", { right: Int32Array.of(0, -1, -1, -1) }],
    ["one child twice", { right: Int32Array.of(1, -1, -1, -1) }],
    ["a child in the next tree", { right: Int32Array.of(3, -1, -1, -1) }],
    ["a child before the first node", { right: Int32Array.of(-1, -1, -1, -1) }],
    ["a split without its children", { feature: Int16Array.of(1, -1, 0, -1), right: Int32Array.of(2, -1, 3, -1) }],
    ["a threshold that is no number", { threshold: Float64Array.of(Number.NaN, 0, 0, 0) }],
    ["a value that is no number", { value: Float64Array.of(0, Number.POSITIVE_INFINITY, 1, 7) }],
    ["a tree without nodes", { sizes: Int32Array.of(4, 0) }],
    ["a size below 0", { sizes: Int32Array.of(5, -1) }],
    ["no trees", { sizes: new Int32Array(0) }],
    ["other sizes", { sizes: Int32Array.of(3, 2) }],
    ["too few values", { value: Float64Array.of(0, -1, 1) }],
  ])("with %s are refused", (_what, wrong) => {
    expect(() => readTrees({ ...stored(), ...wrong }, 2, 1)).toThrow("fit the model again");
  });

  it("with arrays of another kind, or without one, are refused", () => {
    const { cover, ...others } = stored();
    expect(() => readTrees(others, 2, 1)).toThrow("do not have 4 nodes");
    expect(() => readTrees({ ...others, cover: Float32Array.from(cover) }, 2, 1)).toThrow("do not have 4 nodes");
  });
});

describe("a saved model of trees", () => {
  const folder = mkdtempSync(join(tmpdir(), "hitlab-trees-"));
  const [json, binary] = ["model.json", "arrays.bin"].map((name) => join(folder, "forest", name));
  beforeAll(async () => {
    const options = { nEstimators: 2, maxDepth: 3, oobScore: true };
    (await trees.fitRandomForest(train, options)).save(join(folder, "forest"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What loading says of a changed file; the file is put back. */
  function told(file: string, changed: string | Uint8Array): string {
    const whole = readFileSync(file);
    writeFileSync(file, changed);
    try {
      trees.loadRandomForest(join(folder, "forest"));
      return "nothing";
    } catch (error) {
      return String(error);
    } finally {
      writeFileSync(file, whole);
    }
  }

  it("is refused with any byte flipped, and wherever it is cut", () => {
    for (const file of [json, binary]) {
      const whole = readFileSync(file);
      // Without the line break at its end the JSON is whole.
      for (let at = 0; at < whole.length - 1; at += 7) {
        const flipped = Uint8Array.from(whole, (byte, i) => (i === at ? byte ^ 1 : byte));
        expect(told(file, flipped), `byte ${at} of ${file}`).toMatch(/HitlabError: .*cannot be used/);
        expect(told(file, whole.subarray(0, at)), `${at} bytes of ${file}`).toMatch(/HitlabError: .*cannot be used/);
      }
    }
    expect(told(json, readFileSync(json))).toBe("nothing");
  });

  it("is refused with its arrays in another order", () => {
    const swapped = readFileSync(json, "utf8")
      .replace('"threshold"', '"other"')
      .replace('"cover"', '"threshold"')
      .replace('"other"', '"cover"');
    expect(told(json, swapped)).toContain("sha256");
  });

  it.each([
    [{ outputs: 1 }, "number of classes"],
    [{ outputs: 2.5 }, "number of classes"],
    [{ names: ["a", 2] }, "names"],
    [{ oobScore: "good" }, "out-of-bag"],
  ])("is refused if it says %j", (wrong, words) => {
    const two = { ...stored(), value: new Float64Array(8), oob: new Float64Array(4) };
    const path = join(folder, "wrong");
    const about = { names: ["a", "b"], outputs: 2, oobScore: 0.5 };
    saveArrays(path, "hitlab-random-forest", about, two);
    expect(trees.loadRandomForest(path).oobScore).toBe(0.5);
    saveArrays(path, "hitlab-random-forest", { ...about, ...wrong }, two);
    expect(() => trees.loadRandomForest(path)).toThrow(words);
  });
});
