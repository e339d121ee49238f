import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { firstEntries, sharedGroups } from "../../src/prepare";
import { matrix } from "../../src/samples";

it("finds the day of a song's first rank in the top, and how long it was charted before", () => {
  const rows = [
    [1, 40, "in from the start"],
    [1, 90, "climbs"],
    [2, 60, "climbs"],
    [2, 45, "jumps in"],
    [3, 50, "climbs"],
    [3, 51, "never"],
    [4, 10, "climbs"],
  ] as const;
  const frame = pl.DataFrame({
    day: rows.map(([day]) => day),
    rank: rows.map(([, rank]) => rank),
    title: rows.map(([, , url]) => url),
    artist: rows.map(() => "A"),
    url: rows.map(([, , url]) => url),
    streams: rows.map(() => 1),
  });
  expect(firstEntries(frame, { top: 50 })).toEqual([
    { url: "climbs", day: 3, rowsBefore: 2 },
    { url: "jumps in", day: 2, rowsBefore: 0 },
  ]);
});

it("counts the groups on both sides of a split", () => {
  const part = (...song: number[]) => ({
    x: matrix(song.length, 1, new Float64Array(song.length)),
    y: new Float64Array(song.length),
    info: { song: Int32Array.from(song) },
  });
  expect(sharedGroups({ train: part(1, 1, 2), test: part(1, 3, 1) }, "song")).toBe(1);
  expect(() => sharedGroups({ train: part(1), test: part(2) }, "artist")).toThrow(/"artist".*name one of: song/);
});
