import type { Random } from "../random";

const firstWords = [
  ...["Amber", "Autumn", "Brass", "Broken", "Candle", "Cedar", "Copper", "Crystal", "Distant", "Electric"],
  ...["Fading", "Foolish", "Gentle", "Golden", "Granite", "Hollow", "Humble", "Ivory", "Juniper", "Lantern"],
  ...["Lonesome", "Marble", "Midnight", "Northern", "Paper", "Pocket", "Quiet", "Rolling", "Rusty", "Saffron"],
  ...["Silver", "Sleepy", "Southern", "Sugar", "Tangled", "Tidal", "Velvet", "Wandering", "Winter", "Wooden"],
];
const titleWords = [
  ...["Alley", "Anthem", "Avenue", "Balloon", "Bridge", "Carousel", "Compass", "Corner", "Daydream", "Echo"],
  ...["Farewell", "Fever", "Garden", "Harbor", "Heartbeat", "Highway", "Horizon", "Island", "Journey", "Letter"],
  ...["Lullaby", "Mirror", "Morning", "Orchard", "Parade", "Promise", "Rain", "Rendezvous", "River", "Rocket"],
  ...["Serenade", "Shadow", "Signal", "Staircase", "Summer", "Telephone", "Train", "Valley", "Window", "Wonder"],
];
const bandWords = [
  ...["Badgers", "Bakers", "Beacons", "Cartographers", "Clockmakers", "Comets", "Cousins", "Cranes", "Drifters"],
  ...["Foxes", "Gardeners", "Geese", "Gliders", "Herons", "Lamplighters", "Librarians", "Magpies", "Marmots"],
  ...["Neighbors", "Otters", "Pelicans", "Pilots", "Plumbers", "Postmen", "Puffins", "Sailors", "Sparrows"],
  ...["Strangers", "Surveyors", "Swallows", "Tailors", "Turtles", "Voyagers", "Walruses", "Weavers", "Wrens"],
];

/** A title that says of itself that it is invented; 1,600 there are, so an artist may have one twice. */
export function inventedTitle(rng: Random): string {
  return `${oneOf(firstWords, rng)} ${oneOf(titleWords, rng)} (invented)`;
}

/** A name for artist `number` of a decade, which no other has. */
export function inventedArtist(rng: Random, decade: string, number: number): string {
  return `${oneOf(firstWords, rng)} ${oneOf(bandWords, rng)} ${decade}-${String(number).padStart(4, "0")}`;
}

function oneOf(words: readonly string[], rng: Random): string {
  return words[rng.integer(0, words.length)];
}
