/**
 * The bench: our training beside Keras, our classic models beside scikit-learn, in turns, on the same data. `npm run bench` starts it (see README.md); with the
 * two sides set up, `node node_modules/vite-node/vite-node.mjs bench/main.ts -- --python PYTHON` does.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../tools/front/failure.mjs";
import { type Kept, places, resultsFile } from "./chapter";
import { growthRows } from "./growth";
import { type Measured, measure, type Round, type Row, type Tell } from "./measure";
import { type Options, readOptions } from "./options";
import { writePage } from "./page";
import type { Answer, Preparation, Task } from "./protocol";
import { machineLine, tableText } from "./report";
import { RunLog } from "./run-log";
import { type Side, SideError } from "./side";
import { Sides } from "./sides";
import { sumRows } from "./sums";
import { timeLeft } from "./time-left";
import { allWorks, pickWorks, unknownNames, type Work } from "./works";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "out", "bench");

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const every = allWorks(options);
  const unknown = unknownNames(every, options.only);
  if (unknown.length) {
    const ids = every.map(({ id }) => id).join(", ");
    throw new Failure(`there is no work "${unknown.join('", "')}"`, `name some of: ${ids}`);
  }
  if (options.check) return 0;
  const sides = new Sides(root, options.python);
  const log = new RunLog(join(folder, "run.jsonl"), options.resume === true);
  const measured: Measured[] = [];
  const lost: string[] = [];
  console.log(machineLine());
  const works = pickWorks(every, options.only);
  for (const [at, work] of works.entries()) {
    console.log(beginning(works, at, measured));
    try {
      const known = log.of(work);
      measured.push(known ?? (await measureBy(sides, work)));
      if (!known) log.add(measured[at - lost.length]);
    } catch (error) {
      if (!(error instanceof SideError)) throw error;
      lost.push(`${work.id}: ${error.message}`);
      console.error(`error: ${lost.at(-1)}`);
    }
  }
  sides.end();
  return finish(measured, lost, options);
}

/** Which work begins, and how long the rest may take. */
function beginning(works: readonly Work[], at: number, measured: readonly Measured[]): string {
  const kept = JSON.parse(readFileSync(resultsFile, "utf8")) as Kept;
  const rows = measured.map(({ row }) => row);
  const left = timeLeft(
    kept.rows,
    rows,
    works.slice(at).map(({ id }) => id),
  );
  return `${works[at].id}: work ${at + 1} of ${works.length}${left ? `, ${left}` : ""}`;
}

async function measureBy(sides: Sides, work: Work): Promise<Measured> {
  const ours = sides.ours();
  const peer = sides.peer(work.peer ?? "python");
  const preparation: Preparation = { write: work.settings.data, folder };
  await ours.ask(preparation);
  return measure(work, rounds(work, ours), peer && rounds(work, peer), teller(work));
}

function rounds(work: Work, side: Side): Round {
  return (round) => {
    const task: Task = { work: work.id, round, settings: work.settings, folder };
    return side.ask<Answer>(task, (text) => console.log(`${work.id}: ${side.name}, ${text}`));
  };
}

function teller(work: Work): Tell {
  return (round, side, { seconds, by }) => {
    const which = round === 0 ? "warm-up" : `round ${round} of ${work.rounds}`;
    console.log(`${work.id}: ${which}, ${side === "ours" ? "ours" : by} ${seconds.toPrecision(3)} s`);
  };
}

/** Table, file, page, and the exit status: 1 when a work was lost or could not be compared; times never count. */
function finish(measured: readonly Measured[], lost: readonly string[], options: Options): number {
  const { json, python } = options;
  const own = measured.map(({ row }) => row);
  const kept: Kept = {
    date: new Date().toISOString().slice(0, 10),
    machine: machineLine(),
    quick: options.quick,
    rows: [...sumRows(own), ...own, ...growthRows(own)],
  };
  console.log(`\n${tableText(kept, measured)}\n\n${machineLine()}; ratio = ours / peer, medians`);
  for (const line of lost) console.log(`lost: ${line}`);
  if (json) writeRows(resolve(root, json), kept.rows);
  console.log(`page: ${writePage(kept, folder)}`);
  const failed = measured.some(({ trouble }) => trouble) || lost.length > 0;
  if (options.keep && (failed || !python)) console.error("error: not kept, because a part of the figures is missing");
  else if (options.keep) keep(kept);
  return failed ? 1 : 0;
}

function writeRows(file: string, rows: readonly Row[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(rows, null, 1)}\n`);
  console.log(`rows: ${file}`);
}

/** Makes the rows the committed ones. */
function keep(kept: Kept): void {
  writeFileSync(resultsFile, `${JSON.stringify(kept, null, 2)}\n`);
  const written = places(kept);
  for (const { file, wanted } of written) writeFileSync(file, wanted);
  const files = [resultsFile, ...written.map(({ file }) => file)].join(", ");
  console.log(`kept: ${files}; look at the changes, then commit them`);
}

// Ends the sides, too: see Side.
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = error.exitCode;
}
