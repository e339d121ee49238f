import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { lostShorthands, renamedBindings } from "./kernel-quirks.mjs";
import { listNotebooks, notebooksFolder } from "./notebooks.mjs";
import { root } from "./paths.mjs";

/**
 * The code cells of a notebook as one TypeScript module, with the line at which each cell begins.
 *
 * @param {{ cells: { cell_type: string, source: string | string[] }[] }} notebook
 */
export function notebookModule(notebook) {
  const starts = [];
  const lines = [];
  for (const cell of notebook.cells.filter(({ cell_type }) => cell_type === "code")) {
    starts.push(lines.length);
    lines.push(...[cell.source].flat().join("").split("\n"));
  }
  lines.push("export {};");
  return { text: lines.join("\n"), starts };
}

/** Cell and line within it, both from 1, for a line of the module (from 0). */
export function placeInNotebook(starts, line) {
  const cell = starts.filter((start) => start <= line).length;
  return { cell, line: line - (starts[cell - 1] ?? 0) + 1 };
}

const options = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.ESNext,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
  types: ["node"],
};

/**
 * Checks the code inside notebooks as strictly as lib's: the kernel itself knows no `strict`.
 *
 * @param {{ folder?: string, names?: string[] }} [where]
 * @returns {string[]} one message per error, naming notebook, cell and line
 */
export function checkNotebooks({ folder = notebooksFolder, names = listNotebooks(folder) } = {}) {
  const modules = new Map();
  const lost = [];
  for (const name of names) {
    const notebook = JSON.parse(readFileSync(join(folder, `${name}.ipynb`), "utf8"));
    for (const { cell, line, name: variable } of lostShorthands(notebook)) {
      const place = `notebooks/${name}.ipynb, cell [${cell}], line ${line}`;
      lost.push(`${place}: the kernel loses a shorthand property here; write "${variable}: ${variable}"`);
    }
    for (const { cell, line, name: variable } of renamedBindings(notebook)) {
      const place = `notebooks/${name}.ipynb, cell [${cell}], line ${line}`;
      lost.push(`${place}: the kernel cannot rename here; write "const ${variable} = ..." on its own`);
    }
    modules.set(slashes(join(folder, `${name}.ipynb.ts`)), { name, ...notebookModule(notebook) });
  }
  // Node10 is how the kernel finds the types of packages.
  const settings = { ...options, moduleResolution: ts.ModuleResolutionKind.Node10 };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => modules.has(slashes(file)) || fileExists(file);
  host.readFile = (file) => modules.get(slashes(file))?.text ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => {
    const module = modules.get(slashes(file));
    return module ? ts.createSourceFile(file, module.text, target, true) : getSourceFile(file, target, ...rest);
  };
  const program = ts.createProgram([...modules.keys()], settings, host);
  return [...lost, ...ts.getPreEmitDiagnostics(program).map((error) => describe(error, modules))];
}

function describe(error, modules) {
  const message = ts.flattenDiagnosticMessageText(error.messageText, " ");
  const module = error.file && modules.get(slashes(error.file.fileName));
  if (!module) return `${error.file?.fileName ?? "notebooks"}: ${message}`;
  const at = placeInNotebook(module.starts, error.file.getLineAndCharacterOfPosition(error.start ?? 0).line);
  return `notebooks/${module.name}.ipynb, cell [${at.cell}], line ${at.line}: ${message}`;
}

/** Checks the types of what runs in the pages of the site, where there is no Node. @returns {string[]} */
export function checkPages() {
  const folder = join(root, "site", "pages");
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  return ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options)).map(inFile);
}

/** Checks the types of all test files, of the bench and of what builds the data of the pages. @returns {string[]} */
export function checkTests() {
  const folders = ["lib/test", "tools/test", "site/test", "site/build", "bench"].map((folder) => join(root, folder));
  const files = folders.flatMap((folder) => ts.sys.readDirectory(folder, [".ts"]));
  const declarations = ts.sys.readDirectory(join(root, "lib", "src"), [".d.ts"]);
  const settings = {
    ...options,
    // What Node 20 has; the kernel of the notebooks knows less.
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    resolveJsonModule: true,
  };
  // The tools are JavaScript: their types are read from what they say in comments, they are not checked themselves.
  const program = ts.createProgram([...files, ...declarations], { ...settings, allowJs: true, checkJs: false });
  return ts.getPreEmitDiagnostics(program).map(inFile);
}

function inFile(error) {
  const message = ts.flattenDiagnosticMessageText(error.messageText, " ");
  if (!error.file) return message;
  const { line } = error.file.getLineAndCharacterOfPosition(error.start ?? 0);
  return `${slashes(error.file.fileName).replace(`${slashes(root)}/`, "")}:${line + 1}: ${message}`;
}

function slashes(path) {
  return path.replaceAll("\\", "/");
}
