/**
 * What a data set is: `real` (a published file), `study-synthetic` (the invented set that a study itself ran on) or
 * `stand-in` (our invented twin, used where the real file is absent).
 */
export type DataKind = "real" | "study-synthetic" | "stand-in";
