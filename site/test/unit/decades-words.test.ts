import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { closingClaims, evidence, holds } from "../../pages/decades/closing-claims";
import { binName, histogramFigure, largestShare, span, trendFigure } from "../../pages/decades/figures";
import { ordered, pressed, unsorted, within } from "../../pages/decades/heat-order";
import { leanIn, leanOver } from "../../pages/decades/lean";
import { defaultState, readState, type State, writeState } from "../../pages/decades/state";
import type { DecadesStatistics, FeatureStatistics } from "../../pages/decades/statistics";
import { aucTable, histogramTable, tails, trendTable } from "../../pages/decades/tables";
import { ticksFor } from "../../pages/decades/ticks";
import { formatValue } from "../../pages/decades/values";
import { comparison, trend } from "../../pages/decades/wording";
import { decadesInTime } from "../../pages/shared/payloads";

const file = join(__dirname, "..", "..", "data", "decades.json");
const statistics = JSON.parse(readFileSync(file, "utf8")) as DecadesStatistics;
const feature = (wanted: string): FeatureStatistics => {
  const found = statistics.features.find(({ name }) => name === wanted);
  if (!found) throw new Error(wanted);
  return found;
};
const state = (part: Partial<State>): State => ({ ...defaultState, ...part });
const interval = (low: number, high: number) => ({ estimate: (low + high) / 2, low, high });

describe("the address", () => {
  it("keeps what was chosen and nothing else", () => {
    const chosen: State = { decades: ["60s", "10s"], classes: "flops", feature: "duration_ms" };
    expect(readState(`#${writeState(chosen)}`)).toEqual(chosen);
    expect(writeState(defaultState)).toBe("");
  });

  it("is read in the order of time, and what it cannot mean is left out", () => {
    expect(readState("#decades=10s,60s,20s").decades).toEqual(["60s", "10s"]);
    for (const hash of ["", "#content", "#decades=&classes=none&feature=<img>", "#decades=%E0%A4%A"]) {
      expect(readState(hash)).toEqual(defaultState);
    }
  });
});

describe("the rule", () => {
  it("needs the same side in every decade, and no interval that holds one half", () => {
    expect(leanOver([interval(0.51, 0.6), interval(0.6, 0.7)])).toBe("more");
    expect(leanOver([interval(0.3, 0.4), interval(0.4, 0.49)])).toBe("less");
    expect(leanOver([interval(0.51, 0.6), interval(0.3, 0.4)])).toBe("changes");
    expect(leanOver([interval(0.51, 0.6), interval(0.5, 0.7)])).toBe("changes");
    expect(leanIn(interval(0.5, 0.7))).toBe("open");
    expect(() => leanOver([])).toThrow();
  });

  it("makes one of ten sentences disputed, and names its decades", () => {
    const disputed = closingClaims.filter((claim) => !holds(claim, feature(claim.feature)));
    expect(disputed.map((claim) => claim.feature)).toEqual(["energy"]);
    expect(evidence(feature("energy"), statistics.decades)).toBe(
      "Larger in hits in the 60s, 70s, 80s and 90s; smaller in hits in the 10s; too close to tell in the 00s.",
    );
    expect(evidence(feature("loudness"), statistics.decades)).toBe("Larger in hits in all six decades.");
  });
});

describe("sentences", () => {
  const say = (name: string, shown = statistics.decades) => comparison(feature(name), statistics.decades, shown);

  it("say which way a feature leans and where most", () => {
    expect(say("danceability")).toMatch(/^Hits tend to be more danceable than flops in every decade\. .* in the 90s:/);
    expect(say("danceability", ["60s", "70s"])).toMatch(/in every decade shown\. .* in the 70s:/);
    expect(say("danceability", ["60s"])).toMatch(/^Hits tend to be more danceable than flops in the 60s\. In the 60s/);
    expect(say("instrumentalness")).toMatch(/less instrumental than flops in every decade/);
  });

  it("keep the decades apart that lean otherwise or cannot be told", () => {
    expect(say("energy")).toMatch(
      /^Hits tend to have more energy than flops in the 60s, 70s, 80s and 90s; hits tend to have less energy than flops in the 10s; in the 00s the two cannot be told apart/,
    );
  });

  it("give the numbers of the classes and decades shown", () => {
    const told = trend(feature("loudness"), statistics.decades, state({ classes: "hits", decades: ["60s", "10s"] }));
    expect(told).toBe("Median loudness. Hits: 60s −10.1 dB, 10s −5.6 dB.");
    expect(trend(feature("mode"), statistics.decades, state({ decades: ["60s"] }))).toMatch(
      /^Share of songs in major\. Hits: 60s 84.% in major; flops: 60s 67.% in major\.$/,
    );
  });
});

