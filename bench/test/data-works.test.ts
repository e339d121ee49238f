import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Samples } from "hitlab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataWorks } from "../data-works";
import { csvWork } from "../ours/csv";
import { fileOf, studyFiles, writeFiles } from "../ours/files";
import { hitlab, openBackend, studyData } from "../ours/packages";
import { songsOfStudyFive, songsOfStudyTwo, studyWork } from "../ours/study";
import { windowsWork } from "../ours/windows";
import type { CsvWork, WindowsWork } from "../settings";

const data = { name: "files" } as const;

test("the rows, in a quick run the same with smaller samples", () => {
  const [full, quick] = [dataWorks(false), dataWorks(true)];
  const ids = ["first-result", "study-2-whole", "study-5-whole"];
  const tables = ["csv-decades", "csv-chart", "csv-2023", "csv-2024"];
  expect(full.map(({ id }) => id)).toEqual([...ids, ...tables, "windows-numpy", "windows-study-loop"]);
  expect(quick.map(({ id }) => id)).toEqual(full.map(({ id }) => id));
  const sample = ({ settings }: (typeof full)[number]) =>
    settings.kind === "windows" ? settings.peerSongs : undefined;
  expect(quick.map(sample).at(-1)).toBeLessThan(full.map(sample).at(-1) ?? 0);
  expect(full.at(-1)?.rounds).toBe(1);
});

/** Files are found once per folder: with and without HITLAB_DATA in different ones. */
const newFolder = () => mkdtempSync(join(tmpdir(), "bench-files-"));

describe("without HITLAB_DATA", () => {
  const told = process.env.HITLAB_DATA;
  const folder = newFolder();
  beforeAll(() => {
    delete process.env.HITLAB_DATA;
  });
  afterAll(() => {
    if (told !== undefined) process.env.HITLAB_DATA = told;
  });

  test("every file is there under its own name, with its own header, and files.json says where", async () => {
    await writeFiles(folder);
    const paths: Record<string, string> = JSON.parse(readFileSync(join(folder, "files.json"), "utf8"));
    const decades = ["00s", "10s", "60s", "70s", "80s", "90s"].map((decade) => `hits-${decade}`);
    expect(Object.keys(paths)).toEqual(["charts", ...decades, "spotify-2023", "spotify-2024"]);
    for (const [name, path] of Object.entries(paths)) {
      const { file, columns } = studyData.entryOf(name);
      expect(path.endsWith(file ?? "none"), path).toBe(true);
      expect(readFileSync(path, "latin1").split(/\r?\n/)[0], name).toBe(columns.join(","));
    }
    expect(fileOf(await studyFiles(folder), "charts").note).toMatch(/songs$/);
  });

  test("what is read from the files is what the loaders give, and HITLAB_DATA stays as it was", async () => {
    const loaders = {
      "hit-predictor": { load: () => hitlab.load.hitPredictor(), column: "danceability" },
      charts: { load: () => hitlab.load.charts(), column: "streams" },
      "spotify-2023": { load: () => hitlab.load.spotify2023(), column: "streams" },
      "spotify-2024": { load: () => hitlab.load.spotify2024(), column: "spotify_streams" },
    };
    for (const table of Object.keys(loaders) as (keyof typeof loaders)[]) {
      const settings: CsvWork = { kind: "csv", data, tables: [table] };
      const { seconds, quality } = await (await csvWork(settings, folder))();
      const { frame } = await loaders[table].load();
      expect(quality, table).toBeCloseTo(Number(frame.getColumn(loaders[table].column).mean()), 9);
      expect(seconds).toBeGreaterThan(0);
    }
    expect(process.env.HITLAB_DATA).toBeUndefined();
  });

  test("windows of the first songs; their hits are counted in those that the peer does", async () => {
    const cut = async (settings: Partial<WindowsWork>) =>
      (await windowsWork({ kind: "windows", data, peerBy: "numpy", ...settings }, folder))();
    const [all, some, judged, two] = [
      await cut({}),
      await cut({ songs: 40 }),
      await cut({ songs: 40, peerSongs: 2 }),
      await cut({ songs: 2 }),
    ];
    const { frame } = await hitlab.load.charts();
    const windows = hitlab.prepare.windows(frame, { lookBack: 14, horizon: 7, top: 50 });
    const hits = windows.y.reduce((sum, label) => sum + label, 0);
    expect([all.size, all.quality]).toEqual([windows.x.rows, hits / windows.x.rows]);
    expect(some.size).toBeLessThan(all.size ?? 0);
    expect(judged.size).toBe(some.size);
    expect(judged.quality).toBe(two.quality);
  });

  test("study 2 goes from the file to its test accuracy", async () => {
    await openBackend();
    const { quality, note } = await (await studyWork({ kind: "study", study: 2, data }, folder))(0);
    expect(quality).toBeGreaterThan(0.6);
    expect(quality).toBeLessThanOrEqual(1);
    expect(note).toMatch(/^engine kernels; /);
  });
});

/*
 * Golden values, scikit-learn 1.9.1 and pandas 3.1.1 (path = the folder of the files), as peer/study.py prepares them:
 *
 *   df = pd.read_csv(path + "dataset-of-90s.csv")
 *   x, y = scale(df.drop(columns=["track", "artist", "uri", "target"]).to_numpy(float)), df.target.to_numpy()
 *   train, rest = train_test_split(np.arange(len(y)), test_size=0.2, random_state=42)
 *   validation, test = train_test_split(rest, test_size=0.5, random_state=42)
 *   print([(len(rows), np.abs(x[rows]).sum(), y[rows].sum()) for rows in (train, validation, test)])
 *
 *   df = pd.read_csv(path + "most-streamed-spotify-songs-2024.csv", encoding="latin-1", thousands=",")
 *   out = ["Track", "Album Name", "Artist", "Release Date", "ISRC", "All Time Rank", "TIDAL Popularity"]
 *   raw = df.drop(columns=out).astype(float)
 *   x, y = MinMaxScaler().fit_transform(raw.fillna(raw.mean())), df["Track Score"] > df["Track Score"].median()
 *   train, test = train_test_split(np.arange(len(y)), test_size=0.2, random_state=42)
 *   print([(len(rows), x[rows].sum(), y[rows].sum()) for rows in (train[:2944], train[2944:], test)])
 */
describe.runIf(process.env.HITLAB_DATA)("the real files (need HITLAB_DATA)", () => {
  test("are what both sides read", async () => {
    for (const { path, note } of (await studyFiles(newFolder())).values()) {
      expect(note).toBe("the real songs");
      expect(existsSync(path)).toBe(true);
    }
  });

  test("give the whole studies the songs that pandas and scikit-learn give the peer", async () => {
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    const sums = ({ x, y }: Samples) => [x.rows, sum(x.data.map(Math.abs)), sum(y)];
    const golden = [
      {
        songs: await songsOfStudyTwo(),
        sums: [
          [4416, 49468.71149097481, 2224],
          [552, 6299.733150558695, 258],
          [552, 6267.986868374917, 278],
        ],
      },
      {
        songs: await songsOfStudyFive(),
        sums: [
          [2944, 5719.371470601855, 1467],
          [736, 1458.8169732966442, 355],
          [920, 1817.9119397480918, 472],
        ],
      },
    ];
    for (const { songs, sums: wanted } of golden) {
      [songs.train, songs.validation, songs.test].map(sums).forEach((part, p) => {
        part.forEach((value, at) => {
          expect(value, `part ${p}, sum ${at}`).toBeCloseTo(wanted[p][at], 6);
        });
      });
    }
  });
});
