import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HitlabError } from "../errors";
import { root } from "../paths";
import { provideKernels } from "./instance";

/** Node's way to the kernels: the file that the set-up compiled. A page provides them by itself. */
provideKernels(() => {
  const file = join(root, "lib", "dist", "kernels.wasm");
  try {
    return new WebAssembly.Module(new Uint8Array(readFileSync(file)));
  } catch (error) {
    throw new HitlabError({
      what: `the training kernels do not load: ${error instanceof Error ? error.message : String(error)}`,
      file: "lib/dist/kernels.wasm",
      remedy: "run npm start or npm test, which compile them",
    });
  }
});
