import { describe, expect, it } from "vitest";
import { dayOf, isoOf, weekdayOf } from "../../src/data/calendar";
import { placeSongs, spread, valueAt } from "../../src/data/stand-in-copula";
import { releaseDay } from "../../src/data/stand-in-releases";
import { csvFile, cutBehindWord, lostAccent, lostLetters, thousands } from "../../src/data/stand-in-text";
import { random } from "../../src/random";

describe("what the stand-ins are made of", () => {
  it("gives the n-th lowest place the value at share (n + 1/2) / places", () => {
    expect([...spread(Float64Array.of(3, -1, 0, 9), (share) => share)]).toEqual([0.625, 0.125, 0.375, 0.875]);
  });

  it("reads quantiles between levels, zeros and whole values by share", () => {
    const levels = [0, 0.5, 1];
    const quantiles = { zeros: 0.2, quantiles: [10, 20, 100] };
    expect([0, 0.19, 0.2, 0.4, 0.6, 0.8].map((share) => valueAt(share, quantiles, levels))).toEqual(
      [0, 0, 10, 15, 20, 60].map((value) => expect.closeTo(value, 9)),
    );
    const discrete = { values: [1, 2, 5], shares: [0.5, 0.3, 0.2] };
    expect([0.1, 0.5, 0.79, 0.81, 0.9999999].map((share) => valueAt(share, discrete, levels))).toEqual([1, 2, 2, 5, 5]);
  });

  it("makes songs of one artist as alike as told, and those of different artists not", () => {
    const clusters = [{ weight: 1, mean: [1, 2], lower: [1, 0.6, 0.8] }];
    const model = { artistsBySongs: [0, 0, 4000], stay: 1, common: 0.4, clusters };
    const { artists, artist, dimensions } = placeSongs(model, random(42, "test"));
    expect([artists, artist.length]).toEqual([4000, 8000]);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [first, second] = dimensions.map((values, d) => Array.from(values, (value) => value - [1, 2][d]));
    const pairs = Array.from({ length: 4000 }, (_, a) => 2 * a);
    expect(mean(first)).toBeCloseTo(0, 1);
    expect(mean(first.map((value, i) => value * second[i]))).toBeCloseTo(0.6, 1);
    expect(mean(pairs.map((i) => first[i] * first[i + 1]))).toBeCloseTo(0.4, 1);
    expect(mean(pairs.slice(1).map((i) => first[i - 1] * first[i]))).toBeCloseTo(0, 1);
  });

  it("releases on the weekdays told, near the day, on 1 January as often as told, never after the last day", () => {
    const last = dayOf(2024, 6, 14);
    const weekdays = [0, 0, 0, 0, 0.25, 0.75, 0];
    const model = { newYear: [{ until: 2014, share: 0.5 }], weekdays, last };
    const rng = random(42, "test");
    const draw = (day: number) => Array.from({ length: 2000 }, () => releaseDay(day, model, rng));
    const late = draw(last);
    expect(late.every((day) => day <= last && day > last - 8 && [4, 5].includes(weekdayOf(day)))).toBe(true);
    expect(late.filter((day) => weekdayOf(day) === 5).length / 2000).toBeCloseTo(0.75, 1);
    const early = draw(dayOf(2012, 5, 20));
    expect(early.filter((day) => isoOf(day) === "2012-01-01").length / 2000).toBeCloseTo(0.5, 1);
  });

  it("writes CSV as the published files are written, and damages text as they are damaged", () => {
    const rng = random(42, "test");
    expect([0, 999, 1000, 1234567, 12.5, null].map(thousands)).toEqual(["0", "999", "1,000", "1,234,567", "12.5", ""]);
    expect(lostAccent("Cup rain", rng)).toMatch(/^C(\u00ef\u00bf\u00bd){2}p ra$|^Cup r(\u00ef\u00bf\u00bd){2}$/);
    expect(lostLetters("Copper Rain (x)")).toBe("\xfd\xfd\xfd\xfd\xfd\xfd \xfd\xfd\xfd\xfd (\xfd)");
    expect(cutBehindWord("Copper Rain")).toBe("Copper ");
    expect(csvFile(["a", "b"], [["1,5", 'say "x"']]).toString("latin1")).toBe('a,b\r\n"1,5","say ""x"""\r\n');
  });
});
