import { featureDefinitions } from "../../../../lib/src/data/audio-features";
import { find } from "../../shared/dom";
import type { PopularityPayload } from "../../shared/payloads";
import type { Settings } from "../settings";
import type { EpochFigures, Picture, Surface, Task } from "../trainer";
import { calmly } from "./calmly";
import { lineChart } from "./line-chart";
import { epochsTable, fillWhenOpen, surfaceTable, weightsTable } from "./number-tables";
import { surfacePicture } from "./surface-picture";
import { sizesInWords, sizesPicture, weightsPicture } from "./weights-picture";

/** The live figures. */
export interface Stage {
  /** Empties it for a training. */
  begin(settings: Settings, popularity: PopularityPayload | undefined): void;
  epoch(figures: EpochFigures): void;
  picture(picture: Picture): void;
  surface(surface: Surface): void;
}

/** Milliseconds between two looks of the surface and the weights, where motion is to be reduced. */
const CALM = 1000;
/** Between two drawings of the curves: more often no eye can follow. */
const FLUENT = 60;

/** Draws what a training tells into the page's figures. */
export function stage(): Stage {
  const [loss, metric] = [lineChart(find("#loss"), "Loss", "number"), lineChart(find("#metric"), "Accuracy", "share")];
  const seen = { surface: surfacePicture(find("#surface")), weights: weightsPicture(find("#weights")) };
  const sizes = sizesPicture(find("#sizes"));
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let settings: Settings | undefined;
  let popularity: PopularityPayload | undefined;
  let history: EpochFigures[] = [];
  const task = (): Task => (settings?.data === "2023" ? "regression" : "classification");
  const curves = calmly<void>(FLUENT, () => {
    const epochs = settings?.epochs ?? 20;
    const lines = (name: "loss" | "metric", held: "valLoss" | "valMetric") => [
      { name: "training", look: "look-1", values: history.map((each) => each[name]) },
      { name: "validation", look: "look-2", values: history.map((each) => each[held]) },
    ];
    loss.draw({ lines: lines("loss", "valLoss"), epochs });
    metric.draw({ lines: lines("metric", "valMetric"), epochs });
    tables.epochs(() => epochsTable(history, task()));
  });
  const label = (feature: string) => axisLabel(feature, popularity);
  const tables = {
    epochs: fillWhenOpen(find("#epochs")),
    surface: fillWhenOpen(find("#surface-table")),
    weights: fillWhenOpen(find("#weights-table")),
  };
  const showSurface = calmly<Surface>(reduced ? CALM : 0, (surface) => {
    seen.surface.draw(surface, task(), label);
    tables.surface(() => surfaceTable(surface, task()));
  });
  const showWeights = calmly<Picture["weights"]>(reduced ? CALM : 0, (weights) => {
    seen.weights.draw(weights);
    sizes.draw(weights);
    find("#sizes-said").textContent = sizesInWords(weights);
    tables.weights(() => weightsTable(weights));
  });
  curves();
  return {
    begin(next, songs) {
      settings = next;
      popularity = songs;
      history = [];
      const isShare = task() === "classification";
      find("#metric-title").textContent = isShare ? "Accuracy" : "Mean absolute error, in natural logarithms";
      metric.name(isShare ? "Accuracy" : "Mean absolute error", isShare ? "share" : "number");
      curves();
    },
    epoch(figures) {
      history.push(figures);
      curves();
    },
    picture({ weights, surface }) {
      showWeights(weights);
      if (surface) showSurface(surface);
    },
    surface: showSurface,
  };
}

/** What a feature is called on an axis: with its unit, or what is counted. */
function axisLabel(feature: string, popularity: PopularityPayload | undefined): string {
  const column = popularity?.columns.find(({ name }) => name === feature);
  if (column) return `${feature} (${column.meaning})`;
  const known = featureDefinitions.find(({ name }) => name === feature);
  return known ? `${feature} (${known.unit})` : feature;
}
