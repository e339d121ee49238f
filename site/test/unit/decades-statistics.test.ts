import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load, prepare } from "hitlab";
import { describe, expect, it } from "vitest";
import { decadesStatistics, type SongColumns } from "../../build/decades";
import { binsFor, countsIn } from "../../build/histogram";
import { closingClaims, holds } from "../../pages/decades/closing-claims";
import { leanOver } from "../../pages/decades/lean";
import type { DecadesStatistics } from "../../pages/decades/statistics";
import { decadesInTime } from "../../pages/shared/payloads";

const root = join(__dirname, "..", "..", "..");
const committed = JSON.parse(readFileSync(join(root, "site", "data", "decades.json"), "utf8")) as DecadesStatistics;

/** The same seven songs in each decade: hits of 0.2, 0.5, 0.8 and 0.5, flops of 0.1, 0.5 and 0.3. */
function handMade(change: (value: number, decade: string) => number = (value) => value): SongColumns {
  const values = [0.2, 0.5, 0.8, 0.5, 0.1, 0.5, 0.3];
  const decade = decadesInTime.flatMap((name) => values.map(() => name));
  return {
    sha256: "none",
    decade,
    artist: decadesInTime.flatMap(() => ["A", "B", "C", "A", "D", "E", "F"]),
    target: decadesInTime.flatMap(() => [1, 1, 1, 1, 0, 0, 0]),
    features: { energy: Float64Array.from(decade, (name, row) => change(values[row % values.length], name)) },
  };
}

describe("the figures of a small collection", () => {
  const { features, songs, artists } = decadesStatistics(handMade());
  const [{ hits, flops, auc }] = features[0].decades;

  it("are those computed by hand", () => {
    expect({ songs, artists }).toEqual({ songs: 42, artists: 6 });
    expect(hits).toMatchObject({ songs: 4, mean: 0.5 });
    expect(flops).toMatchObject({ songs: 3, mean: 0.3 });
    // numpy.quantile([0.2, 0.5, 0.5, 0.8], [.05, .25, .5, .75, .95]) and of [0.1, 0.3, 0.5]
    expect(hits.quantiles).toEqual([0.245, 0.425, 0.5, 0.575, 0.755]);
    expect(flops.quantiles).toEqual([0.12, 0.2, 0.3, 0.4, 0.48]);
    // Pairs that the hit wins: 1 of 3, 2 and a tie, 3, 2 and a tie; 9 of 12.
    expect(auc.estimate).toBe(0.75);
  });

  it("have intervals that hold the value, and counts that hold every song", () => {
    expect(auc.low).toBeLessThanOrEqual(0.75);
    expect(auc.high).toBeGreaterThanOrEqual(0.75);
    expect(hits.medianInterval[0]).toBeLessThanOrEqual(0.5);
    expect(hits.medianInterval[1]).toBeGreaterThanOrEqual(0.5);
    for (const own of [hits, flops]) expect(own.counts.reduce((sum, count) => sum + count)).toBe(own.songs);
  });

  it("turn round with the sign of the values, and stay under any change that keeps their order", () => {
    const turned = decadesStatistics(handMade((value) => -value)).features[0].decades[0].auc;
    expect(turned.estimate).toBeCloseTo(1 - auc.estimate, 12);
    expect(turned.low).toBeCloseTo(1 - auc.high, 12);
    expect(decadesStatistics(handMade((value) => value ** 3)).features[0].decades[0].auc).toEqual(auc);
  });

  it("say that a feature leans only if it leans in every decade", () => {
    const apart = handMade();
    const target = Float64Array.from(apart.target);
    const parted = { ...apart, features: { energy: target } };
    expect(decadesStatistics(parted).features[0].lean).toBe("more");
    const oneTurned = target.map((value, row) => (apart.decade[row] === "80s" ? 1 - value : value));
    expect(decadesStatistics({ ...apart, features: { energy: oneTurned } }).features[0].lean).toBe("changes");
  });

  it("are refused for a feature that the songs lack and for a decade without flops", () => {
    expect(() => decadesStatistics(handMade(), ["tempo"])).toThrow(/no such audio feature/);
    expect(() => decadesStatistics({ ...handMade(), target: handMade().decade.map(() => 1) })).toThrow();
  });
});

