import { openBackend } from "hitlab";
import type { FittedEra, FittedModels } from "../pages/shared/fitted-models";
import { decadesOf, type Era, eras } from "../pages/shared/payloads";
import { demandReal, readSongs, type Songs, studyParts } from "./era-songs";
import { featureMarks } from "./feature-marks";
import { fittedLogistic, fittedNetwork } from "./fit-era";
import { Progress } from "./progress";
import { reliabilityOf } from "./reliability";

/**
 * Models and facts of all eras for the page Hit or Flop?, the same digits on every machine.
 *
 * @throws HitlabError where this machine has invented songs
 */
export async function fitModels(told: (line: string) => void): Promise<FittedModels> {
  const { songs, source } = await readSongs();
  demandReal(source);
  await openBackend();
  const work = (era: Era) => decadesOf(era).length;
  const progress = new Progress(
    "Models of the page Hit or Flop?",
    eras.reduce((sum, era) => sum + work(era), 0),
    told,
  );
  const fitted: [Era, FittedEra][] = [];
  for (const era of eras) {
    fitted.push([era, await fitEra(songs, era)]);
    progress.done(era, work(era));
  }
  const { sha256, rows, note } = source;
  return { sha256, rows, made: note, eras: Object.fromEntries(fitted) as FittedModels["eras"] };
}

async function fitEra(songs: Songs, era: Era): Promise<FittedEra> {
  const parts = studyParts(songs, era);
  return {
    songs: parts.own.y.length,
    features: featureMarks(parts.own),
    logistic: fittedLogistic(parts),
    network: await fittedNetwork(parts),
    reliability: {
      forest: await reliabilityOf(parts.own, "forest"),
      network: await reliabilityOf(parts.own, "network"),
      logistic: await reliabilityOf(parts.own, "logistic"),
    },
  };
}
