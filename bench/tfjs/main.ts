/** tfjs as it comes, as a side of the bench: `main.ts wasm` or `main.ts tensorflow`. Nothing of hitlab is loaded. */
import { answerTasks } from "../answering";
import { fitWork } from "./fit";
import { openTfjs } from "./open";

// Whatever a library prints must not mix with the answers.
console.log = console.error;
const { tf, by } = await openTfjs(process.argv.at(-1));
await answerTasks({
  by,
  prepare: async ({ settings, folder }) => {
    if (settings.kind !== "fit") throw new Error(`tfjs has no ${settings.kind}`);
    return fitWork(tf, settings, folder);
  },
});
