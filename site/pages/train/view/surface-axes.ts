import { find, make } from "../../shared/dom";

export interface SurfaceAxes {
  /** Puts the features to choose from; keeps the chosen ones where it can. */
  offer(features: readonly string[]): void;
  /** The chosen features; undefined where there are not two. */
  pair(): readonly [string, string] | undefined;
}

/** What a class will want to see first. */
const usual = ["danceability", "acousticness", "energy", "in_spotify_playlists"];

/** The two lists of features above the surface. `chosen` hears what the visitor chooses. */
export function surfaceAxes(chosen: (pair: readonly [string, string]) => void): SurfaceAxes {
  const lists = ["#surface-x", "#surface-y"].map((name) => find<HTMLSelectElement>(name));
  const pair = () => {
    const [x, y] = lists.map(({ value }) => value);
    return x && y && x !== y ? ([x, y] as const) : undefined;
  };
  lists.forEach((list, at) => {
    let before = list.value;
    list.addEventListener("focus", () => {
      before = list.value;
    });
    list.addEventListener("change", () => {
      const other = lists[1 - at];
      // The same feature on both axes: they change places.
      if (other.value === list.value) other.value = before;
      before = list.value;
      const now = pair();
      if (now) chosen(now);
    });
  });
  return {
    offer(features) {
      const first = usual.filter((name) => features.includes(name));
      const wanted = [...first, ...features.filter((name) => !first.includes(name))];
      const kept = lists.map(({ value }) => value);
      const fits = kept.every((name) => features.includes(name)) && kept[0] !== kept[1];
      lists.forEach((list, at) => {
        list.replaceChildren(...features.map((name) => make("option", { text: name, attributes: { value: name } })));
        list.value = (fits ? kept[at] : wanted[at]) ?? "";
        list.disabled = features.length < 2;
      });
    },
    pair,
  };
}
