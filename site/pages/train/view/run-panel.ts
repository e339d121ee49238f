import { duration, formatNumber, percent } from "../../../../lib/src/show/format";
import { find } from "../../shared/dom";
import { recall, remember } from "../../shared/memory";
import type { Settings } from "../settings";
import type { EpochFigures, TrainingResult } from "../trainer";
import { calmly } from "./calmly";

/** Train and Stop, how far the training is, and what is said of it. */
export interface RunPanel {
  /** Epochs a second, at most; undefined for as fast as it goes. */
  speed(): number | undefined;
  begin(settings: Settings): void;
  epoch(figures: EpochFigures): void;
  end(result: TrainingResult, verdict: string): void;
  fail(message: string): void;
  /** A quiet word, such as where the settings come from; empty takes it away. */
  note(text: string): void;
}

/** Between two sentences for a reader of the screen. */
const CALM = 5000;

export function runPanel(stop: () => void): RunPanel {
  const [start, halt] = [find<HTMLButtonElement>("#start"), find<HTMLButtonElement>("#stop")];
  const progress = find<HTMLProgressElement>("#progress");
  const state = find("#state");
  const said = find("#said");
  let settings: Settings | undefined;
  let began = 0;
  const say = calmly<string>(CALM, (text) => {
    if (settings) said.textContent = text;
  });
  halt.addEventListener("click", stop);
  /** The one button that can be pressed gets the focus that the other loses. */
  const busy = (isBusy: boolean) => {
    const hadFocus = [start, halt].includes(document.activeElement as HTMLButtonElement);
    start.disabled = isBusy;
    halt.disabled = !isBusy;
    if (hadFocus) (isBusy ? halt : start).focus();
  };
  return {
    speed: keptSpeed(),
    begin(next) {
      settings = next;
      began = performance.now();
      busy(true);
      progress.value = 0;
      show("#failure", "");
      state.textContent = "Loading the songs …";
      said.textContent = `Training for ${next.epochs} epochs.`;
    },
    epoch({ epoch, valMetric, valLoss }) {
      if (!settings) return;
      const share = epoch / settings.epochs;
      const left = ((performance.now() - began) / 1000 / share) * (1 - share);
      const metric =
        settings.data === "2023"
          ? `validation error ${formatNumber(valMetric, 3)}`
          : `validation accuracy ${percent(valMetric)}`;
      progress.value = share;
      const where = `Epoch ${epoch} of ${settings.epochs}`;
      state.textContent = share < 1 ? `${where} · about ${duration(left)} left` : `${where} · testing …`;
      say(`${where}, ${metric}, validation loss ${formatNumber(valLoss, 3)}.`);
    },
    end({ stopped, history, seconds, test }, verdict) {
      settings = undefined;
      busy(false);
      const figure =
        test.task === "classification"
          ? `test accuracy ${percent(test.accuracy)}`
          : `test error ${formatNumber(test.mae, 3)}`;
      state.textContent = `${stopped ? "Stopped after" : "Done:"} ${history.length} epochs, ${duration(seconds)} of computing; ${figure}.`;
      said.textContent = `${state.textContent} ${verdict}.`;
    },
    fail(message) {
      settings = undefined;
      busy(false);
      state.textContent = "Not trained to the end.";
      show("#failure", message);
    },
    note: (text) => show("#notice", text),
  };
}

function keptSpeed(): RunPanel["speed"] {
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
