/** Names of the values 0 to 11 of the feature "key"; sharps for the black keys, as in its definition. */
export const pitches: readonly string[] = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
