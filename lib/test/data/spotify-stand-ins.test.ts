import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as load from "../../src/data/load";
import { resolveData } from "../../src/data/resolve";

beforeEach(() => vi.stubEnv("HITLAB_DATA", ""));
afterEach(() => vi.unstubAllEnvs());

/** data/raw may hold the real files on a reader's machine. */
function fetched(): boolean {
  vi.stubEnv("HITLAB_DATA", "");
  try {
    return ["spotify-2023", "spotify-2024"].some((name) => resolveData(name).kind === "real");
  } finally {
    vi.unstubAllEnvs();
  }
}

const tables = [
  { name: "spotify-2023", loader: load.spotify2023, columns: load.spotify2023Columns, rowsIn: 953, rowsOut: 952 },
  { name: "spotify-2024", loader: load.spotify2024, columns: load.spotify2024Columns, rowsIn: 4600, rowsOut: 4600 },
];

describe.skipIf(fetched()).each(tables)("without a file, $name", ({ name, loader, columns, rowsIn, rowsOut }) => {
  it("is an invented file that says so, read by the reader of the real one", async () => {
    const { frame, source, report } = await loader();
    expect(source).toMatchObject({ name, kind: "stand-in", rows: rowsOut });
    expect(source.note).toMatch(/^Invented stand-in, not real data/);
    expect(source).not.toHaveProperty("file");
    expect(frame.columns).toEqual(columns.map((column) => column.name));
    expect(report).toMatchObject({ rowsIn, rowsOut });
    const { steps } = report;
    expect(steps.map(({ what }) => what)).toEqual(expect.arrayContaining(oddities[name]));
    if (name === "spotify-2023") expect(steps[0].where).toBe("spotify-2023 stand-in:576, column streams");
  });

  it("is another one for another seed", async () => {
    const [first, other] = [await loader(), await loader({ seed: 2 })];
    expect(other.source.sha256).not.toBe(first.source.sha256);
    expect(other.source.rows).toBe(rowsOut);
  });
});

/** What the real file has, the invented one has too, so that the cleaning has work to do. */
const oddities: Record<string, string[]> = {
  "spotify-2023": [
    "rows set aside: streams holds no number",
    "rows with thousands commas in in_deezer_playlists, in_shazam_charts",
    "cells with blanks at an end",
    "in_shazam_charts is empty",
    "key is empty",
    "rows whose text holds \ufffd",
    "rows whose text holds \xfd",
    "rows whose track and artists came before",
    "released on 1 January",
  ],
  "spotify-2024": [
    "rows with thousands commas in 17 columns",
    "cells with blanks at an end",
    "artist is empty",
    "soundcloud_streams is empty",
    "tidal_popularity is empty",
    "rows whose text holds \ufffd",
    "rows whose text holds \xfd",
    "rows that repeat another one in full",
    "rows whose track and artist came before",
    "released on 1 January",
    "rows whose isrc came before",
    "rows whose all_time_rank came before",
    "rows stand in falling order of track_score",
  ],
};
