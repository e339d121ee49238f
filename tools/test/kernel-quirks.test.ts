import { expect, test } from "vitest";
import { lostShorthands, renamedBindings } from "../front/kernel-quirks.mjs";

const notebook = (...cells: string[]) => ({ cells: cells.map((source) => ({ cell_type: "code", source })) });

test("a shorthand property of an earlier cell's variable is found, with its cell and line", () => {
  const found = lostShorthands(notebook("const seed = 42;", "const other = 1;\nconst options = {\n  seed,\n};"));
  expect(found).toEqual([{ cell: 2, line: 3, name: "seed" }]);
});

test("written out, or declared in the cell itself, it is no trouble", () => {
  const fine = [
    "const o = { seed: seed };",
    "const g = (seed: number) => ({ seed });",
    "const [seed] = [1];\nf({ seed });",
  ];
  expect(lostShorthands(notebook("const seed = 42;", ...fine))).toEqual([]);
});

test("a renamed part of an object at the top of a cell is found; inside a function, or not renamed, it is no trouble", () => {
  const bad = "const o = { a: 1, b: 2 };\nconst { a: x, b: y } = o;";
  const fine =
    "const { a, b } = o;\nconst f = ({ a: x }: { a: number }) => {\n  const { y: z } = g(x);\n  return z;\n};";
  expect(renamedBindings(notebook(fine, bad))).toEqual([
    { cell: 2, line: 2, name: "x" },
    { cell: 2, line: 2, name: "y" },
  ]);
});
