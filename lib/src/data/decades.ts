/** A decade of the Spotify Hit Predictor Dataset. */
export type Decade = "60s" | "70s" | "80s" | "90s" | "00s" | "10s";

/** The decades in the order in which study 4 joins the files: that of their names. */
export const decades: readonly Decade[] = ["00s", "10s", "60s", "70s", "80s", "90s"];
