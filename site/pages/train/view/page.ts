import { find } from "../../shared/dom";
import { messageOf } from "../../shared/message-of";
import { readAddress, writeAddress } from "../address";
import { countLook } from "../looks";
import { problemsOf, type Settings } from "../settings";
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
  private trainer?: Trainer;
  /** Stop may be pressed while the songs still load. */
  private isStopped = false;
  /** Whether the trainer has a network to be looked at. */
  private hasNetwork = false;
  /** Before the first training the pictures are those of the untrained network. */
  private hasBegun = false;
  private untrainedDue?: ReturnType<typeof setTimeout>;

  /** Takes what the address says and begins to listen. */
  start(): void {
    find("#settings").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    addEventListener("hashchange", () => {
      // The skip link's "#content" holds no settings.
      if (location.hash.includes("=")) this.openAddress();
    });
    wireCopyLink(() => this.link());
    this.openAddress();
  }

  private openAddress(): void {
    const { settings, problems } = readAddress(location.hash);
    this.form.write(settings, problems);
    this.showChoice(settings);
    const isDamaged = Object.keys(problems).length > 0;
    if (isDamaged) this.panel.note("The link is damaged: see the marked settings.");
    else if (location.hash.includes("="))
      this.panel.note("These settings came with the link. Press Train to run them.");
  }

  private settingsChanged(): void {
    const { settings, problems } = this.form.read();
    this.panel.note("");
    if (Object.keys(problems).length) return;
    history.replaceState(null, "", writeAddress(settings));
    this.showChoice(settings);
  }

  /** All settings stand in it, also the usual ones, which an address need not have. */
  private link(): string {
    const { settings, problems } = this.form.read();
    if (!Object.keys(problems).length) history.replaceState(null, "", writeAddress(settings));
    return location.href;
  }

  private showChoice(settings: Settings): void {
    showData(find("#data"), settings.data);
    // Of a network that is there, the axes are features that it sees.
    if (!this.hasNetwork) this.axes.offer(settings.features);
    this.showUntrainedSoon();
  }

  /** Not at once: the page comes first, and typing is no reason for a picture of each letter. */
  private showUntrainedSoon(): void {
    clearTimeout(this.untrainedDue);
    if (!this.hasBegun) this.untrainedDue = setTimeout(() => void this.showUntrained(), 150);
  }

  private async showUntrained(): Promise<void> {
    const { settings } = this.form.read();
    const due = this.untrainedDue;
    if (Object.keys(problemsOf(settings)).length) return;
    try {
      const data = await loadTrainingData(settings.data);
      this.trainer ??= startTrainer();
      const picture = await this.trainer.showUntrained(settings, data, this.axes.pair());
      // Meanwhile a training may have begun, or other settings been chosen.
      if (this.hasBegun || due !== this.untrainedDue) return;
      this.stage.begin(settings, "popularity" in data ? data.popularity : undefined);
      this.stage.picture(picture);
    } catch {
      // Nobody asked for it yet; a training will say what is wrong.
    }
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
    this.hasBegun = true;
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
      this.panel.fail(messageOf(error));
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
    const { title } = verdict(result, metricOf(result.baselines[0].test));
    find("#result").hidden = false;
    find("#result-title").textContent = "What came of it";
    find("#result-body").replaceChildren(...resultParts(result, countLook(result)));
    this.runs.add(result);
    this.panel.end(result, title);
  }

  private async showSurface(pair: readonly [string, string]): Promise<void> {
    if (!this.hasBegun) await this.showUntrained();
    else if (this.trainer && this.hasNetwork) this.stage.surface(await this.trainer.showSurface(pair));
  }
}
