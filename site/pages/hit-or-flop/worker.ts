import kernels from "../../../lib/dist/kernels.wasm";
import { provideKernels } from "../../../lib/src/kernels/instance";
import { answerQuestions } from "../shared/worker";
import { Models } from "./models";
import type { Answer, Question } from "./questions";
import { scoreSongs } from "./score-songs";

// The same kernels as in Node: the same digits.
provideKernels(() => new WebAssembly.Module(kernels));

let started: Models | undefined;

function models(): Models {
  if (!started) throw new Error("the judge has no models yet: its first question must be the start");
  return started;
}

function answer(question: Question, tell: (message: unknown) => void): Answer | Promise<Answer> {
  switch (question.kind) {
    case "start":
      started = new Models(question.fitted);
      return null;
    case "forest":
      models().giveForest(question.forest);
      return null;
    case "probability":
      return models().probability(question.choice, question.song);
    case "curves":
      return models().curves(question.choice, question.song);
    case "reasons":
      return models().reasons(question.choice, question.song);
    case "score":
      return scoreSongs(models().predictor(question.choice), question.rows, tell);
  }
}

answerQuestions(answer);
