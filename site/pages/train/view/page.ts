import { find } from "../../shared/dom";
import { readAddress, writeAddress } from "../address";
import type { Settings } from "../settings";
import { loadTrainingData, startTrainer } from "../start-trainer";
import type { Trainer, TrainingResult } from "../trainer";
import { wireCopyLink } from "./copy-link";
import { showData } from "./data-line";
import { metricOf, resultParts } from "./result-panel";
import { runPanel } from "./run-panel";
import { runsTable } from "./runs-table";
import { settingsForm } from "./settings-form";
import { stage } from "./stage";
import { surfaceAxes } from "./surface-axes";
import { verdict } from "./verdict";

/** The page: settings on the one side, the training and its figures on the other, all runs below. */
export function trainPage(): void {
  const figures = stage();
  const form = settingsForm(find<HTMLFormElement>("#settings"), settingsChanged);
  const panel = runPanel(() => {
    isStopped = true;
    trainer?.stop();
  });
  const axes = surfaceAxes(async (pair) => {
    if (trained) figures.surface(await (trainer as Trainer).showSurface(pair));
  });
  const runs = runsTable(find("#runs-body"), (settings) => {
    form.write(settings);
    settingsChanged();
    panel.note("The settings of that run are back in the form.");
    find("#settings").scrollIntoView();
    find("#start").focus({ preventScroll: true });
  });
  const looks = countLooks();
  let trainer: Trainer | undefined;
  /** Stop may be pressed while the songs still load. */
  let isStopped = false;
  /** What the trainer's network, if there is one, was told to be. */
  let trained: Settings | undefined;

  function settingsChanged(): void {
    const { settings, problems } = form.read();
    showData(find("#data"), settings.data);
    panel.note("");
    if (Object.keys(problems).length) return;
    history.replaceState(null, "", writeAddress(settings));
    if (!trained) axes.offer(settings.features);
  }

  function openAddress(): void {
    const { settings, problems } = readAddress(location.hash);
    form.write(settings, problems);
    showData(find("#data"), settings.data);
    if (!trained) axes.offer(settings.features);
    const damaged = Object.keys(problems).length;
    if (damaged) panel.note("The link is damaged: see the marked settings.");
    else if (location.hash) panel.note("These settings came with the link. Press Train to run them.");
  }

  async function train(settings: Settings): Promise<void> {
    panel.begin(settings);
    panel.note("");
    trained = undefined;
    isStopped = false;
    try {
      const data = await loadTrainingData(settings.data);
      trainer ??= startTrainer();
      axes.offer(settings.features);
      figures.begin(settings, "popularity" in data ? data.popularity : undefined);
      const onEpoch: typeof figures.epoch = (each) => {
        trained = settings;
        figures.epoch(each);
        panel.epoch(each);
        if (isStopped) trainer?.stop();
      };
      const options = { surface: axes.pair(), epochsPerSecond: panel.speed(), onEpoch, onPicture: figures.picture };
      ended(await trainer.train(settings, data, options));
    } catch (error) {
      trained = undefined;
      panel.fail(error instanceof Error ? error.message : String(error));
    }
  }

  function ended(result: TrainingResult): void {
    const { title } = verdict(result.history, result.task, metricOf(result.baselines[0].test));
    find("#result").hidden = false;
    find("#result-body").replaceChildren(...resultParts(result, looks(result.settings)));
    runs.add(result);
    panel.end(result, title);
  }

  find("#settings").addEventListener("submit", (event) => {
    event.preventDefault();
    const { settings, problems } = form.read();
    if (Object.keys(problems).length) form.complain();
    else if (!find<HTMLButtonElement>("#start").disabled) void train(settings);
  });
  addEventListener("hashchange", openAddress);
  wireCopyLink();
  openAddress();
}

/** Counts how often test figures were shown, by songs and seed: those decide which songs they are. */
function countLooks(): (settings: Settings) => number {
  const looks = new Map<string, number>();
  return ({ data, seed }) => {
    const key = `${data} ${seed}`;
    looks.set(key, (looks.get(key) ?? 0) + 1);
    return looks.get(key) as number;
  };
}
