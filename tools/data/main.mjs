import { createInterface } from "node:readline/promises";
import { Failure } from "../front/failure.mjs";
import { setUp } from "../front/setup.mjs";

const question = "charts.csv holds 26 million rows: about 1 GB to download, 3.5 GB on disk. Fetch it? [y/N] ";

/**
 * `npm run data`: fetches the real data into data/raw. `npm run data -- charts`: Kaggle's charts.csv, after a question
 * (`--yes` answers it).
 *
 * @param {string[]} args
 */
export async function main(args) {
  const unknown = args.find((arg) => !["charts", "--yes"].includes(arg));
  if (unknown) throw new Failure(`npm run data does not know "${unknown}"`, "use no argument, or: -- charts [--yes]");
  if (process.env.HITLAB_DATA) console.log("note: HITLAB_DATA is set, so runs will use that folder, not data/raw");
  await setUp({ python: false });
  const { fetchBigCharts, fetchSmall } = await import("../../lib/dist/data/fetch/fetch-data.js");
  const options = { say: (line) => console.log(line), progress };
  if (!args.includes("charts")) return finish(await fetchSmall(options));
  if (!args.includes("--yes") && !(await agreed())) {
    console.log("nothing fetched");
    return 0;
  }
  return finish(await fetchBigCharts(options));
}

function finish({ ready, failed }) {
  const reasons = [...new Set(failed.map((error) => error.message))];
  // Without a network every source fails in the same way: one line says it.
  const shown = ready.length ? reasons : reasons.slice(0, 1);
  for (const reason of shown) console.error(`error: ${reason}`);
  if (ready.length && failed.length) console.error(`${ready.length} files are there; the others are still stand-ins`);
  else if (failed.length) console.error("nothing was changed: notebooks go on with invented stand-in data");
  return failed.length ? 1 : 0;
}

async function agreed() {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise((resolve) => terminal.once("close", () => resolve("")));
  const answer = await Promise.race([terminal.question(question), closed]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Shows how far a download is: in place on a terminal, else every 50 MB. */
function progress(title) {
  let shown = 0;
  return (done, total) => {
    const finished = done === total;
    const step = process.stdout.isTTY ? 1 << 20 : 50 << 20;
    if (!finished && done - shown < step) return;
    shown = done;
    const text = `${title}: ${(done / 1e6).toFixed(1)}${total ? ` of ${(total / 1e6).toFixed(1)}` : ""} MB`;
    if (process.stdout.isTTY) process.stdout.write(`\r${text}${finished ? "\n" : ""}`);
    else console.log(text);
  };
}
