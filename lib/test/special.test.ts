import stdlibExp from "@stdlib/math-base-special-exp";
import fc from "fast-check";
import { expect, it } from "vitest";
import { exp } from "../src/special";

const edges = [
  0,
  -0,
  1e-300,
  5e-324,
  3.725290298461914e-9,
  3.7252902984619136e-9,
  -3.725290298461914e-9,
  708,
  709,
  709.78,
  709.79,
  -708,
  -708.3,
  -708.5,
  -744,
  -745.2,
  -746,
  Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

it.each(edges)("exp has stdlib's digits at %d", (x) => {
  expect(exp(x)).toBe(stdlibExp(x));
  expect(exp(-x)).toBe(stdlibExp(-x));
});

it("exp has stdlib's digits everywhere", () => {
  for (let x = -746; x < 710; x += 0.0137) if (exp(x) !== stdlibExp(x)) expect([x, exp(x)]).toEqual([x, stdlibExp(x)]);
  const same = (x: number) => Object.is(exp(x), stdlibExp(x));
  fc.assert(fc.property(fc.double(), same));
  fc.assert(fc.property(fc.double({ min: -750, max: 712 }), same), { numRuns: 2000 });
  fc.assert(fc.property(fc.double({ min: -1, max: 1 }), same), { numRuns: 2000 });
});

it("exp has stdlib's digits around the halves of ln 2, where k turns", () => {
  for (let k = -1021; k < 1023; k++) {
    const turn = (k + 0.5) * Math.LN2;
    for (const x of [turn, turn * (1 + 2 ** -52), turn * (1 - 2 ** -53)]) expect(exp(x)).toBe(stdlibExp(x));
  }
});
