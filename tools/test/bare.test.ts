import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { root } from "./scratch";

/** Files that are read before a program's first line runs: its static imports, theirs, and so on. */
function readAtOnce(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const wanted of importsOf(file)) if (wanted.startsWith(".")) readAtOnce(join(dirname(file), wanted), seen);
  return seen;
}

function importsOf(file: string): string[] {
  const found = readFileSync(file, "utf8").matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)";|^import "([^"]+)";/gm);
  return [...found].map(([, from, alone]) => from ?? alone);
}

test.each(["setup", "start", "test", "lab", "bench", "native", "refresh"])(
  "npm run %s begins without any package",
  (name) => {
    const door = readFileSync(join(root, "tools", `${name}.mjs`), "utf8");
    const program = /import\("(\.\/front\/[^"]+)"\)/.exec(door)?.[1];
    expect(program).toBeDefined();
    const files = [...readAtOnce(join(root, "tools", program as string))];
    expect(files.length).toBeGreaterThan(3);
    const packages = files.flatMap((file) =>
      importsOf(file)
        .filter((wanted) => !wanted.startsWith(".") && !wanted.startsWith("node:"))
        .map((wanted) => `${relative(root, file)} needs ${wanted}`),
    );
    expect(packages).toEqual([]);
  },
);
