import { inspect } from "node:util";
import { expect, it } from "vitest";
import { HitlabError } from "../src/errors";

const error = new HitlabError({
  what: "rank must be a whole number from 1 to 200",
  value: "x".repeat(200),
  file: "charts.csv",
  line: 12,
  column: "rank",
  remedy: "correct the cell",
});

it("says where, what, the value cut short, and what to do", () => {
  expect(error.message).toMatch(
    /^charts\.csv:12, column "rank": rank must be .* \(found "x{76}\.\.\.\)\. To mend it: correct the cell\.$/,
  );
});

it("prints as that sentence alone: no frames of the library, no parts twice", () => {
  expect(inspect(error)).toBe(`[HitlabError: ${error.message}]`);
  expect(error.fault.line).toBe(12);
});
