// The door of every command in tools/. It must parse on an old Node, so that the reader learns what is wrong instead of
// meeting a syntax error: only old syntax here, and the program itself is imported after the check.
import { readFileSync } from "node:fs";

/** The version of Node that package.json asks for, as [major, minor]. */
function wantedNode() {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const found = /(\d+)\.(\d+)/.exec(JSON.parse(text).engines.node);
  return [Number(found[1]), Number(found[2])];
}

/** One line that says that Node is too old, or "" when it is not. */
export function nodeComplaint(version, wanted) {
  const parts = version.split(".").map(Number);
  if (parts[0] > wanted[0] || (parts[0] === wanted[0] && parts[1] >= wanted[1])) return "";
  return `Node ${version} is too old, ${wanted.join(".")} or newer is needed. To mend it: install the current LTS from nodejs.org (or "nvm install --lts") and run the command again.`;
}

/** Prints a failure: one line where the cause is known, the stack where it is a fault of ours. */
function complain(error) {
  const known = error && (error.name === "Failure" || error.name === "HitlabError");
  const lacksSpace = error && error.code === "ENOSPC";
  if (lacksSpace) console.error("error: the disk is full. To mend it: free about 2 GB and run the command again.");
  else console.error(known ? `error: ${error.message}` : error?.stack || error);
  process.exitCode = error?.exitCode || 1;
}

/**
 * Runs a program after checking Node: `enter(() => import("./front/start.mjs"))`. The module's `main(args)` gets the
 * command line; what it returns (a number) becomes the exit status.
 */
export function enter(load) {
  const complaint = nodeComplaint(process.versions.node, wantedNode());
  if (complaint) {
    console.error(`error: ${complaint}`);
    process.exit(1);
  }
  load()
    .then((program) => program.main(process.argv.slice(2)))
    .then((status) => {
      if (typeof status === "number") process.exitCode = status;
    })
    .catch(complain);
}
