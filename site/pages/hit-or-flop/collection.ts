import { loadData } from "../shared/load-data";
import { decadesOf, type Era, type SongsPayload } from "../shared/payloads";
import { type AlikeIndex, alike, indexAlike, type Place } from "./alike";
import type { Song } from "./judge";
import { SongSearch } from "./search";
import { rowInEra } from "./seen";

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

  /** The song of the era that has just these numbers. */
  placeOf(song: Song): Place | undefined {
    const [nearest] = alike(this.likeness, song, 1);
    return nearest?.distance === 0 ? { songs: nearest.songs, row: nearest.row } : undefined;
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
