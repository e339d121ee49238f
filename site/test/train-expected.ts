/** What the page "Train it" must show: the same training in Node, on the songs of a published site. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
// Loads the kernels in Node.
import "../../lib/src/kernels";
import { decadesOf, type PopularityPayload, type SongsPayload } from "../pages/shared/payloads";
import { Engine } from "../pages/train/engine";
import type { Settings } from "../pages/train/settings";
import type { TrainingData, TrainingResult } from "../pages/train/trainer";

/**
 * Trains in Node on the data scripts of a site.
 *
 * @param site folder with data/songs-90s.js and the others
 */
export async function trainExpected(site: string, settings: Settings): Promise<TrainingResult> {
  const data = await readTrainingData(site, settings.data);
  return new Engine().train(settings, data, { onEpoch: () => {}, onPicture: () => {} });
}

async function readTrainingData(site: string, data: Settings["data"]): Promise<TrainingData> {
  if (data === "2023") return { popularity: await readScript<PopularityPayload>(site, "popularity-2023") };
  return {
    songs: await Promise.all(decadesOf(data).map((decade) => readScript<SongsPayload>(site, `songs-${decade}`))),
  };
}

/** `hitlabData("songs-90s",{...});` */
async function readScript<Payload>(site: string, name: string): Promise<Payload> {
  const text = await readFile(join(site, "data", `${name}.js`), "utf8");
  return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")"))) as Payload;
}
