import { featureDefinitions } from "../../../../lib/src/data/audio-features";
import { find } from "../../shared/dom";
import type { PopularityPayload } from "../../shared/payloads";
import { defaults, type Settings } from "../settings";
import type { EpochFigures, Picture, Surface, Task, WeightsPicture } from "../trainer";
import { calmly } from "./calmly";
import { type LineChart, lineChart } from "./line-chart";
import { epochsTable, fillWhenOpen, surfaceTable, weightsTable } from "./number-tables";
import { sizesInWords, sizesPicture } from "./sizes-picture";
import { surfacePicture } from "./surface-picture";
import { weightsPicture } from "./weights-picture";

/** Milliseconds between two looks of the surface and the weights, where motion is to be reduced. */
const CALM = 1000;
/** Between two drawings of the curves: more often no eye can follow. */
const FLUENT = 60;

/** The live figures: draws what a training tells. */
export class Stage {
  private readonly pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : 0;
  private readonly loss = lineChart(find("#loss"), "Loss", "number");
  private readonly metric = lineChart(find("#metric"), "Accuracy", "share");
  private readonly values = surfacePicture(find("#surface"));
  private readonly weights = weightsPicture(find("#weights"));
  private readonly sizes = sizesPicture(find("#sizes"));
  private readonly tables = {
    epochs: fillWhenOpen(find("#epochs")),
    surface: fillWhenOpen(find("#surface-table")),
    weights: fillWhenOpen(find("#weights-table")),
  };
  private settings: Settings = defaults;
  private popularity?: PopularityPayload;
  private history: EpochFigures[] = [];

  constructor() {
    this.drawCurves();
  }

  /** Empties it for a training. */
  begin(settings: Settings, popularity: PopularityPayload | undefined): void {
    this.settings = settings;
    this.popularity = popularity;
    this.history = [];
    const isShare = this.task === "classification";
    find("#metric-title").textContent = isShare ? "Accuracy" : "Mean absolute error, in natural logarithms";
    this.metric.name(isShare ? "Accuracy" : "Mean absolute error", isShare ? "share" : "number");
    this.drawCurves();
  }

  epoch(figures: EpochFigures): void {
    this.history.push(figures);
    this.drawCurves();
  }

  picture({ epoch, weights, surface }: Picture): void {
    const seen = epoch ? `after epoch ${epoch}` : "untrained: the first weights are random";
    for (const place of ["#surface-seen", "#weights-seen"]) find(place).textContent = seen;
    this.drawWeights(weights);
    if (surface) this.surface(surface);
    else this.values.clear();
  }

  readonly surface = calmly<Surface>(this.pause, (surface) => {
    this.values.draw(surface, this.task, (feature) => unitOf(feature, this.popularity));
    this.tables.surface(() => surfaceTable(surface, this.task));
  });

  private get task(): Task {
    return this.settings.data === "2023" ? "regression" : "classification";
  }

  private readonly drawCurves = calmly<void>(FLUENT, () => {
    this.drawLines(this.loss, "loss", "valLoss");
    this.drawLines(this.metric, "metric", "valMetric");
    this.tables.epochs(() => epochsTable(this.history, this.task));
  });

  private drawLines(chart: LineChart, own: "loss" | "metric", held: "valLoss" | "valMetric"): void {
    const lines = [
      { name: "training", look: "look-1", values: this.history.map((each) => each[own]) },
      { name: "validation", look: "look-2", values: this.history.map((each) => each[held]) },
    ];
    chart.draw({ lines, epochs: this.settings.epochs });
  }

  private readonly drawWeights = calmly<WeightsPicture>(this.pause, (weights) => {
    this.weights.draw(weights);
    this.sizes.draw(weights);
    find("#sizes-said").textContent = sizesInWords(weights);
    this.tables.weights(() => weightsTable(weights));
  });
}

/** What stands behind a feature's name on an axis: its unit, or what is counted. */
function unitOf(feature: string, popularity: PopularityPayload | undefined): string {
  const column = popularity?.columns.find(({ name }) => name === feature);
  return column?.meaning ?? featureDefinitions.find(({ name }) => name === feature)?.unit ?? "";
}