describe("bins", () => {
  it("give each whole number its own while there are few", () => {
    const keys = Float64Array.from({ length: 1200 }, (_, i) => i % 12).sort();
    const bins = binsFor(keys, true);
    expect(bins).toEqual({ from: -0.5, width: 1, count: 12, below: 0, above: 0 });
    expect(countsIn(keys, bins)).toEqual(new Array(12).fill(100));
  });

  it("leave the outermost values to the first and the last, and say how many", () => {
    const values = Float64Array.from([...Array.from({ length: 1000 }, (_, i) => i / 1000), 50, -50]).sort();
    const bins = binsFor(values, false);
    expect(bins.count).toBeGreaterThan(20);
    expect(bins.count).toBeLessThan(45);
    expect(bins.above).toBeGreaterThanOrEqual(1);
    const counts = countsIn(values, bins);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1002);
    expect(bins.below + bins.above).toBeLessThanOrEqual(11);
  });

  it("put a value on an edge into the bin above, whatever binary fractions make of it", () => {
    expect(countsIn(Float64Array.of(0.1, 0.2, 0.3, 0.7), { from: 0, width: 0.1, count: 10 })).toEqual([
      0, 1, 1, 1, 0, 0, 0, 1, 0, 0,
    ]);
  });

  it("are one for values that are all the same", () => {
    expect(binsFor(Float64Array.of(3, 3, 3), false).count).toBe(1);
  });
});

describe("site/data/decades.json", () => {
  it("is small and whole", () => {
    expect(JSON.stringify(committed).length).toBeLessThan(150_000);
    expect(committed.features.map(({ name }) => name)).toEqual(load.audioFeatures);
    expect(committed.songs).toBe(41_106);
    for (const { decades, bins } of committed.features) {
      expect(decades).toHaveLength(6);
      for (const own of decades.flatMap(({ hits, flops }) => [hits, flops])) {
        expect(own.counts).toHaveLength(bins.count);
        expect(own.counts.reduce((sum, count) => sum + count)).toBe(own.songs);
        expect(own.quantiles).toEqual([...own.quantiles].sort((a, b) => a - b));
      }
    }
    const ofFirst = committed.features[0].decades.map(({ hits, flops }) => hits.songs + flops.songs);
    expect(ofFirst.reduce((sum, songs) => sum + songs)).toBe(committed.songs);
  });

  it("leans as the rounded AUCs say that it shows", () => {
    for (const { name, lean, decades } of committed.features) {
      expect(leanOver(decades.map(({ auc }) => auc)), name).toBe(lean);
    }
  });

  it("comes to the verdicts of notebook 04 on the study's closing sentences", () => {
    const results = JSON.parse(readFileSync(join(root, "notebooks", "results", "04.json"), "utf8")) as {
      claims: { id: string; holds: boolean }[];
      data: { sha256: string }[];
    };
    expect(results.data.map(({ sha256 }) => sha256)).toContain(committed.sha256);
    const theirs = results.claims.filter(({ id }) => /^04\.(consistent|changing)-/.test(id));
    const ours = closingClaims.map((claim) => {
      const feature = committed.features.find(({ name }) => name === claim.feature);
      if (!feature) throw new Error(claim.feature);
      return [`04.${claim.said}-${claim.feature.replace("_", "-")}`, holds(claim, feature)];
    });
    expect(ours).toHaveLength(10);
    expect(ours).toEqual(theirs.map((claim) => [claim.id, claim.holds]));
  });

  it("has the AUCs of notebook 04's figure", () => {
    const { cells } = JSON.parse(readFileSync(join(root, "notebooks", "04_multi_model_comparison.ipynb"), "utf8")) as {
      cells: { outputs?: { data?: { "text/plain"?: string | string[] } }[] }[];
    };
    const texts = cells.flatMap(({ outputs = [] }) =>
      outputs.map(({ data }) => [data?.["text/plain"]].flat().join("")),
    );
    const figure = texts.find((text) => /lean the same way in every decade/.test(text)) ?? "";
    for (const { name, decades } of committed.features) {
      const row = decadesInTime.map((decade, at) => `${decade} ${decades[at].auc.estimate.toFixed(2)}`).join(", ");
      expect(figure).toContain(`${name}: ${row}.`);
    }
  });

  it.runIf(process.env.HITLAB_DATA)("is what the real songs give", async () => {
    const { frame, source } = await load.hitPredictor();
    expect(source.sha256).toBe(committed.sha256);
    const names = ["energy", "chorus_hit"];
    const again = decadesStatistics(
      {
        sha256: source.sha256,
        decade: frame.getColumn("decade").toArray() as string[],
        artist: frame.getColumn("artist").toArray() as string[],
        target: prepare.numbers(frame, "target"),
        features: Object.fromEntries(names.map((name) => [name, prepare.numbers(frame, name)])),
      },
      names,
    );
    expect(again.features).toEqual(names.map((wanted) => committed.features.find(({ name }) => name === wanted)));
    expect(again.artists).toBe(committed.artists);
  });
});
