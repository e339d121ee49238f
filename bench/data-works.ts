/** The works that begin with the studies' files: reading, windows, two whole studies, and the first result. */
import type { Work } from "./works";

export function dataWorks(_quick: boolean): Work[] {
  return [];
}
