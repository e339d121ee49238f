import { find } from "../../shared/dom";
import { readAddress, writeAddress } from "../address";
import type { Settings } from "../settings";
import { loadTrainingData, startTrainer } from "../start-trainer";
import type { EpochFigures, Trainer, TrainingResult } from "../trainer";
import { wireCopyLink } from "./copy-link";
import { showData } from "./data-line";
import { metricOf, resultParts } from "./result-panel";
import { RunPanel } from "./run-panel";
import { RunsTable } from "./runs-table";
import { SettingsForm } from "./settings-form";
import { Stage } from "./stage";
import { surfaceAxes } from "./surface-axes";
import { verdict } from "./verdict";

/** The page: settings on the one side, the training and its figures on the other, all runs below. */
export class TrainPage {
  private readonly stage = new Stage();
  private readonly form = new SettingsForm(find<HTMLFormElement>("#settings"), () => this.settingsChanged());
  private readonly panel = new RunPanel(() => this.stop());
  private readonly runs = new RunsTable(find("#runs-body"), (settings) => this.bringBack(settings));
  private readonly axes = surfaceAxes((pair) => this.showSurface(pair));
  private readonly countLook = lookCounter();
  private trainer?: Trainer;
  /** Stop may be pressed while the songs still load. */
  private isStopped = false;
  /** Whether the trainer has a network to be looked at. */
  private hasNetwork = false;

  /** Takes what the address says and begins to listen. */
  start(): void {
    find("#settings").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    addEventListener("hashchange", () => this.openAddress());
    wireCopyLink();
    this.openAddress();
  }

  private openAddress(): void {
    const { settings, problems } = readAddress(location.hash);
    this.form.write(settings, problems);
    this.showChoice(settings);
    const isDamaged = Object.keys(problems).length > 0;
    if (isDamaged) this.panel.note("The link is damaged: see the marked settings.");
    else if (location.hash) this.panel.note("These settings came with the link. Press Train to run them.");
  }

  private settingsChanged(): void {
    const { settings, problems } = this.form.read();
    this.panel.note("");
    if (Object.keys(problems).length) return;
    history.replaceState(null, "", writeAddress(settings));
    this.showChoice(settings);
  }

  private showChoice(settings: Settings): void {
    showData(find("#data"), settings.data);
    // Of a network that is there, the axes are features that it sees.
    if (!this.hasNetwork) this.axes.offer(settings.features);
  }

  private bringBack(settings: Settings): void {
    this.form.write(settings);
    this.settingsChanged();
    this.panel.note("The settings of that run are back in the form.");
    find("#settings").scrollIntoView();
    find("#start").focus({ preventScroll: true });
  }

  private submit(): void {
    const { settings, problems } = this.form.read();
    if (Object.keys(problems).length) this.form.complain();
    else if (!this.panel.isBusy) void this.train(settings);
  }

  private async train(settings: Settings): Promise<void> {
    this.panel.begin(settings);
    this.panel.note("");
    find("#result-title").textContent = "What came of the run before";
    this.hasNetwork = false;
    this.isStopped = false;
    try {
      const data = await loadTrainingData(settings.data);
      this.trainer ??= startTrainer();
      this.axes.offer(settings.features);
      this.stage.begin(settings, "popularity" in data ? data.popularity : undefined);
      const result = await this.trainer.train(settings, data, {
        surface: this.axes.pair(),
        epochsPerSecond: this.panel.speed(),
        onEpoch: (figures) => this.epoch(figures),
        onPicture: (picture) => this.stage.picture(picture),
      });
      this.ended(result);
    } catch (error) {
      this.hasNetwork = false;
      this.panel.fail(error instanceof Error ? error.message : String(error));
    }
  }

  private epoch(figures: EpochFigures): void {
    this.hasNetwork = true;
    this.stage.epoch(figures);
    this.panel.epoch(figures);
    if (this.isStopped) this.trainer?.stop();
  }

  private stop(): void {
    this.isStopped = true;
    this.trainer?.stop();
  }

  private ended(result: TrainingResult): void {
    const { title } = verdict(result.history, result.task, metricOf(result.baselines[0].test));
    find("#result").hidden = false;
    find("#result-title").textContent = "What came of it";
    find("#result-body").replaceChildren(...resultParts(result, this.countLook(result.settings)));
    this.runs.add(result);
    this.panel.end(result, title);
  }

  private async showSurface(pair: readonly [string, string]): Promise<void> {
    if (this.trainer && this.hasNetwork) this.stage.surface(await this.trainer.showSurface(pair));
  }
}

/** Counts how often test figures were shown, by songs and seed: those decide which songs they are. */
function lookCounter(): (settings: Settings) => number {
  const looks = new Map<string, number>();
  return ({ data, seed }) => {
    const key = `${data} ${seed}`;
    const count = (looks.get(key) ?? 0) + 1;
    looks.set(key, count);
    return count;
  };
}
