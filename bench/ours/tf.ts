import { createRequire } from "node:module";

/** tfjs as hitlab itself loads it: by `import`, vite-node would fetch a second copy, with tensors of its own. */
export const tf: typeof import("@tensorflow/tfjs") = createRequire(import.meta.url)("@tensorflow/tfjs");
