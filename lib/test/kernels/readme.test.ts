import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { openBackend } from "../../src/backend";
import type { NetworkSpec, TrainingSpec } from "../../src/kernels";
import { KernelInstance } from "../../src/kernels/instance";
import { planNetwork } from "../../src/kernels/plan";
import { layerFields, programFields, recordSize } from "../../src/kernels/records";
import { lstmHitPredictor, portable, predictProbability } from "../../src/models/networks";
import { root } from "../../src/paths";
import { matrix } from "../../src/samples";
import { dense, dropout, lstm } from "./cases";

// What the chapter on the training engine (lib/kernels/README.md) says, as far as it can be tried.

const folder = join(root, "lib", "kernels");
const chapter = readFileSync(join(folder, "README.md"), "utf8");

beforeAll(async () => {
  await openBackend();
});

/** The one block of code that begins so. */
function example(start: string): string {
  const blocks = [...chapter.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  const [found, ...others] = blocks.filter((code) => code.startsWith(start));
  expect(others).toEqual([]);
  return found;
}

test("the example for a page runs there, without Node or tfjs, and shows the digits that Node shows", async () => {
  const contents = example("import { provideKernels }");
  const { outputFiles } = await build({
    // The package as it is installed: its compiled files.
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  const model = lstmHitPredictor({ lookBack: 14 });
  const files: Record<string, string | Uint8Array<ArrayBuffer>> = {
    "kernels.wasm": new Uint8Array(readFileSync(join(root, "lib", "dist", "kernels.wasm"))),
    "network.json": JSON.stringify(portable(model)),
  };
  const body = { textContent: "" };
  const page = { WebAssembly, document: { body }, fetch: async (name: string) => new Response(files[name]) };
  await runInNewContext(`(async () => {${outputFiles[0].text}})()`, page);

  const days = matrix(
    1,
    14,
    Float64Array.from({ length: 14 }, (_, day) => day / 13),
  );
  expect(body.textContent).toBe(`a hit with probability ${predictProbability(model, days)[0]}`);
  model.dispose();
});

test("the drawing's sizes are those of the buffers that the planner lays out", () => {
  const layers = [lstm(64, { returnSequences: true }), dropout(0.2), lstm(32), dropout(0.2)];
  const spec: NetworkSpec = { input: [14, 1], layers: [...layers, dense(16, "relu"), dense(1, "sigmoid")] };
  const training: TrainingSpec = {
    loss: { kind: "binaryCrossentropy" },
    optimizer: { kind: "adam", learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    batchSize: 32,
    seed: 42,
  };
  const instance = KernelInstance.lease();
  const sizes = new Set<number>();
  let end = 0;
  const watched = Object.create(instance) as KernelInstance;
  watched.allocate = (count) => {
    const at = instance.allocate(count);
    sizes.add(4 * count);
    end = at + 4 * count;
    return at;
  };
  const { length } = planNetwork(watched, spec, training);
  instance.release();
  // Records, and the list of penalties that is empty, are not drawn.
  for (const size of [recordSize(programFields), 6 * recordSize(layerFields), 0]) sizes.delete(size);

  const drawing = readFileSync(join(folder, "step.svg"), "utf8");
  const numbers = new Set(drawing.match(/\d[\d,]*\d|\d/g));
  const shown = [...sizes, end, length].map((size) => size.toLocaleString("en-US"));
  expect(shown.filter((size) => !numbers.has(size))).toEqual([]);
});

test.each(["lib/kernels/README.md", "lib/kernels/classic/README.md", "bench/README.md", "README.md"])(
  "%s names files that are there",
  (file) => {
    const text = readFileSync(join(root, file), "utf8");
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link);
    const local = links.filter((link) => !/^https?:/.test(link));
    expect(local.length).toBeGreaterThan(0);
    expect(local.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([]);
  },
);
