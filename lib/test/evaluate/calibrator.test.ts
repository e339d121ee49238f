import { describe, expect, it } from "vitest";
import { brier, calibrator, rocAuc } from "../../src/evaluate";
import { random } from "../../src/random";
import { sigmoid } from "../../src/special";

/** A model that ranks as well as can be, but is three times as sure as it should be. */
function overconfident(rows: number, seed: number) {
  const rng = random(seed, "overconfident");
  const margins = Array.from({ length: rows }, () => rng.normal());
  const labels = margins.map((margin) => Number(rng.uniform() < sigmoid(margin)));
  return { labels, decisions: margins.map((margin) => 3 * margin), said: margins.map((margin) => sigmoid(3 * margin)) };
}

describe("a calibrator", () => {
  const [validation, test] = [overconfident(3000, 1), overconfident(3000, 2)];
  const before = brier(test.labels, test.said);

  it("makes an overconfident model honest by Platt's sigmoid", () => {
    const { map, apply } = calibrator(validation.decisions, validation.labels);
    expect(map).toMatchObject({ kind: "platt" });
    expect("a" in map && map.a).toBeCloseTo(-1 / 3, 1);
    const calibrated = apply(test.decisions);
    expect(brier(test.labels, calibrated)).toBeLessThan(before - 0.02);
    expect(rocAuc(test.labels, calibrated)).toBeCloseTo(rocAuc(test.labels, test.said), 12);
  });

  it("does so by an isotonic map too", () => {
    const { map, apply } = calibrator(validation.said, validation.labels, { method: "isotonic" });
    expect(map.kind).toBe("isotonic");
    expect(brier(test.labels, apply(test.said))).toBeLessThan(before - 0.02);
  });

  it("names what is wrong", () => {
    expect(() => calibrator([0.1], [1], { method: "beta" as "platt" })).toThrow('"platt" or "isotonic" (found "beta")');
    expect(() => calibrator([0.1], [1], { method: "constructor" as "platt" })).toThrow('(found "constructor")');
    expect(() => calibrator([0.1, 0.2], [1])).toThrow("one target per row");
    expect(() => calibrator([0.1, 0.2], [1, 1])).toThrow("of class 1");
  });
});
