import { afterEach, describe, expect, it, vi } from "vitest";
import * as load from "../../src/data/load";
import { resolveData } from "../../src/data/resolve";
import { standInHits } from "../../src/data/stand-in-hits";
import { hitModel } from "../../src/data/stand-in-hits-model";

const decades = ["60s", "70s", "80s", "90s", "00s", "10s"] as const;
const invented = standInHits(42, decades);
afterEach(() => vi.unstubAllEnvs());

describe("the stand-in of the hit predictor data", () => {
  it("has as many flops and hits per decade as the real files, in mixed order", () => {
    expect(invented.map(({ target }) => target.length)).toEqual([8642, 7766, 6908, 5520, 5872, 6398]);
    for (const { target } of invented) {
      const hits = target.reduce((sum, value) => sum + value, 0);
      expect(hits).toBe(target.length / 2);
      const early = target.slice(0, 1000).reduce((sum, value) => sum + value, 0);
      expect(Math.abs(early - 500)).toBeLessThan(60);
    }
  });

  it("is plainly invented, in ASCII", () => {
    for (const { track, artist, uri } of invented) {
      expect(track.every((text) => /^[A-Z][a-z]+ [A-Z][a-z]+ \(invented\)$/.test(text))).toBe(true);
      expect(artist.every((text) => /^[A-Z][a-z]+ [A-Z][a-z]+ \d0s-\d{4}( & Friends)*$/.test(text))).toBe(true);
      expect(uri.every((text) => /^standin:track:\d0s-\d{4}$/.test(text))).toBe(true);
    }
  });

  it("has no artist with both hits and flops in a decade", () => {
    for (const { artist, target } of invented) {
      const of = (label: number) => new Set(artist.filter((_, row) => target[row] === label));
      const [flops, hits] = [of(0), of(1)];
      expect([...hits].filter((name) => flops.has(name))).toEqual([]);
    }
  });

  it("has as many artists as there are, some with many songs", () => {
    const artists = invented.map(({ artist }) => new Set(artist).size);
    // As in the real files, but for some hundred copied songs, which bring their artists along.
    [1542, 1837, 2021, 2476, 2920, 3355].forEach((count, d) => {
      expect(Math.abs(artists[d] - count)).toBeLessThan(110);
    });
    const sixties = new Map<string, number>();
    for (const name of invented[0].artist) sixties.set(name, (sixties.get(name) ?? 0) + 1);
    expect(Math.max(...sixties.values())).toBeGreaterThan(150);
  });

  it("has every feature in range, to the digits of the real files, with its zeros", () => {
    load.featureDefinitions.forEach(({ name, low, high, whole }, f) => {
      for (const { features } of invented) {
        for (const value of features[f]) {
          const fits = value >= (low ?? value) && value <= (high ?? value) && (!whole || Number.isInteger(value));
          if (!fits) expect.fail(`${name}: ${value}`);
        }
      }
    });
    const instrumentalness = load.audioFeatures.indexOf("instrumentalness");
    const zeros = invented[3].features[instrumentalness].filter((value) => value === 0).length;
    // The real 90s: 1,447 zeros; copied songs move a few.
    expect(Math.abs(zeros - 1447)).toBeLessThan(30);
    expect(new Set(invented[3].features[load.audioFeatures.indexOf("key")]).size).toBe(12);
  });

  it("gives a decade the same songs whichever others are asked for, and another seed other songs", () => {
    expect(standInHits(42, ["90s"])).toEqual([invented[3]]);
    expect(standInHits(43, ["90s"])[0].features[0].slice(0, 50)).not.toEqual(invented[3].features[0].slice(0, 50));
  });

  it("has parameters for the six decades", () => {
    expect(Object.keys(hitModel().decades)).toEqual(decades);
  });
});

describe.skipIf(resolvesToFiles())("load.hitPredictor without files", () => {
  it("gives the stand-in, the same on every machine, and a report with work for the code", async () => {
    vi.stubEnv("HITLAB_DATA", "");
    const { frame, source, report } = await load.hitPredictor();
    expect(source).toMatchObject({ name: "hits", kind: "stand-in", rows: 41_106 });
    expect(source.note).toMatch(/^Invented stand-in, not real data/);
    expect(source.sha256).toBe("8f6315ecb8deb2d12ceda0cfb79749b1ac35ff5eede6bd15f8923f34eb69a439");
    expect([...new Set(frame.getColumn("decade").toArray())]).toEqual(["00s", "10s", "60s", "70s", "80s", "90s"]);
    const counts = Object.fromEntries(report.steps.map(({ what, rows }) => [what, rows]));
    expect(counts).toMatchObject({
      "rows whose uri came before in the same decade": 95,
      "uris that are hit and flop in the same decade": 17,
    });
    expect(counts["uris that occur in several decades"]).toBeGreaterThan(380);
    const nineties = await load.hitPredictor(["90s"], { seed: 7 });
    expect(nineties.source).toMatchObject({ name: "hits-90s", kind: "stand-in", rows: 5520 });
    expect(nineties.source.sha256).not.toBe((await load.hitPredictor(["90s"])).source.sha256);
  });
});

function resolvesToFiles(): boolean {
  vi.stubEnv("HITLAB_DATA", "");
  try {
    return resolveData("hits").kind === "real" || resolveData("hits-90s").kind === "real";
  } finally {
    vi.unstubAllEnvs();
  }
}
