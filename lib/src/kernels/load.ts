import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HitlabError } from "../errors";
import { root } from "../paths";
import { provideKernels } from "./instance";

/** The compiled kernels, as the set-up leaves them. */
export const kernelsFile = join(root, "lib", "dist", "kernels.wasm");

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
