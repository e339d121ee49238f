import { join } from "node:path";
import { expect, test } from "vitest";
import { checkNotebooks } from "../front/types.mjs";
import { scratchFolder, writeNotebook } from "./scratch";

test("the code of a notebook is checked strictly, cell by cell, against hitlab's types", () => {
  const folder = scratchFolder("types");
  writeNotebook(join(folder, "01_bad.ipynb"), [
    'import { openStudy } from "hitlab";\nconst study = await openStudy("lstm", { seed: 42 });',
    "function twice(n) {\n  return 2 * n;\n}",
    'const seed: number = study.seed;\n\nawait openStudy("lstm", { sead: 1 });',
    "twice(seed);",
  ]);
  writeNotebook(join(folder, "02_good.ipynb"), [
    'import { openStudy } from "hitlab";',
    'const study = await openStudy("lstm");\nstudy.seed + 1;',
  ]);
  const errors = checkNotebooks({ folder });
  expect(errors).toEqual([
    "notebooks/01_bad.ipynb, cell [2], line 1: Parameter 'n' implicitly has an 'any' type.",
    expect.stringMatching(
      /^notebooks\/01_bad\.ipynb, cell \[3\], line 3: .*'sead' does not exist in type 'OpenStudyOptions'/,
    ),
  ]);
});
