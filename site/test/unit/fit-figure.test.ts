import { beforeAll, describe, expect, it, vi } from "vitest";

let fit: typeof import("../../pages/shared/fit-figure");
beforeAll(async () => {
  // A phone that is touched.
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  fit = await import("../../pages/shared/fit-figure");
});

const long = ["vanilla + early stopping", "L2 without early stopping", "L1, as run"];

describe("a figure on a phone", () => {
  it("is as tall as names of several lines need", () => {
    const named = (ticktext: string[]) => fit.phoneHeight({ data: [], layout: { yaxis: { ticktext } } });
    expect(named(long)).toBeGreaterThan(named(["one", "two", "three"]));
    const categories = fit.phoneHeight({ data: [{ y: long }, { y: long }] });
    expect(categories).toBe(named(long));
    expect(fit.phoneHeight({ data: [{ y: [1, 2, 3] }] })).toBeLessThan(200);
  });

  it.each([
    ["that lie too close", { tickvals: [0.925, 0.95, 0.975], range: [0.91, 0.99], domain: [0, 0.475] }, [0.925, 0.975]],
    ["that have room", { tickvals: [0.1, 0.2], range: [0, 0.25], domain: [0, 1] }, [0.1, 0.2]],
    ["that are logarithmic", { type: "log", tickvals: [1, 10, 100, 1000], range: [-1, 10] }, [1, 100]],
    ["that are names", { tickvals: [0, 1], ticktext: ["not a hit at all", "hit"], range: [0, 30] }, [0, 1]],
    ["that are one", { tickvals: [5], range: [0, 10] }, [5]],
  ])("keeps of ticks %s as many as can be read", (_, xaxis, left) => {
    const { layout } = fit.fitted({ data: [], layout: { xaxis, yaxis: {} } }, { width: 260, height: 400 }, false);
    expect(layout.xaxis).toMatchObject({ tickvals: left });
  });
});
