import { expect, test } from "vitest";
import type { Bundle } from "../../src/show";
import { progress } from "../../src/show";

function follow(label = "training") {
  const shown: Bundle[] = [];
  let clock = 0;
  const report = progress(label, { now: () => clock, display: (bundle) => shown.push(bundle) });
  const at = (milliseconds: number, done: number, text = "") => {
    clock = milliseconds;
    report(done, 10, text);
  };
  return { shown, at };
}

test("says how far, how long and how much longer", () => {
  const { shown, at } = follow();
  at(0, 0);
  at(2000, 2, "loss 0.25");
  expect(shown[1].data["text/plain"]).toBe(
    "[████················] training: 2 of 10 · loss 0.25 · 2.0 s, about 8.0 s left",
  );
  expect(shown[1].metadata).toEqual({
    hitlab: { progress: { label: "training", done: 2, total: 10, secondsLeft: 8 } },
  });
});

test("work that is taken up again tells the time left from what was done since", () => {
  const { shown, at } = follow();
  at(1000, 6, "resumed");
  at(3000, 7);
  expect(shown.map(({ metadata }) => metadata)).toMatchObject([
    { hitlab: { progress: { done: 6, secondsLeft: null } } },
    { hitlab: { progress: { done: 7, secondsLeft: 6 } } },
  ]);
});

test("shows at most four states a second, and always the last", () => {
  const { shown, at } = follow();
  for (let step = 0; step < 100; step++) at(step * 10, step / 10);
  at(1000, 10);
  at(1001, 10);
  expect(shown.length).toBe(5);
  expect(shown[4].data["text/plain"]).toBe("training: done, 10 in 1.0 s");
});

test("before the first step nothing is said of the time left", () => {
  const { shown, at } = follow();
  at(1000, 0);
  expect(shown[0].data["text/plain"]).toMatch(/training: 0 of 10 · 1\.0 s$/);
  expect(shown[0].metadata).toMatchObject({ hitlab: { progress: { secondsLeft: null } } });
});

test("labels are escaped", () => {
  const { shown, at } = follow("<b>");
  at(1000, 1, "<i>");
  expect(String(shown[0].data["text/html"])).toContain("&lt;b&gt;: 1 of 10 · &lt;i&gt;");
});

test("outside a notebook nothing happens", () => {
  expect(() => progress("quiet")(1, 2, "")).not.toThrow();
});
