import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HitlabError } from "../errors";
import { root } from "../paths";
import { provideKernels } from "./instance";

/** The compiled kernels, as the set-up leaves them. */
const kernelsFile = join(root, "lib", "dist", "kernels.wasm");

/** Node's way to the kernels. A page provides them by itself. */
provideKernels(() => {
  try {
    return new WebAssembly.Module(new Uint8Array(readFileSync(kernelsFile)));
  } catch (error) {
    throw new HitlabError({
      what: `the training kernels do not load: ${error instanceof Error ? error.message : String(error)}`,
      file: "lib/dist/kernels.wasm",
      remedy: "run npm start or npm test, which compile them",
    });
  }
});

/** SHA-256 of the compiled kernels: they decide the digits, so that what others trained is not taken for theirs. */
export function kernelsHash(): string {
  hash ??= createHash("sha256").update(readFileSync(kernelsFile)).digest("hex");
  return hash;
}

let hash: string | undefined;
