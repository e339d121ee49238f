import { duration, formatNumber, percent } from "../../../../lib/src/show/format";
import { capital } from "../../shared/capital";
import { find } from "../../shared/dom";
import { recall, remember } from "../../shared/memory";
import type { Settings } from "../settings";
import type { EpochFigures, TrainingResult } from "../trainer";
import { calmly } from "./calmly";
import { timeInWords } from "./words";

/** Between two sentences for a reader of the screen. */
const CALM = 5000;

/** Train and Stop, how far the training is, and what is said of it. */
export class RunPanel {
  /** Epochs a second, at most; undefined for as fast as it goes. */
  readonly speed = keptSpeed();
  private readonly startButton = find<HTMLButtonElement>("#start");
  private readonly stopButton = find<HTMLButtonElement>("#stop");
  private readonly progress = find<HTMLProgressElement>("#progress");
  private readonly state = find("#state");
  private readonly said = find("#said");
  /** Of the training that runs. */
  private settings?: Settings;
  /** When its first epoch was done: loading the songs says nothing of the epochs to come. */
  private firstDone = 0;
  private readonly say = calmly<string>(CALM, (text) => {
    if (this.isBusy) this.said.textContent = text;
  });

  constructor(stop: () => void) {
    this.stopButton.addEventListener("click", stop);
  }

  get isBusy(): boolean {
    return this.settings !== undefined;
  }

  begin(settings: Settings): void {
    this.settings = settings;
    this.showButtons();
    this.progress.value = 0;
    show("#failure", "");
    this.state.textContent = "Loading the songs …";
    this.said.textContent = `Training for ${settings.epochs} epochs.`;
  }

  epoch({ epoch, valMetric, valLoss }: EpochFigures): void {
    if (!this.settings) return;
    const { epochs, data } = this.settings;
    const now = performance.now();
    if (epoch === 1) this.firstDone = now;
    const left = epoch > 1 ? ((now - this.firstDone) / 1000 / (epoch - 1)) * (epochs - epoch) : undefined;
    const metric =
      data === "2023" ? `validation error ${formatNumber(valMetric, 3)}` : `validation accuracy ${percent(valMetric)}`;
    const where = `Epoch ${epoch} of ${epochs}`;
    this.progress.value = epoch / epochs;
    if (epoch === epochs) this.state.textContent = `${where} · testing …`;
    else this.state.textContent = left === undefined ? where : `${where} · about ${duration(left)} left`;
    this.say(`${where}, ${metric}, validation loss ${formatNumber(valLoss, 3)}.`);
  }

  end({ stopped, history, seconds, test }: TrainingResult, verdict: string): void {
    this.over();
    const figure =
      test.task === "classification"
        ? `test accuracy ${percent(test.accuracy)}`
        : `test error ${formatNumber(test.mae, 3)}`;
    const how = stopped ? "Stopped after" : "Done:";
    this.state.textContent = `${how} ${history.length} epochs, ${timeInWords(seconds)} of computing; ${figure}.`;
    this.said.textContent = `${this.state.textContent} ${verdict}.`;
  }

  fail(message: string): void {
    this.over();
    this.state.textContent = "Not trained to the end.";
    show("#failure", capital(message));
  }

  /** A quiet word, such as where the settings come from; empty takes it away. */
  note(text: string): void {
    show("#notice", text);
  }

  private over(): void {
    this.settings = undefined;
    this.showButtons();
  }

  /** The one button that can be pressed gets the focus that the other loses. */
  private showButtons(): void {
    const [able, unable] = this.isBusy ? [this.stopButton, this.startButton] : [this.startButton, this.stopButton];
    const hadFocus = document.activeElement === unable;
    able.disabled = false;
    unable.disabled = true;
    if (hadFocus) able.focus();
  }
}

function keptSpeed(): () => number | undefined {
  const select = find<HTMLSelectElement>("#speed");
  const kept = recall("train-speed");
  if (kept !== null && [...select.options].some(({ value }) => value === kept)) select.value = kept;
  select.addEventListener("change", () => remember("train-speed", select.value));
  return () => (select.value ? Number(select.value) : undefined);
}

function show(selector: string, text: string): void {
  const element = find(selector);
  element.textContent = text;
  element.hidden = !text;
}
