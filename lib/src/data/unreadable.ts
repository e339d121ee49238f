import { HitlabError } from "../errors";

/** What the file system said when a file could not be read, for the reader. */
export function unreadable(path: string, error: unknown): HitlabError {
  return new HitlabError({
    what: `the file cannot be read: ${(error as Error).message}`,
    file: path,
    remedy: "check that it exists and may be read",
  });
}
