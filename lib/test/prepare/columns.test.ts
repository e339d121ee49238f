import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { numbers } from "../../src/prepare";

it("gives a numeric column as a typed array", () => {
  const frame = pl.DataFrame({ rank: [3, 1], streams: [4281468720, 2.5] });
  expect(numbers(frame, "rank")).toEqual(Float64Array.of(3, 1));
  expect(numbers(frame, "streams")).toEqual(Float64Array.of(4281468720, 2.5));
});

it("names the column and the row of what is no number, and the columns there are", () => {
  const frame = pl.DataFrame({ rank: [1, null, 3], share: [1, 2, Number.NaN] });
  expect(() => numbers(frame, "rank")).toThrow(/column "rank": row 1 /);
  expect(() => numbers(frame, "share")).toThrow(/column "share": row 2 /);
  expect(() => numbers(frame, "ranks")).toThrow(/"ranks".*name one of: rank, share/);
});
