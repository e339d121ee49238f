import { describe, expect, it } from "vitest";
import * as load from "../../src/data/load";
import {
  dropDuplicates,
  expm1,
  imputer,
  log1p,
  logTransform,
  numbers,
  onColumns,
  oneHot,
  pipeline,
  pipelineFromJSON,
  samples,
  standard,
} from "../../src/prepare";
import { takeRows } from "../../src/samples";

const counts = ["in_spotify_playlists", "in_deezer_playlists", "in_shazam_charts"];

/**
 * Golden values, pandas 3.1.1 and scikit-learn 1.9.1:
 *
 * f = pd.read_csv("spotify-2023.csv", encoding="latin-1", thousands=",")
 * f["streams"] = pd.to_numeric(f["streams"], errors="coerce")
 * f = f.dropna(subset=["streams"]).drop_duplicates(["track_name", "artist(s)_name"])
 * counts = ["in_spotify_playlists", "in_deezer_playlists", "in_shazam_charts"]
 * f["key"] = f["key"].fillna("(missing)")
 * train, test = f.iloc[:700], f.iloc[700:]
 * fill = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), FunctionTransformer(np.log1p))
 * codes = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
 * prepared = ColumnTransformer([("logs", fill, counts), ("codes", codes, ["key", "mode"])])
 * Z = make_pipeline(prepared, StandardScaler()).fit(train).transform(test)
 * print(len(f), Z[0].tolist(), Z[-1].tolist(), np.abs(Z).sum())
 */
const first = [
  -1.7896180716061634, -2.150136929752882, -1.1354006516133628, -0.271329378987681, -0.3333333333333339,
  -0.3061862178478959, -0.23958675399283386, -0.3061862178478956, -0.3692744729379981, -0.3172206342872571,
  -0.1577662522111419, -0.2494303068934587, -0.3333333333333345, 3.2365737804143104, -0.33859958878985763,
  -0.31448545101657677, 0.8660254037844407, -0.8660254037844406,
];
const last = [
  -0.8182040537872011, -0.3601328808647105, -1.1354006516133628, -0.271329378987681, -0.3333333333333339,
  -0.3061862178478959, -0.23958675399283386, -0.3061862178478956, -0.3692744729379981, -0.3172206342872571,
  -0.1577662522111419, 4.009135908360713, -0.3333333333333345, -0.3089687020426807, -0.33859958878985763,
  -0.31448545101657677, -1.1547005383792541, 1.1547005383792541,
];

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe.runIf(process.env.HITLAB_DATA)("the real files of studies 3 and 5 (needs HITLAB_DATA)", () => {
  it("2023: rows and prepared inputs as pandas and scikit-learn have them", async () => {
    const { frame } = dropDuplicates((await load.spotify2023()).frame, ["track", "artists"]);
    expect(frame.height).toBe(948);
    const all = samples(frame, { features: counts, target: "streams", info: ["key", "mode"], missing: "keep" });
    const [train, test] = [takeRows(all, range(0, 700)), takeRows(all, range(700, 948))];
    const prepared = pipeline(train, [
      (rows) => imputer(rows, { strategy: "median", indicators: true }),
      onColumns(counts, (rows) => logTransform(rows)),
      (rows) => oneHot(rows, { columns: ["key", "mode"], unknown: "ignore" }),
      standard,
    ]);
    const { x } = prepared.apply(test);
    expect(x.columns).toBe(18);
    first.forEach((value, c) => {
      expect(x.data[c]).toBeCloseTo(value, 10);
    });
    last.forEach((value, c) => {
      expect(x.data[(x.rows - 1) * x.columns + c]).toBeCloseTo(value, 10);
    });
    expect(x.data.reduce((sum, value) => sum + Math.abs(value), 0)).toBeCloseTo(2796.8172109934994, 8);
    expect(pipelineFromJSON(JSON.parse(JSON.stringify(prepared))).apply(test)).toEqual(prepared.apply(test));
    const streams = numbers(frame, "streams");
    expect(expm1(log1p(streams)).map(Math.round)).toEqual(streams);
  });

  it("2024: every count comes back exactly from its logarithm", async () => {
    const { frame } = await load.spotify2024();
    const names = frame.columns.filter((name) => String(frame.getColumn(name).dtype).includes("Int64"));
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const column = numbers(frame.dropNulls(name), name);
      expect(expm1(log1p(column)).map(Math.round)).toEqual(column);
    }
  });
});
