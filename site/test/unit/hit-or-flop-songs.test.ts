import { describe, expect, it } from "vitest";
import { alike, indexAlike } from "../../pages/hit-or-flop/alike";
import { shareInCollection, underShare } from "../../pages/hit-or-flop/prior";
import { binOf, trustSentence } from "../../pages/hit-or-flop/reliability";
import { rowInEra, seenBy } from "../../pages/hit-or-flop/seen";
import type { Decade, SongsPayload } from "../../pages/shared/payloads";
import { randomSongs, reliability, songAt } from "./hit-or-flop-fixture";

function decadeOf(decade: Decade, seed: number, count: number): SongsPayload {
  const { x, y } = randomSongs(seed, count);
  const names = Array.from({ length: count }, (_, row) => `${decade} ${row}`);
  const features = Array.from({ length: x.columns }, (_, j) => names.map((_, row) => x.data[row * x.columns + j]));
  return { decade, kind: "stand-in", track: names, artist: names, target: [...y], features };
}

const [first, second] = [decadeOf("00s", 1, 30), decadeOf("10s", 2, 50)];
const songOf = ({ features }: SongsPayload, row: number) => features.map((column) => column[row]);

describe("songs like one", () => {
  const index = indexAlike([first, second]);
  const song = songAt(randomSongs(9, 1).x, 0);

  /** Every song of both decades with its distance, by the definition, nearest first. */
  const byHand = [first, second]
    .flatMap((songs) => songs.track.map((_, row) => ({ songs, row })))
    .map((place) => {
      const squares = song.map((own, j) => {
        const all = [...first.features[j], ...second.features[j]];
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
        return (own - place.songs.features[j][place.row]) ** 2 / variance;
      });
      return { ...place, distance: Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) };
    })
    .sort((a, b) => a.distance - b.distance);

  it("are the nearest by features over their deviations", () => {
    const found = alike(index, song, 6);
    expect(found.map(({ songs, row }) => songs.track[row])).toEqual(
      byHand.slice(0, 6).map(({ songs, row }) => songs.track[row]),
    );
    for (const [at, { distance }] of found.entries()) expect(distance).toBeCloseTo(byHand[at].distance, 10);
  });

  it("leave the song itself out, but not another that is the same", () => {
    const own = songOf(second, 7);
    expect(alike(index, own, 1)[0]).toMatchObject({ songs: second, row: 7, distance: 0 });
    expect(alike(index, own, 80, { songs: second, row: 7 })).toHaveLength(79);
    expect(alike(index, own, 1, { songs: second, row: 7 })[0].distance).toBeGreaterThan(0);
    const twice = { ...first, features: first.features.map((column, j) => [own[j], ...column.slice(1)]) };
    const found = alike(indexAlike([twice, second]), own, 1, { songs: second, row: 7 });
    expect(found[0]).toMatchObject({ songs: twice, row: 0, distance: 0 });
  });

  it("stand for a song of another era too", () => {
    const elsewhere = decadeOf("60s", 3, 10);
    expect(alike(index, songOf(elsewhere, 2), 100, { songs: elsewhere, row: 2 })).toHaveLength(80);
  });

  it("do without a feature that is the same everywhere", () => {
    const flat = { ...first, features: first.features.map((column, j) => (j === 4 ? column.map(() => 1) : column)) };
    const own = songOf(flat, 3);
    expect(alike(indexAlike([flat]), own, 1)[0]).toMatchObject({ row: 3, distance: 0 });
  });
});

describe("a probability under another share of hits", () => {
  it("is Bayes' rule", () => {
    expect(underShare(0.9, shareInCollection)).toBeCloseTo(0.9, 15);
    // Of 10,000 songs 100 are hits: 90 of them look so, and 990 of the 9,900 flops.
    expect(underShare(0.9, 0.01)).toBeCloseTo(90 / (90 + 990), 15);
    expect(underShare(0.5, 0.1)).toBeCloseTo(0.1, 15);
    expect(underShare(0.25, 0.5, 0.25)).toBeCloseTo(0.5, 15);
    expect([underShare(0, 0.01), underShare(1, 0.01)]).toEqual([0, 1]);
  });

  it("leads back", () => {
    for (const p of [0.001, 0.3, 0.77, 0.9999]) expect(underShare(underShare(p, 0.02), 0.5, 0.02)).toBeCloseTo(p, 12);
  });

  it.each([0, 1, -1, 2, Number.NaN, Number.POSITIVE_INFINITY])("refuses the share %s", (share) => {
    expect(() => underShare(0.5, share)).toThrow(String(share));
  });

  it.each([-0.1, 1.1, Number.NaN])("refuses the probability %s", (probability) => {
    expect(() => underShare(probability, 0.5)).toThrow(String(probability));
  });
});

describe("how far to trust a probability", () => {
  it("is told by the range that holds it", () => {
    expect([0, 0.05, 0.1, 0.599, 0.6, 0.95, 1].map((p) => binOf(reliability, p).from)).toEqual([
      0, 0, 0.1, 0.5, 0.6, 0.9, 0.9,
    ]);
    expect(() => binOf(reliability, Number.NaN)).toThrow("NaN");
    expect(() => binOf(reliability, 1.5)).toThrow("1.5");
  });

  it("comes in the parts of a sentence", () => {
    const parts = { songs: "1,006", got: "60 to 70\u00a0%", hits: "65\u00a0%", interval: "60 to 70\u00a0%" };
    expect(trustSentence(reliability, 0.65)).toEqual(parts);
  });
});

describe("whether a forest knows a song", () => {
  const songs = new Map<Decade, SongsPayload>([
    ["00s", first],
    ["10s", second],
  ]);
  const forest = { testRows: [0, 3], outOfBag: [null, 0.25, null, 0.75, ...new Array<null>(76).fill(null)] };

  it("goes by its number in the era, in the study's order", () => {
    expect(rowInEra("00s+10s", songs, "10s", 4)).toBe(34);
    expect(rowInEra("10s", songs, "10s", 4)).toBe(4);
    expect(rowInEra("60s", songs, "10s", 4)).toBeUndefined();
    expect(rowInEra("all", songs, "60s", 4)).toBe(84);
    expect(() => rowInEra("all", new Map(), "90s", 4)).toThrow("00s");
  });

  it("gives the word of the trees that had not seen it", () => {
    expect(seenBy(forest, 0)).toEqual({ trained: false });
    expect(seenBy(forest, 1)).toEqual({ trained: true, outOfBag: 0.25 });
    expect(seenBy(forest, 2)).toEqual({ trained: true, outOfBag: null });
    // Not fitted on, but the same recording as a song that was.
    expect(seenBy(forest, 3)).toEqual({ trained: true, outOfBag: 0.75 });
    expect(() => seenBy(forest, 80)).toThrow("0 to 79");
    expect(() => seenBy(forest, -1)).toThrow("not -1");
  });
});
