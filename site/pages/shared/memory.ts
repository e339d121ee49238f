/// <reference lib="dom" />

/** What a reader chose, kept in the browser; where it forbids that (some do on file://), pages simply forget. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`hitlab:${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`hitlab:${key}`, value);
  } catch {
    // A choice that cannot be kept still holds for this page.
  }
}
