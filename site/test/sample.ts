import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { publish } from "../../tools/publish.mjs";

export const root = resolve(__dirname, "..", "..");
export const fixtures = join(__dirname, "fixtures");

export type Kind = "committed" | "run";

/** A notebook of the fixtures as `publish` takes it. */
export function sample(name: string, kind: Kind): { file: string; kind: Kind } {
  return { file: join(fixtures, "notebooks", `${name}.ipynb`), kind };
}

export const everything = [
  sample("01_sample", "committed"),
  sample("02_other_sample", "committed"),
  sample("01_sample", "run"),
];

/** A folder of its own in the system's temporary folder, and what removes it. */
export function scratch(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "hitlab-site-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The pages that are programs take what data lie in data/raw, else invented songs, and small models. */
export const quick = { HITLAB_DATA: "", HITLAB_EFFORT: "quick" };

/** Publishes samples with the results and claims of the fixtures, and the pages that are programs. */
export function publishSamples(out: string, notebooks = everything) {
  const results = { committed: join(fixtures, "results", "committed"), run: join(fixtures, "results", "run") };
  return publish({ root, out, notebooks, results, claims: join(fixtures, "claims.json"), env: quick });
}
