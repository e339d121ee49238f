import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { drift } from "../front/drift.mjs";
import { listNotebooks } from "../front/notebooks.mjs";
import { readme, withClaims } from "../readme.mjs";
import { root } from "./scratch";

interface Cell {
  readonly cell_type: string;
  readonly execution_count: number | null;
  readonly outputs: readonly { output_type: string; name?: string }[];
}

const names: string[] = listNotebooks();

test("the committed outputs belong to the notebooks as they are", () => {
  expect(drift(names)).toEqual([]);
});

describe.each(names)("%s", (name) => {
  const read = () => readFileSync(join(root, "notebooks", `${name}.ipynb`), "utf8");

  test("is for the TypeScript kernel, was run from top to bottom, without stderr", () => {
    const notebook = JSON.parse(read()) as { metadata: { kernelspec: object }; cells: Cell[] };
    expect(notebook.metadata.kernelspec).toMatchObject({ name: "tslab", language: "typescript" });
    const code = notebook.cells.filter((cell) => cell.cell_type === "code");
    expect(code.map((cell) => cell.execution_count)).toEqual(code.map((_, at) => at + 1));
    const outputs = code.flatMap((cell) => cell.outputs);
    expect(outputs.filter((output) => output.output_type === "error" || output.name === "stderr")).toEqual([]);
  });
});

test("the README's claims table is the one of the committed results", async () => {
  const { text, wanted } = await readme();
  expect(text, 'run "npm run refresh"').toBe(wanted);
});

test("a claims table is put between its marks and nowhere else", () => {
  const text = "# A\n<!-- claims:start -->\nold\n<!-- claims:end -->\nrest\n";
  const wanted = "# A\n<!-- claims:start -->\n\n| new |\n\n<!-- claims:end -->\nrest\n";
  expect(withClaims(text, "| new |")).toBe(wanted);
  expect(withClaims(wanted, "| new |")).toBe(wanted);
  expect(() => withClaims("# A\n", "x")).toThrow("no place for the claims table");
});
