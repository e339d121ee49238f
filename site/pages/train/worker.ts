import kernels from "../../../lib/dist/kernels.wasm";
import { provideKernels } from "../../../lib/src/kernels/instance";
import { answerQuestions } from "../shared/worker";
import { Engine } from "./engine";
import type { Answer, Question, Told } from "./questions";

provideKernels(() => new WebAssembly.Module(kernels));

const engine = new Engine();

answerQuestions<Question, Answer>(async (question, tell) => {
  if (question.kind === "surface") return engine.showSurface(question.features);
  if (question.kind === "untrained") return engine.showUntrained(question.settings, question.data, question.surface);
  if (question.kind === "train") {
    const { settings, data, surface, epochsPerSecond } = question;
    return engine.train(settings, data, {
      surface,
      epochsPerSecond,
      onEpoch: (figures) => tell({ figures } satisfies Told),
      onPicture: (picture) => tell({ picture } satisfies Told),
    });
  }
  engine.stop();
  return null;
});
