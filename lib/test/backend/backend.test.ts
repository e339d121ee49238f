import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { root } from "../../src/paths";
import { isNativeBuilt } from "./native";

const kept = process.env.HITLAB_BACKEND;
afterEach(() => {
  if (kept === undefined) delete process.env.HITLAB_BACKEND;
  else process.env.HITLAB_BACKEND = kept;
});

it("runs on wasm by default and on cpu when asked, and says so", async () => {
  delete process.env.HITLAB_BACKEND;
  expect(await openBackend()).toMatchObject({ name: "wasm", line: expect.stringContaining("the default") });
  process.env.HITLAB_BACKEND = "cpu";
  expect(await openBackend()).toMatchObject({ name: "cpu", line: expect.stringContaining("HITLAB_BACKEND") });
});

it.skipIf(!isNativeBuilt)(
  "runs on native TensorFlow (needs npm run native), and says its version and device",
  async () => {
    process.env.HITLAB_BACKEND = "tensorflow";
    const { name, line } = await openBackend();
    expect(name).toBe("tensorflow");
    expect(line).toMatch(
      /^tensorflow: tfjs 4\.22\.0 on TensorFlow \d+\.\d+\.\d+ \((CPU|GPU)\), asked for by HITLAB_BACKEND$/,
    );
  },
);

it("says what is missing and what to do where the binding does not load", () => {
  const message = printed(`
    require("node:fs").existsSync = () => false; // tfjs-node looks for its binding so
    openBackend().catch((error) => console.log(error.message));`);
  expect(message.stdout).toMatch(/HITLAB_BACKEND=tensorflow, but the binding.*does not load.*npm run native.*or unset/);
});

it.skipIf(!isNativeBuilt)("is silent while native TensorFlow (needs npm run native) starts and trains", () => {
  const { stdout, stderr } = printed(`
    (async () => {
      await openBackend();
      const layers = [tf.layers.lstm({ units: 2, inputShape: [3, 1] }), tf.layers.dense({ units: 1 })];
      const model = tf.sequential({ layers });
      model.compile({ optimizer: "adam", loss: "meanSquaredError" });
      await model.fit(tf.ones([8, 3, 1]), tf.ones([8, 1]), { epochs: 1, verbose: 0 });
      console.log(tf.getBackend());
    })();`);
  expect(stdout.trim()).toBe("tensorflow");
  expect(stderr).toBe("");
});

/** What a Node of its own prints that runs on native TensorFlow. */
function printed(code: string): { stdout: string; stderr: string } {
  const { TF_CPP_MIN_LOG_LEVEL: _level, TF_ENABLE_ONEDNN_OPTS: _oneDnn, ...env } = process.env;
  const built = JSON.stringify(join(root, "lib", "dist", "backend"));
  const head = `const tf = require("@tensorflow/tfjs"); const { openBackend } = require(${built});`;
  return spawnSync(process.execPath, ["-e", head + code], {
    cwd: join(root, "lib"),
    encoding: "utf8",
    env: { ...env, HITLAB_BACKEND: "tensorflow" },
  });
}
