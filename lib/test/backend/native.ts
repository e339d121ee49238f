import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../src/paths";

/** Whether `npm run native` has built the binding of tfjs-node-gpu here. */
export const isNativeBuilt = existsSync(
  join(root, "node_modules", "@tensorflow", "tfjs-node-gpu", "lib", "napi-v8", "tfjs_binding.node"),
);
