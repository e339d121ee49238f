import { expect, test } from "vitest";
import { exponent, growing, growthRows, growthWorks } from "../growth";
import type { Row } from "../measure";

test("the exponent of a power is its own, whatever the factor", () => {
  for (const power of [0.5, 1, 1.37, 2]) {
    expect(
      exponent(
        [100, 400, 1600],
        [100, 400, 1600].map((n) => 3e-4 * n ** power),
      ),
    ).toBe(power);
  }
});

test("rows at three sizes give an exponent of each side; a missing size gives none", () => {
  const [{ id }] = growing;
  const rows = [1, 4, 16].map((factor): Row => {
    return { work: `${id}-${factor}x`, ours_s: factor, peer_s: factor ** 2, peer: "p", ratio: 1, same: "s" };
  });
  expect(growthRows(rows)).toMatchObject([{ work: id, exponent: { ours: 1, peer: 2 } }]);
  expect(growthRows(rows.map((row) => ({ ...row, peer_s: null })))).toMatchObject([
    { exponent: { ours: 1, peer: null } },
  ]);
  // The sizes that were really done count, where a row tells them.
  const doubled = rows.map((row, at) => ({ ...row, size: [10, 20, 40][at] }));
  expect(growthRows(doubled)).toMatchObject([{ exponent: { ours: 2, peer: 4 } }]);
  expect(growthRows(rows.slice(1))).toEqual([]);
});

test("there are three sizes of each", () => {
  expect(growthWorks(1).map(({ id }) => id)).toEqual(
    growing.flatMap(({ id }) => [`${id}-1x`, `${id}-4x`, `${id}-16x`]),
  );
});
