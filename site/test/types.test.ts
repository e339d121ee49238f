import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { root } from "./sample";

test("the scripts of the pages are sound TypeScript", () => {
  const scripts = join(root, "site", "template", "scripts");
  const program = ts.createProgram([join(scripts, "page.ts"), join(scripts, "theme.ts")], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
  });
  const found = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  expect(found).toEqual([]);
});
