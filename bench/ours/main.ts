/** Our side of the bench: reads a task per line, does it, answers with a line (see ../protocol.ts). */
import { createInterface } from "node:readline";
import type { Answer, Preparation, Task } from "../protocol";
import type { Settings } from "../settings";
import { ablationWork } from "./ablation";
import { classicWork } from "./classic";
import { writeData } from "./data";
import { fitWork } from "./fit";
import { gridWork } from "./grid";
import { matmulWork } from "./matmul";
import { openBackend } from "./packages";
import { rankingWork } from "./ranking";

type Round = (round: number) => Promise<Omit<Answer, "by">>;

// Whatever a library prints must not mix with the answers.
console.log = console.error;
await openBackend();

let current: { work: string; round: Round } | undefined;

async function answer(task: Task | Preparation): Promise<object> {
  if ("write" in task) {
    await writeData(task.write, task.folder);
    return {};
  }
  if (current?.work !== task.work) current = { work: task.work, round: await prepare(task.settings) };
  return { ...(await current.round(task.round)), by: "hitlab" };
}

function prepare(settings: Settings): Promise<Round> {
  if (settings.kind === "fit") return fitWork(settings);
  if (settings.kind === "grid") return gridWork(settings);
  if (settings.kind === "ranking") return rankingWork(settings);
  if (settings.kind === "ablation") return ablationWork(settings);
  if (settings.kind === "classic") return classicWork(settings);
  if (settings.kind === "matmul") return matmulWork(settings);
  throw new Error(`${settings.kind}: not there yet`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.message ?? error) }));
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
