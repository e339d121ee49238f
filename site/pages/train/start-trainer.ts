import source from "worker:./worker.ts";
import { loadData } from "../shared/load-data";
import { decadesOf } from "../shared/payloads";
import { startWorker } from "../shared/worker";
import type { Answer, Question, Told } from "./questions";
import type { Settings } from "./settings";
import type { Picture, Surface, Trainer, TrainingData, TrainingResult } from "./trainer";

/** Loads the songs that a training needs. @throws Error naming the script that does not load */
export async function loadTrainingData(data: Settings["data"]): Promise<TrainingData> {
  if (data === "2023") return { popularity: await loadData("popularity-2023") };
  return { songs: await Promise.all(decadesOf(data).map((decade) => loadData(`songs-${decade}`))) };
}

/**
 * Starts the worker that trains.
 *
 * @example
 * ```ts
 * const trainer = startTrainer();
 * const data = await loadTrainingData(settings.data);
 * const result = await trainer.train(settings, data, { surface: ["energy", "valence"], onEpoch, onPicture });
 * ```
 */
export function startTrainer(): Trainer {
  const worker = startWorker<Question, Answer>(source);
  return {
    train: async (settings, data, { onEpoch, onPicture, ...options }) => {
      const told = (message: unknown) => {
        const heard = message as Told;
        if ("figures" in heard) onEpoch(heard.figures);
        else onPicture(heard.picture);
      };
      return (await worker.ask({ kind: "train", settings, data, ...options }, told)) as TrainingResult;
    },
    showUntrained: async (settings, data, surface) =>
      (await worker.ask({ kind: "untrained", settings, data, surface })) as Picture,
    showSurface: async (features) => (await worker.ask({ kind: "surface", features })) as Surface,
    stop: () => {
      void worker.ask({ kind: "stop" });
    },
  };
}
