/** Our side of the bench: reads a task per line, does it, answers with a line (see ../protocol.ts). */
import { answerTasks, type Round } from "../answering";
import type { Task } from "../protocol";
import { ablationWork } from "./ablation";
import { classicWork } from "./classic";
import { csvWork } from "./csv";
import { writeData } from "./data";
import { firstResultWork } from "./first-result";
import { fitWork } from "./fit";
import { gridWork } from "./grid";
import { matmulWork } from "./matmul";
import { openBackend } from "./packages";
import { rankingWork } from "./ranking";
import { studyWork } from "./study";
import { windowsWork } from "./windows";

// Whatever a library prints must not mix with the answers.
console.log = console.error;
await openBackend();
await answerTasks({
  by: "hitlab",
  prepare,
  write: ({ write, folder }) => writeData(write, folder),
});

async function prepare({ settings, folder }: Task): Promise<Round> {
  if (settings.kind === "fit") return fitWork(settings);
  if (settings.kind === "grid") return gridWork(settings);
  if (settings.kind === "ranking") return rankingWork(settings);
  if (settings.kind === "ablation") return ablationWork(settings);
  if (settings.kind === "classic") return classicWork(settings);
  if (settings.kind === "first-result") return firstResultWork(settings, folder);
  if (settings.kind === "study") return studyWork(settings, folder);
  if (settings.kind === "windows") return windowsWork(settings, folder);
  if (settings.kind === "csv") return csvWork(settings, folder);
  return matmulWork(settings);
}
