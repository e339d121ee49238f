import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listNotebooks } from "../front/notebooks.mjs";
import { python, root, runProgram, scratchFolder, writeNotebook } from "./scratch";

const binding = "node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node";
const isBuilt = existsSync(join(root, binding));
const hasData = process.env.HITLAB_DATA !== undefined;

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}

interface Results {
  readonly backend: string;
  readonly engine: string;
  readonly effort: string;
  readonly claims: readonly { readonly id: string; readonly asserted: boolean; readonly holds: boolean }[];
}

function nameOf(study: string): string {
  return (listNotebooks() as string[]).find((name) => name.startsWith(study)) ?? study;
}

/** The code cells of a study up to its last check of a claim. What comes after trains other models to compare with. */
function cellsOfClaims(study: string): string[] {
  const { cells } = JSON.parse(readFileSync(join(root, "notebooks", `${nameOf(study)}.ipynb`), "utf8")) as Notebook;
  const sources = cells.filter((cell) => cell.cell_type === "code").map(({ source }) => source.join(""));
  return sources.slice(0, sources.findLastIndex((source) => source.includes("study.check(")) + 1);
}

async function runNatively(notebook: string, out: string, effort: string): Promise<void> {
  const env = { HITLAB_BACKEND: "tensorflow", HITLAB_EFFORT: effort, HITLAB_SEED: undefined };
  const { code, output } = await runProgram(python, ["tools/run_notebooks.py", notebook, "--out", out], { env });
  expect(code, output).toBe(0);
}

function resultsOf(study: string, out: string): Results {
  return JSON.parse(readFileSync(join(out, "results", `${study}.json`), "utf8")) as Results;
}

/** What trained a study's first network, in the words of its notebook. */
const studies = [
  { study: "01", trained: "first.history", isThere: isBuilt },
  // Its claims are on real songs.
  { study: "02", trained: "history", isThere: isBuilt && hasData },
];

for (const { study, trained, isThere } of studies) {
  test.skipIf(!isThere)(
    `on native TensorFlow every claim of study ${study} holds`,
    { timeout: 1_800_000 },
    async () => {
      const out = scratchFolder(`native-${study}`);
      const notebook = join(out, `${nameOf(study)}.ipynb`);
      const close = `study.close({ trainSeconds: ${trained}.seconds, engine: ${trained}.engine });`;
      writeNotebook(notebook, [...cellsOfClaims(study), close]);
      await runNatively(notebook, out, "full");
      const { claims, ...rest } = resultsOf(study, out);
      expect(rest).toMatchObject({ effort: "full", backend: "tensorflow", engine: "tfjs tensorflow" });
      expect(claims.filter(({ asserted }) => asserted).length).toBeGreaterThan(0);
      expect(claims.filter(({ asserted, holds }) => asserted && !holds)).toEqual([]);
    },
  );

  // The whole path, at little effort.
  test.skipIf(!isBuilt)(`study ${study} runs to its end on native TensorFlow`, { timeout: 1_800_000 }, async () => {
    const out = scratchFolder(`native-quick-${study}`);
    await runNatively(join("notebooks", `${nameOf(study)}.ipynb`), out, "quick");
    expect(resultsOf(study, out)).toMatchObject({ backend: "tensorflow", engine: "tfjs tensorflow" });
  });
}
