import { describe, expect, test } from "vitest";
import { featureDefinitions } from "../../../lib/src/data/audio-features";
import { beyond } from "../../pages/hit-or-flop/beyond";
import { faultsOf } from "../../pages/hit-or-flop/feature-value";
import { latest } from "../../pages/hit-or-flop/latest";
import { readLink, writeLink } from "../../pages/hit-or-flop/link";
import { placeOn, scaleFor } from "../../pages/hit-or-flop/scale";
import { SongSearch } from "../../pages/hit-or-flop/search";
import { inWords, percent, points, verdictOf, written } from "../../pages/hit-or-flop/wording";
import type { FeatureMarks } from "../../pages/shared/fitted-models";
import type { SongsPayload } from "../../pages/shared/payloads";

const song = [0.6, 0.7, 5, -6, 1, 0.05, 0.1, 0, 0.1, 0.5, 120, 230000, 4, 35.03, 10];
const check = (read: readonly number[]) => faultsOf(read).map(({ message }) => message);

describe("a link", () => {
  test("brings back what was written", () => {
    const link = writeLink({ era: "00s+10s", model: "logistic" }, song);
    expect(readLink(link, check)).toEqual({ era: "00s+10s", model: "logistic", song, problems: [] });
    expect(readLink("", check)).toEqual({ era: undefined, model: undefined, song: undefined, problems: [] });
  });

  test.each([
    ["#era=50s", "era"],
    ["#model=<script>", "model"],
    ["#song=1,2", "song"],
    [`#song=${[...song.slice(1), " "].join(",")}`, "song"],
    [`#song=${[...song.slice(1), "NaN"].join(",")}`, "song"],
    [`#song=${[...song.slice(1), "1e999"].join(",")}`, "song"],
    [`#song=${[7, ...song.slice(1)].join(",")}`, "danceability"],
    [`#song=${"9".repeat(1000)}`, "song"],
  ])("that is damaged is told and not followed: %s", (hash, named) => {
    const { era, model, song: read, problems } = readLink(hash, check);
    expect([era, model, read]).toEqual([undefined, undefined, undefined]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(named);
    expect(problems[0].length).toBeLessThan(200);
  });
});

test("what a link holds is repeated with its invisible letters written out", () => {
  const { problems } = readLink(`#era=${encodeURIComponent("60s\u202e")}`, check);
  expect(problems).toEqual([expect.stringContaining('the era "60s\\u{202e}", which')]);
});

describe("the scale of a slider", () => {
  const definition = (name: string) => featureDefinitions.find((known) => known.name === name) ?? featureDefinitions[0];
  const marks = (low: number, p01: number, p99: number, high: number): FeatureMarks => ({
    ...{ low, high, p01, p99, median: p01 },
    hit: [p01, p01, p99],
    flop: [p01, p01, p99],
  });

  test("is the whole range where there is one", () => {
    expect(scaleFor(definition("energy"), marks(0.01, 0.1, 0.9, 0.99), 0.5)).toEqual({ low: 0, high: 1, step: 0.005 });
    expect(scaleFor(definition("key"), marks(0, 0, 11, 11), 3)).toEqual({ low: 0, high: 11, step: 1 });
  });

  test("else where nearly all songs lie, on whole steps, and wider for a value beyond", () => {
    const tempo = marks(0, 68, 191, 241);
    expect(scaleFor(definition("tempo"), tempo, 120)).toEqual({ low: 68, high: 191, step: 1 });
    expect(scaleFor(definition("tempo"), tempo, 240.5)).toMatchObject({ low: 68, high: 241 });
    const duration = scaleFor(definition("duration_ms"), marks(15168, 100_000, 600_000, 4_170_227), 230_123);
    expect(duration).toEqual({ low: 100_000, high: 600_000, step: 2000 });
  });

  test("holds any value, also where all songs have the same", () => {
    const scale = scaleFor(definition("time_signature"), marks(4, 4, 4, 4), 4);
    expect(placeOn(scale, 4)).toBe(0.5);
    expect(placeOn({ low: 0, high: 2, step: 1 }, 9)).toBe(1);
  });
});

test("a song goes beyond the songs of an era where none has a value so low or so high", () => {
  const marks = song.map((value): FeatureMarks => {
    const [low, high] = [value - 1, value + 1];
    return { low, high, p01: low, p99: high, median: value, hit: [low, value, high], flop: [low, value, high] };
  });
  const moved = (by: number[]) => song.map((value, j) => value + (by[j] ?? 0));
  expect(beyond(moved([1, -1]), marks)).toEqual([]);
  expect(beyond(moved([1.1, 0, -1.1]), marks)).toEqual(["danceability", "key"]);
});

describe("words", () => {
  test("never round a flop to 50 %, nor something to nothing", () => {
    expect(
      [0.5, 0.4999, 0.4951, 0.004, 0.0001, 0, 1, 0.9999, 0.996, 0.71].map((share) =>
        percent(share).replace("\u00a0", " "),
      ),
    ).toEqual(["50 %", "49.9 %", "49.5 %", "0.4 %", "< 0.1 %", "0 %", "100 %", "> 99.9 %", "99.6 %", "71 %"]);
    expect([0.5001, 0.5].map(verdictOf)).toEqual(["Hit", "Flop"]);
  });

  test("have one minus sign", () => {
    expect([-30, -2.5424, 0, 12].map(written)).toEqual(["−30", "−2.542", "0", "12"]);
  });

  test("give points a sign", () => {
    expect([0.082, -0.004, 0.0001, -0.0001].map(points)).toEqual(["+8.2", "−0.4", "0", "0"]);
  });

  test("say what a bare number does not", () => {
    expect([inWords("key", 1), inWords("key", -1), inWords("mode", 0), inWords("duration_ms", 222_700)]).toEqual([
      "C♯",
      "",
      "minor",
      "3:43 min",
    ]);
  });
});

describe("the search", () => {
  const payload = (track: string[], artist: string[]): SongsPayload => ({
    ...{ decade: "00s", kind: "stand-in", track, artist, features: [] },
    target: track.map(() => 1),
  });
  const search = new SongSearch([
    payload(
      ["Toxic", "Déjà Vu", "Hung Up", "Intoxicated", "東京", "x".repeat(10_000), "$^.*+(["],
      ["Britney Spears", "Beyoncé", "Madonna", "Nobody", "林檎", "Long", "Signs"],
    ),
  ]);
  const found = (words: string) => search.find(words, 5).rows.map(({ row }) => row);

  test("takes words of title and artist in any order, without accents, as they are typed", () => {
    expect(found("toxic")[0]).toBe(0);
    expect(found("britn tox")).toEqual([0]);
    expect(found("deja beyonce")).toEqual([1]);
    expect(found("DÉJÀ")).toEqual([1]);
    expect(found("東京")).toEqual([4]);
  });

  test("puts first what is written just so, and counts what it lists", () => {
    const names = new SongSearch([
      payload(
        ["Hello", "Thunderstruck", "Access Denied", "Rem Sleep", "Losing My Religion"],
        ["Adele", "AC/DC", "Dice", "E. M. Forster", "R.E.M."],
      ),
    ]);
    expect(names.find("ac/dc", 5).rows.map(({ row }) => row)).toEqual([1]);
    expect(names.find("R.E.M.", 5).rows[0].row).toBe(4);
    for (const words of ["ac/dc", "R.E.M.", "e", "hello adele", "\u202Ehello"]) {
      const { rows, count } = names.find(words, 100);
      expect(rows).toHaveLength(count);
    }
  });

  test("takes anything for words, and nothing for nothing", () => {
    expect(found("   ")).toEqual([]);
    expect(found("zzzz")).toEqual([]);
    expect(found("x".repeat(5000))).toEqual([5]);
    expect(() => found("$^.*+([")).not.toThrow();
  });
});

describe("the latest question", () => {
  test("is asked when the one before is answered; those between are dropped", async () => {
    const asked: number[] = [];
    const shown: number[] = [];
    let answer = () => {};
    const ask = latest(
      (input: number) => {
        asked.push(input);
        return new Promise<number>((resolve) => {
          answer = () => resolve(input);
        });
      },
      (output) => shown.push(output),
      () => {},
    );
    for (const input of [1, 2, 3]) ask(input);
    for (let turn = 0; turn < 2; turn++) {
      answer();
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect([asked, shown]).toEqual([
      [1, 3],
      [1, 3],
    ]);
  });

  test("does not stop at an error", async () => {
    const failed: unknown[] = [];
    const shown: number[] = [];
    const ask = latest(
      async (input: number) => {
        if (input === 1) throw new Error("no");
        return input;
      },
      (output) => shown.push(output),
      (error) => failed.push(error),
      1,
    );
    ask(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    ask(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([failed.length, shown]).toEqual([1, [2]]);
  });
});
