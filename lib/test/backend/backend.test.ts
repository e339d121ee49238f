import { afterEach, expect, it } from "vitest";
import { openBackend } from "../../src/backend";

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

it("runs on native TensorFlow where its binding loads, and else says what is missing and what to do", async () => {
  process.env.HITLAB_BACKEND = "tensorflow";
  const opened = await openBackend().catch((error: Error) => error.message);
  if (typeof opened === "string") expect(opened).toMatch(/binding.*does not load.*unset HITLAB_BACKEND/);
  else expect(opened.name).toBe("tensorflow");
});