describe("tables and files", () => {
  it("hold what is shown and no more", () => {
    const chosen = state({ decades: ["60s", "90s"], classes: "flops" });
    const { columns, rows } = trendTable(statistics, chosen, [feature("tempo")]);
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ["tempo", "beats per minute", "60s", "flops"],
      ["tempo", "beats per minute", "90s", "flops"],
    ]);
    const { quantiles } = feature("tempo").decades[3].flops;
    expect(rows[1][columns.indexOf("median")]).toBe(quantiles[2]);
    expect(trendTable(statistics, defaultState, statistics.features).rows).toHaveLength(15 * 6 * 2);
  });

  it("part each class of a decade into shares that make one, with names for keys and for the mode", () => {
    const { rows } = histogramTable(statistics, state({ decades: ["80s"], classes: "hits" }), feature("key"));
    expect(rows.map((row) => row[2])).toEqual("C C♯ D D♯ E F F♯ G G♯ A A♯ B".split(" "));
    expect(rows.reduce((sum, row) => sum + Number(row[5]), 0)).toBeCloseTo(1, 2);
  });

  it("order the AUCs as the heat table does", () => {
    const order = ordered(statistics, { by: "10s", descending: true });
    const { rows } = aucTable(statistics, ["10s"], order);
    const aucs = rows.map((row) => Number(row[2]));
    expect(aucs).toEqual([...aucs].sort((a, b) => b - a));
    expect(rows[0][0]).toBe("danceability");
    expect(rows.at(-1)?.[0]).toBe("instrumentalness");
  });

  it("sort by numbers from the largest, by names from A, and turn round at a second press", () => {
    expect(pressed(unsorted, "90s")).toEqual({ by: "90s", descending: true });
    expect(pressed(pressed(unsorted, "90s"), "90s")).toEqual({ by: "90s", descending: false });
    expect(pressed(unsorted, "name")).toEqual({ by: "name", descending: false });
    const byDecade = pressed(unsorted, "90s");
    expect(within(byDecade, ["60s", "90s"])).toBe(byDecade);
    expect(within(byDecade, ["60s"])).toBe(unsorted);
    const leans = ordered(statistics, { by: "lean", descending: true }).map(({ lean }) => lean);
    expect(leans.lastIndexOf("more")).toBeLessThan(leans.indexOf("changes"));
    expect(leans.at(-1)).toBe("less");
  });

  it("say what lies beyond the bins", () => {
    expect(tails(feature("key"))).toBe("");
    const { bins } = feature("duration_ms");
    expect(tails(feature("duration_ms"))).toContain(`${bins.below} songs below 0:50`);
    expect(binName("sections", feature("sections").bins, 0)).toBe("3 or less");
    expect(tails(feature("sections"))).toContain("songs below 3;");
    expect(binName("mode", feature("mode").bins, 1)).toBe("major");
  });
});

describe("figures", () => {
  type Trace = { name?: string; x: unknown[]; y: number[]; fill?: string };
  const traces = (figure: { data: unknown[] }) => figure.data as Trace[];

  it("draw the classes shown, with a band but for the mode", () => {
    const both = traces(trendFigure(statistics, feature("energy"), defaultState));
    expect(both.filter(({ fill }) => fill)).toHaveLength(2);
    expect(both.flatMap(({ name }) => name ?? [])).toEqual(["hits", "flops"]);
    const mode = traces(trendFigure(statistics, feature("mode"), state({ classes: "flops" })));
    expect(mode.map(({ name }) => name)).toEqual(["flops"]);
    expect(mode[0].y).toEqual(feature("mode").decades.map(({ flops }) => flops.mean));
  });

  it("keep the place of decades between those chosen", () => {
    expect(span(statistics, state({ decades: ["60s", "90s"] }))).toEqual(["60s", "70s", "80s", "90s"]);
    expect(span(statistics, state({ decades: ["80s"] }))).toEqual(["80s"]);
  });

  it("give all histograms one axis, which holds the tallest bin", () => {
    const most = largestShare(statistics, feature("valence"), defaultState);
    const tallest = decadesInTime.map((decade) =>
      traces(histogramFigure(statistics, feature("valence"), decade, defaultState, most)).map(({ y }) =>
        Math.max(...y),
      ),
    );
    expect(Math.max(...tallest.flat())).toBeLessThan(100 * most);
    expect(Math.max(...tallest.flat())).toBeGreaterThan(90 * most);
  });

  it("mark round values: times by the clock, whole numbers only where there are no others, keys by name", () => {
    expect(ticksFor("duration_ms", 150_000, 280_000, 6).labels).toEqual(["2:30", "3:00", "3:30", "4:00", "4:30"]);
    expect(ticksFor("time_signature", 3, 5, 4).values).toEqual([3, 4, 5]);
    expect(ticksFor("key", 1.5, 9.5, 4).labels).toEqual(["D", "E", "F♯", "G♯"]);
    expect(ticksFor("energy", 0.18, 0.95, 4).labels).toEqual(["0.2", "0.4", "0.6", "0.8"]);
    expect(formatValue("duration_ms", 219_600)).toBe("3:40");
    expect(formatValue("loudness", -7.27)).toBe("−7.3");
    expect(["0.00002", "0.0006", "0"].map((value) => formatValue("instrumentalness", Number(value)))).toEqual([
      "< 0.001",
      "0.001",
      "0",
    ]);
  });
});
