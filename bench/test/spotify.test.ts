import { describe, expect, test } from "vitest";
import { parts2023, parts2024 } from "../ours/spotify";
import { allWorks } from "../works";

/** Column `at` of rows of samples. */
const column = ({ data, columns }: { data: Float64Array; columns: number }, at: number) =>
  data.filter((_, i) => i % columns === at);
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("study 3's songs", () => {
  test("33 columns, standardised by the training songs; log streams; no blanks", async () => {
    const { train, test: held, note } = await parts2023();
    expect([train.x.columns, train.x.rows, held.x.rows]).toEqual([33, 758, 190]);
    expect(train.x.names[0]).toBe("artist_count");
    expect(train.x.names.at(-1)).toBe("mode=Minor");
    expect([...train.x.data, ...held.x.data].every(Number.isFinite)).toBe(true);
    for (let at = 0; at < 33; at++) expect(mean(column(train.x, at)), train.x.names[at]).toBeCloseTo(0, 9);
    expect(mean(train.y)).toBeGreaterThan(18);
    expect(mean(train.y)).toBeLessThan(21);
    expect(note).toMatch(/songs$/);
  });
});

describe("study 5's songs", () => {
  test("as many columns as the network takes, between 0 and 1 by the training songs of each split", async () => {
    const { settings } = allWorks({ quick: false }).find(({ id }) => id === "ranking-150") ?? {};
    if (settings?.kind !== "ranking") throw new Error("ranking-150 is no ranking");
    const [first, second] = await parts2024(settings.data.splits.slice(0, 2));
    for (const { train, test: held } of [first, second]) {
      expect([[train.x.columns], train.x.rows, held.x.rows]).toEqual([settings.networks.L1.input, 3680, 920]);
      expect(train.x.names).not.toContain("track_score");
      expect(train.x.names).not.toContain("all_time_rank");
      const values = [...train.x.data];
      expect(values.reduce((least, value) => Math.min(least, value))).toBe(0);
      expect(values.reduce((most, value) => Math.max(most, value))).toBe(1);
      expect(held.x.data.every(Number.isFinite)).toBe(true);
      // Above the median: just under a half, as some songs lie on it.
      expect(mean(train.y)).toBeGreaterThan(0.47);
      expect(mean(train.y)).toBeLessThan(0.52);
    }
    expect(second.train.x.data).not.toEqual(first.train.x.data);
  });
});

/*
 * Golden values, scikit-learn 1.9.1 and pandas 3.1.1 (path = the folder of the files):
 *
 *   df = pd.read_csv(path + "spotify-2023.csv", encoding="latin-1")
 *   df["streams"] = pd.to_numeric(df.streams, errors="coerce")
 *   df = df.dropna(subset=["streams"]).drop_duplicates(["track_name", "artist(s)_name"])
 *   for c in ("in_deezer_playlists", "in_shazam_charts"):
 *       df[c] = pd.to_numeric(df[c].astype(str).str.replace(",", ""), errors="coerce").fillna(0)
 *   cats = pd.get_dummies(df[["key", "mode"]].fillna("(missing)"), dtype=float)
 *   num = df.drop(columns=["track_name", "artist(s)_name", "streams", "key", "mode"]).astype(float)
 *   x, y = pd.concat([num, cats], axis=1).to_numpy(), np.log1p(df.streams.to_numpy(float))
 *   a, b, ya, yb = train_test_split(x, y, test_size=0.2, random_state=42)
 *   s = StandardScaler().fit(a)
 *   print(np.abs(s.transform(a)).sum(), np.abs(s.transform(b)).sum(), ya.sum(), yb.sum())
 *
 *   df = pd.read_csv(path + "most-streamed-spotify-songs-2024.csv", encoding="latin-1", thousands=",")
 *   y = (df["Track Score"] > df["Track Score"].median()).astype(int)
 *   out = ["Track", "Album Name", "Artist", "Release Date", "ISRC", "All Time Rank", "Track Score", "TIDAL Popularity"]
 *   x = df.drop(columns=out).astype(float)
 *   for state in (42, 43):
 *       a, b, ya, yb = train_test_split(x, y, test_size=0.2, random_state=state)
 *       s = MinMaxScaler().fit(a.fillna(a.mean()))
 *       print(s.transform(a.fillna(a.mean())).sum(), s.transform(b.fillna(a.mean())).sum(), ya.sum(), yb.sum())
 */
describe.runIf(process.env.HITLAB_DATA)(
  "the real songs (need HITLAB_DATA) are prepared as by pandas and scikit-learn",
  () => {
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

    test("study 3's", async () => {
      const { train, test: held } = await parts2023();
      const sizes = [train, held].map(({ x }) => sum(x.data.map(Math.abs)));
      expect(sizes[0]).toBeCloseTo(16638.1940090835, 6);
      expect(sizes[1]).toBeCloseTo(4212.49233819857, 6);
      expect(sum(train.y)).toBeCloseTo(14780.658893340267, 6);
      expect(sum(held.y)).toBeCloseTo(3709.4765275831032, 6);
    });

    test("study 5's", async () => {
      const sums = (await parts2024([42, 43])).map(({ train, test: held }) =>
        [train.x.data, held.x.data, train.y, held.y].map(sum),
      );
      const golden = [
        [7107.476230111335, 1798.4248448427911, 1822, 472],
        [7084.558022040674, 1803.3508302854773, 1833, 461],
      ];
      golden.forEach((split, s) => {
        split.forEach((value, at) => {
          expect(sums[s][at], `split ${s}, sum ${at}`).toBeCloseTo(value, 6);
        });
      });
    });
  },
);
