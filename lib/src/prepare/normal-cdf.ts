import erfc from "@stdlib/math-base-special-erfc";

/** P(Z <= z) for a standard normal Z. Not in special.ts, whose every import the workers of fitMany load. */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z * Math.SQRT1_2);
}
