import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { featureDefinitions } from "../../../lib/src/data/audio-features";
import { faultsOf } from "../../pages/hit-or-flop/feature-value";
import { readRecord } from "../../pages/hit-or-flop/record";
import { shown } from "../../pages/hit-or-flop/shown";
import type { FeatureMarks } from "../../pages/shared/fitted-models";

const quartiles = [0, 0, 0] as const;
/** Only the medians are read: 100 for danceability, 101 for energy ... 114 for sections. */
const marks: FeatureMarks[] = featureDefinitions.map((_, j) => ({
  low: 0,
  high: 0,
  p01: 0,
  p99: 0,
  median: 100 + j,
  hit: quartiles,
  flop: quartiles,
}));

/** As Spotify's Web API gives it. */
const record = {
  danceability: 0.585,
  energy: 0.842,
  key: 9,
  loudness: -5.883,
  mode: 0,
  speechiness: 0.0556,
  acousticness: 0.00242,
  instrumentalness: 0.00686,
  liveness: 0.0866,
  valence: 0.428,
  tempo: 118.211,
  type: "audio_features",
  id: "2takcwOaAZWiXQijPHIx7B",
  uri: "spotify:track:2takcwOaAZWiXQijPHIx7B",
  analysis_url: "https://api.spotify.com/v1/audio-analysis/2takcwOaAZWiXQijPHIx7B",
  duration_ms: 237040,
  time_signature: 4,
};
const whole = { ...record, chorus_hit: 31.2, sections: 9 };
const numbers = featureDefinitions.map(({ name }) => Number(whole[name as keyof typeof whole]));

const read = (value: unknown) => readRecord(JSON.stringify(value), marks);
const messages = (text: string) => {
  const found = readRecord(text, marks);
  return "problems" in found ? found.problems.map(({ message }) => message) : [];
};

describe("a pasted record", () => {
  it("is Spotify's, with medians for what that lacks, and it says so", () => {
    const found = read(record);
    expect(found).toMatchObject({ song: [...numbers.slice(0, 13), 113, 114] });
    expect("notes" in found && found.notes.join()).toContain("lacks chorus_hit and sections");
    expect("notes" in found && found.notes.join()).toContain("chorus_hit 113, sections 114");
    const half = read({ ...record, sections: 3 });
    expect("notes" in half && half.notes.join()).toContain("lacks chorus_hit, which");
  });

  it.each([[whole], [[whole]], [{ audio_features: [whole] }], [{ audio_features: whole }], [{ title: "x", ...whole }]])(
    "may be one alone or in a list of one (%#)",
    (value) => {
      expect(read(value)).toEqual({ song: numbers, notes: [] });
    },
  );

  it("names each field that is wrong, and all of them", () => {
    const { energy, ...missing } = whole;
    const wrong = { ...missing, danceability: 1.7, key: 3.5, mode: "1", tempo: null, valence: [0.5], duration_ms: -1 };
    const found = readRecord(JSON.stringify(wrong), marks);
    expect(found).toEqual({
      problems: [
        { feature: "danceability", message: "danceability goes from 0 to 1; 1.7 is outside." },
        { feature: "energy", message: "energy is missing." },
        { feature: "key", message: "key is a whole number; 3.5 is not." },
        { feature: "mode", message: 'mode is a number, without quotation marks; here it is "1".' },
        { feature: "valence", message: "valence is a number, without quotation marks; here it is a list." },
        { feature: "tempo", message: "tempo is a number, without quotation marks; here it is null." },
        { feature: "duration_ms", message: "duration_ms is at least 0; -1 is outside." },
      ],
    });
  });

  it("may hold a number too large for any computer", () => {
    expect(messages(JSON.stringify(whole).replace("118.211", "1e999"))).toEqual(["tempo is too large a number."]);
    expect(messages(JSON.stringify(whole).replace("-5.883", "-1e999"))).toEqual(["loudness is too large a number."]);
  });

  it("must give chorus_hit rightly if it gives it", () => {
    expect(messages(JSON.stringify({ ...whole, chorus_hit: "soon" }))[0]).toContain('here it is "soon"');
  });

  it.each([
    ["", "There is no text yet"],
    ["  \n ", "There is no text yet"],
    ["<img src=x onerror=alert(1)>", "This is not JSON"],
    ["</script><script>alert(1)</script>", "This is not JSON"],
    ['{"danceability": NaN}', "This is not JSON"],
    ['{"danceability": Infinity}', "This is not JSON"],
    ['{"danceability": 0.5', "This is not JSON"],
    ["null", "The record is null"],
    ["[null]", "The record is null"],
    ['{"audio_features":[null]}', "The record is null"],
    ["[]", "This is a list of 0"],
    [JSON.stringify([whole, whole]), "This is a list of 2"],
    ['{"audio_features":[]}', "This is a list of 0"],
    ["7", "this is 7"],
    ["true", "this is true"],
    ['"<b>\u202Etxt"', 'this is "<b>\\u{202e}txt"'],
    ["[[1]]", "this is a list"],
    ["{}", "none of the audio features"],
    ['{"__proto__":{"danceability":0.5}}', "none of the audio features"],
    ['{"constructor":1,"toString":2}', "none of the audio features"],
    ["[".repeat(90_000), "This is not JSON"],
    [`${"[".repeat(40_000)}${"]".repeat(40_000)}`, "this is a list"],
    ["x".repeat(100_001), "100,001 letters"],
    [JSON.stringify("x".repeat(10_000)), "…"],
  ])("that is none is refused in words (%#)", (text, words) => {
    const found = messages(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
    expect(found[0].length).toBeLessThan(300);
  });

  it("counts own fields only", () => {
    const inherited = `{"__proto__": ${JSON.stringify(whole)}, "energy": 0.5}`;
    expect(messages(inherited)).toContain("danceability is missing.");
  });

  it("gives a song of finite numbers or says what is wrong, whatever it is", () => {
    const fields = fc.record(
      Object.fromEntries(Object.keys(whole).map((name) => [name, fc.oneof(fc.double(), fc.constant(0), fc.json())])),
      { requiredKeys: [] },
    );
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fields.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const found = readRecord(text, marks);
        if ("problems" in found) return found.problems.length > 0;
        return found.song.length === 15 && faultsOf(found.song).length === 0;
      }),
    );
  });

  it("says where JSON breaks, where the browser tells it", () => {
    expect(messages('{"danceability": 0.5,\n "energy" 0.4}')[0]).toMatch(
      /^This is not JSON(: something is wrong in line 2|\.)/,
    );
  });
});

describe("values of features", () => {
  it("are checked each by itself", () => {
    expect(faultsOf(numbers)).toEqual([]);
    const wrong = numbers.map((value, j) => [Number.NaN, -0.1, 12, value, 2][j] ?? value);
    expect(faultsOf(wrong).map(({ feature }) => feature)).toEqual(["danceability", "energy", "key", "mode"]);
  });

  it("are shown shortened, with the invisible written out", () => {
    expect(shown("a".repeat(10_000))).toBe(`"${"a".repeat(40)}…"`);
    expect(shown("\u202Egnp\u0000\u2028.exe")).toBe('"\\u{202e}gnp\\u{0}\\u{2028}.exe"');
    expect(shown(`${"a".repeat(39)}😀`)).toContain("\\u{d83d}");
    expect([shown({ toString: 1 }), shown([[]]), shown(undefined), shown(Number.NaN)]).toEqual([
      "an object",
      "a list",
      "undefined",
      "NaN",
    ]);
  });
});
