import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layerFields, penaltyFields, programFields, recordSize } from "../../src/kernels/records";
import { root } from "../../src/paths";
import { instantiate } from "./wasm";

/** The fields of a class of lib/kernels as its source has them; an address is written as a u32. */
function fieldsOf(file: string, name: string): [string, string][] {
  const source = readFileSync(join(root, "lib", "kernels", file), "utf8");
  const body = source.split(new RegExp(`^(?:export )?class ${name} \\{$`, "m"))[1].split(/^\}$/m)[0];
  return [...body.matchAll(/^ {2}(\w+): (\w+) =/gm)].map(([, field, type]) => [field, type === "usize" ? "u32" : type]);
}

test.each([
  ["layer.ts", "Layer", layerFields],
  ["program.ts", "Program", programFields],
  ["program.ts", "PenaltyRecord", penaltyFields],
])("%s: the planner writes %s as the kernels read it", (file, name, fields) => {
  expect(Object.entries(fields)).toEqual(fieldsOf(file, name));
});

test("the compiler lays the records out without gaps", () => {
  const wasm = instantiate();
  expect(wasm.call("layerSize")).toBe(recordSize(layerFields));
  expect(Math.ceil(wasm.call("programSize") / 8) * 8).toBe(recordSize(programFields));
});
