import { Failure } from "./failure.mjs";

/**
 * Reads environment.yml, the one source of the Python side: not YAML at large, but the simple lists that this file
 * consists of. A comment inside the pip list that begins with "minimum" or "lab" heads the group below it.
 *
 * @param {string} text
 * @returns {{ python: [number, number], minimum: string[], lab: string[] }} oldest Python; pip requirements with pins
 * @example
 * readEnvironment("dependencies:\n  - python>=3.10\n  - pip:\n      # minimum:\n      - nbclient==0.11.0\n");
 * // { python: [3, 10], minimum: ["nbclient==0.11.0"], lab: [] }
 */
export function readEnvironment(text) {
  const found = { python: undefined, minimum: [], lab: [] };
  let pipDepth = -1;
  let group = "minimum";
  text.split(/\r?\n/).forEach((raw, at) => {
    const depth = raw.length - raw.trimStart().length;
    const heading = /^\s*#\s*(minimum|lab)\b/i.exec(raw);
    if (heading && pipDepth >= 0) group = heading[1].toLowerCase();
    const item = listItem(raw);
    if (item === undefined) {
      if (raw.trim() && !raw.trimStart().startsWith("#")) pipDepth = -1;
      return;
    }
    if (pipDepth >= 0 && depth <= pipDepth) pipDepth = -1;
    if (item === "pip:") pipDepth = depth;
    else if (pipDepth >= 0) found[group].push(pinned(item, at + 1));
    else if (/^python\b/.test(item)) found.python = oldest(item, at + 1);
  });
  if (!found.python) throw bad(undefined, "names no python");
  if (found.minimum.length === 0) throw bad(undefined, "has no pip list");
  return found;
}

/** The text of a list item ("- text  # comment"), without quotes; undefined for any other line. */
function listItem(line) {
  const found = /^\s*-\s+(.*)$/.exec(line);
  if (!found) return undefined;
  const text = found[1].replace(/(^|\s)#.*$/, "").trim();
  return text.replace(/^(["'])(.*)\1$/, "$2").replace(/^pip\s*:$/, "pip:");
}

function pinned(item, line) {
  if (!/^[A-Za-z0-9._-]+(\[[\w,-]+\])?\s*==\s*[\w.!+-]+(\s*;.*)?$/.test(item))
    throw bad(line, `"${item}" has no pin such as ==1.2.3`);
  return item.replace(/\s*==\s*/, "==");
}

function oldest(item, line) {
  const found = /^python\s*(?:>=|=+)\s*(\d+)\.(\d+)/.exec(item);
  if (!found) throw bad(line, `"${item}" does not say which Python, such as python>=3.10`);
  return [Number(found[1]), Number(found[2])];
}

function bad(line, what) {
  return new Failure(
    `environment.yml${line ? `:${line}` : ""} ${what}`,
    "correct it, or get it back with git checkout environment.yml",
  );
}
