import { loadData } from "../shared/load-data";
import { decadesOf, type Era, type SongsPayload } from "../shared/payloads";
import { type AlikeIndex, alike, indexAlike, type Place } from "./alike";
import type { Song } from "./judge";
import { SongSearch } from "./search";
import { rowInEra } from "./seen";

/** More than any song: in the real files one stands twelve times. */
const MOST_TWINS = 50;

/** The songs of an era, to be searched by words and by likeness. */
export class Collection {
  private words?: SongSearch;
  private index?: AlikeIndex;

  constructor(
    readonly era: Era,
    private readonly songs: readonly SongsPayload[],
  ) {}

  get search(): SongSearch {
    this.words ??= new SongSearch(this.songs);
    return this.words;
  }

  get likeness(): AlikeIndex {
    this.index ??= indexAlike(this.songs);
    return this.index;
  }

  /** The songs of the era that have just these numbers, the first of the era first: some recordings stand there twice. */
  placesOf(song: Song): Place[] {
    const same = alike(this.likeness, song, MOST_TWINS).filter(({ distance }) => distance === 0);
    return same.map(({ songs, row }) => ({ songs, row }));
  }

  /** The number of a song among those of the era. */
  rowOf({ songs, row }: Place): number | undefined {
    return rowInEra(this.era, new Map(this.songs.map((payload) => [payload.decade, payload])), songs.decade, row);
  }
}

const collections = new Map<Era, Promise<Collection>>();

/** Loads the songs of an era once; after a failure, again. */
export function collectionOf(era: Era): Promise<Collection> {
  const known = collections.get(era);
  if (known) return known;
  const loading = Promise.all(decadesOf(era).map((decade) => loadData(`songs-${decade}`))).then(
    (songs) => new Collection(era, songs),
  );
  loading.catch(() => collections.delete(era));
  collections.set(era, loading);
  return loading;
}

export function songAt({ songs, row }: Place): Song {
  return songs.features.map((column) => column[row]);
}
