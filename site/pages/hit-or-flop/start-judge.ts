import source from "worker:./worker.ts";
import { startWorker } from "../shared/worker";
import { fitted } from "./fitted";
import type { Judge } from "./judge";
import { rowsOf } from "./predictor";
import type { Answer, Answers, Question } from "./questions";

/** Starts the worker behind the page, with the models that ship with it. */
export function startJudge(): Judge {
  const worker = startWorker<Question, Answer>(source);
  const ask = <Kind extends keyof Answers>(
    question: Question & { readonly kind: Kind },
    told?: (message: unknown) => void,
  ) => worker.ask(question, told) as Promise<Answers[Kind]>;
  // Questions are answered in their order, so that nobody need wait for the start.
  const started = ask({ kind: "start", fitted });
  return {
    giveForest: async ({ era, scaler, packed }) => {
      await started;
      await ask({ kind: "forest", forest: { era, scaler, packed } });
    },
    probability: (choice, song) => ask({ kind: "probability", choice, song }),
    curves: (choice, song) => ask({ kind: "curves", choice, song }),
    reasons: (choice, song) => ask({ kind: "reasons", choice, song }),
    score: async (choice, songs, told) => {
      const rows = rowsOf(songs);
      return Array.from(await ask({ kind: "score", choice, rows }, (share) => told?.(share as number)));
    },
  };
}
