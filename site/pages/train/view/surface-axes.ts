import { find, make } from "../../shared/dom";

export interface SurfaceAxes {
  /** Puts the features to choose from; keeps those that the visitor chose, where it can. */
  offer(features: readonly string[]): void;
  /** The chosen features; undefined where there are not two. */
  pair(): readonly [string, string] | undefined;
}

/** What a class will want to see first. */
const usual = ["in_spotify_playlists", "in_apple_playlists", "danceability", "acousticness", "energy"];

/** The two lists of features above the surface. `chosen` hears what the visitor chooses. */
export function surfaceAxes(chosen: (pair: readonly [string, string]) => void): SurfaceAxes {
  const lists = ["#surface-x", "#surface-y"].map((name) => find<HTMLSelectElement>(name));
  const pair = () => {
    const [x, y] = lists.map(({ value }) => value);
    return x && y && x !== y ? ([x, y] as const) : undefined;
  };
  let isChosen = false;
  let before: readonly string[] = [];
  lists.forEach((list, at) => {
    list.addEventListener("change", () => {
      // The same feature on both axes: they change places.
      const other = lists[1 - at];
      if (other.value === list.value) other.value = before[at];
      before = lists.map(({ value }) => value);
      isChosen = true;
      const now = pair();
      if (now) chosen(now);
    });
  });
  return {
    offer(features) {
      const first = usual.filter((name) => features.includes(name));
      const wanted = [...first, ...features.filter((name) => !first.includes(name))];
      const kept = lists.map(({ value }) => value);
      const fits = isChosen && kept.every((name) => features.includes(name)) && kept[0] !== kept[1];
      lists.forEach((list, at) => {
        list.replaceChildren(...features.map((name) => make("option", { text: name, attributes: { value: name } })));
        list.value = (fits ? kept[at] : wanted[at]) ?? "";
        list.disabled = features.length < 2;
      });
      before = lists.map(({ value }) => value);
    },
    pair,
  };
}
