import ts from "typescript";

/**
 * Shorthand properties that name a variable of an earlier cell. TypeScript accepts `{ seed }`, but tslab 1.0.22 loses the
 * variable and the cell ends with "seed is not defined"; `{ seed: seed }` runs.
 *
 * @param {{ cells: { cell_type: string, source: string | string[] }[] }} notebook
 * @returns {{ cell: number, line: number, name: string }[]} cell and line from 1
 */
export function lostShorthands(notebook) {
  const earlier = new Set();
  const found = [];
  const codeCells = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  for (const [at, { source }] of codeCells.entries()) {
    const file = ts.createSourceFile("cell.ts", [source].flat().join(""), ts.ScriptTarget.ES2022, true);
    const own = new Set();
    const shorthands = [];
    visit(file, own, shorthands);
    for (const name of shorthands) {
      if (own.has(name.text) || !earlier.has(name.text)) continue;
      const { line } = file.getLineAndCharacterOfPosition(name.getStart(file));
      found.push({ cell: at + 1, line: line + 1, name: name.text });
    }
    for (const name of own) earlier.add(name);
  }
  return found;
}

/**
 * Renamed parts of an object taken apart at the top of a cell: `const { train: rows } = parts` is right TypeScript, but
 * tslab 1.0.22 makes "Identifier 'exports' has already been declared" of it as soon as two are renamed.
 *
 * @param {{ cells: { cell_type: string, source: string | string[] }[] }} notebook
 * @returns {{ cell: number, line: number, name: string }[]} cell and line from 1, and the new name
 */
export function renamedBindings(notebook) {
  const codeCells = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  return codeCells.flatMap(({ source }, at) => {
    const file = ts.createSourceFile("cell.ts", [source].flat().join(""), ts.ScriptTarget.ES2022, true);
    const patterns = file.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => declarationList.declarations.map(({ name }) => name))
      .filter(ts.isObjectBindingPattern);
    const renamed = patterns.flatMap(({ elements }) => {
      const changed = elements.filter(({ propertyName }) => propertyName);
      return changed.length > 1 ? changed : [];
    });
    return renamed.map(({ name }) => {
      const { line } = file.getLineAndCharacterOfPosition(name.getStart(file));
      return { cell: at + 1, line: line + 1, name: name.getText(file) };
    });
  });
}

/** Collects what a cell declares, at whatever depth, and the names of its shorthand properties. */
function visit(node, declared, shorthands) {
  if (ts.isShorthandPropertyAssignment(node)) shorthands.push(node.name);
  const names = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
  const named = names || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isImportSpecifier(node);
  if (named && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text);
  ts.forEachChild(node, (child) => visit(child, declared, shorthands));
}
