import { HitlabError } from "../errors";
import { type Random, random } from "../random";
import { audioFeatures } from "./audio-features";
import { emptyHitColumns, type HitColumns } from "./hit-lines";
import { type HitModel, hitModel, type Repeats } from "./stand-in-hits-model";
import { inventedArtist, inventedTitle } from "./stand-in-names";
import { type InventedSongs, inventSongs } from "./stand-in-songs";

/**
 * The rows of invented hit predictor data, for use where the real files are absent: per decade and class as many songs
 * as there really are, with features from a Gaussian-copula mixture (see `inventSongs`), invented titles and artists of
 * whom none has both hits and flops in a decade, and a few songs that come twice. Parameters: data/stand-ins/hits.json.
 *
 * @param seed the same seed gives the same songs on every machine
 * @param decades which decades, in the order wanted; a decade has the same songs whichever others are asked for
 */
export function standInHits(seed: number, decades: readonly string[], model: HitModel = hitModel()): HitColumns[] {
  const rng = random(seed, "stand-in hits");
  const made = new Map<string, HitColumns>();
  let before = emptyHitColumns();
  for (const [decade, { repeats }] of Object.entries(model.decades)) {
    const rows = inventDecade(decade, model, rng.stream(decade));
    repeatSongs(rows, before, repeats, rng.stream(decade, "repeats"));
    made.set(decade, rows);
    before = rows;
  }
  return decades.map((decade) => made.get(decade) ?? emptyHitColumns());
}

/** Flops and hits of a decade in random order. */
function inventDecade(decade: string, model: HitModel, rng: Random): HitColumns {
  const { flops, hits } = model.decades[decade];
  const groups = [flops, hits].map((group, target) => inventSongs(group, model.levels, rng.stream("songs", target)));
  const names = rng.stream("names");
  // Numbered in random order: the number must not tell the class.
  const numbers = names.permutation(groups[0].artists + groups[1].artists);
  const artists = Array.from(numbers, (number) => inventedArtist(names, decade, number + 1));
  const songs = groups[0].artist.length + groups[1].artist.length;
  const rows = emptyHitColumns();
  for (const [row, place] of rng.stream("order").permutation(songs).entries()) {
    const target = place < groups[0].artist.length ? 0 : 1;
    const song = target ? place - groups[0].artist.length : place;
    const artist = artists[groups[target].artist[song] + (target ? groups[0].artists : 0)];
    addSong(rows, groups[target], song, target);
    rows.track.push(inventedTitle(names));
    rows.artist.push(artist);
    rows.uri.push(`standin:track:${decade}-${String(row + 1).padStart(4, "0")}`);
  }
  return rows;
}

function addSong(rows: HitColumns, from: InventedSongs, song: number, target: number): void {
  rows.target.push(target);
  audioFeatures.forEach((_, f) => {
    rows.features[f].push(from.features[f][song]);
  });
}

/** Puts songs that are there already in the place of others, as the real files have some songs twice. */
function repeatSongs(rows: HitColumns, before: HitColumns, repeats: Repeats, rng: Random): void {
  // Rows in random order, class by class; each is taken once.
  const [flops, hits] = [0, 1].map((target) => rng.shuffle(rowsOf(rows, target)));
  for (let i = 0; i < repeats.sameClass; i++) copySong(rows, take(hits), rows, take(hits), { title: false });
  for (let i = 0; i < repeats.otherClass; i++) copySong(rows, take(hits), rows, take(flops));
  const [flopsBefore, hitsBefore] = [0, 1].map((target) => rng.shuffle(rowsOf(before, target)));
  for (let i = 0; i < repeats.fromBefore; i++) {
    if (i % 2 === 0) copySong(before, take(hitsBefore), rows, take(hits));
    else copySong(before, take(flopsBefore), rows, take(flops));
  }
  for (let i = 0; i < repeats.fromBeforeOtherClass; i++) copySong(before, take(hitsBefore), rows, take(flops));
}

function rowsOf({ target }: HitColumns, wanted: number): number[] {
  return [...target.keys()].filter((row) => target[row] === wanted);
}

function take(rows: number[]): number {
  const row = rows.pop();
  if (row !== undefined) return row;
  throw new HitlabError({
    what: "the parameters repeat more songs than there are",
    file: "data/stand-ins/hits.json",
    remedy: "restore the file from the repository (git checkout data/stand-ins/hits.json)",
  });
}

/** Where the label differs the artist is named otherwise, as in reality: no artist has both hits and flops. */
function copySong(from: HitColumns, source: number, to: HitColumns, row: number, { title = true } = {}): void {
  const sameLabel = from.target[source] === to.target[row];
  to.uri[row] = from.uri[source];
  to.artist[row] = sameLabel ? from.artist[source] : `${from.artist[source]} & Friends`;
  if (title) to.track[row] = from.track[source];
  audioFeatures.forEach((_, f) => {
    to.features[f][row] = from.features[f][source];
  });
}
