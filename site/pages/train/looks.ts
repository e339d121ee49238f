import { recall, remember } from "../shared/memory";
import type { TrainingResult } from "./trainer";

const KEY = "train-looks";

/**
 * Counts one more look at test figures, also over visits.
 *
 * @returns how often this browser has shown figures of these very test songs; songs and seed decide which they are
 */
export function countLook({ settings: { data, seed }, kind }: Pick<TrainingResult, "settings" | "kind">): number {
  const looks = keptLooks();
  const key = `${kind} ${data} ${seed}`;
  const count = (looks.get(key) ?? 0) + 1;
  remember(KEY, JSON.stringify([...looks.set(key, count)]));
  return count;
}

/** What is not as this page writes it is left out. */
function keptLooks(): Map<string, number> {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? "[]");
    return new Map(Array.isArray(kept) ? kept.filter(isLook) : []);
  } catch {
    return new Map();
  }
}

function isLook(entry: unknown): entry is [string, number] {
  return Array.isArray(entry) && typeof entry[0] === "string" && Number.isSafeInteger(entry[1]) && entry[1] > 0;
}
