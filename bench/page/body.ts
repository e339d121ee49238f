/** What a run of the bench looks like to a reader: everything between the head of the page and its foot. */
import type { Kept } from "../chapter";
import { type Entry, entriesOf, everything, groupNames, growthsOf } from "../entries";
import { durationText, roundsText, tallyText, timesText } from "../wording";
import { type Group, groups } from "../works";
import { barTable } from "./bars";
import { figuresTable } from "./figures-table";
import { growthCharts } from "./growth-charts";
import { type Html, html } from "./html";
import { ratioScale, type Scale } from "./scale";

/** The file that lies beside the page with the run in it. */
export const dataFile = "bench.json";

/** What stands beside the rows of a group. */
const about: Readonly<Record<Group, string>> = {
  study: "What each study takes, as the sum of its parts below, and those parts that stand in no other group.",
  start: "A process from its start to its first result, imports counted: where a beginner waits.",
  training: "The studies' networks, trained on the same rows for as many epochs.",
  classic: "Forest, boosting, support vector machines and logistic regression on study 4's songs.",
  data: "Reading the studies' files, and cutting windows from the daily chart.",
  tfjs: "The same training by tf.layers and model.fit, without hitlab.",
  matmul: "What a training step consists of at best: bare products, many times over.",
  growth: "The same work on 1, 4 and 16 times as many rows.",
};

/** The page's main part as HTML. Rows that a run lacks are left out, and so are parts without rows. */
export function pageBody(kept: Kept): string {
  const entries = entriesOf(kept);
  const charted = entries.filter(({ group }) => group !== "growth");
  const scale = ratioScale(charted.flatMap(({ row }) => row.ratio ?? []));
  const parts = charted.filter(({ row }) => row.work !== everything);
  const body = html`<div class="app-head">
<h1>How fast is it?</h1>
<p class="lead">The same work on the same data, by hitlab and by what one would use instead, in turns in one run: Keras, scikit-learn, pandas and numpy, or tfjs as it comes.</p>
</div>
${studies(kept)}
<p class="machine">Measured on ${kept.date}, ${roundsText(kept.quick)}, on ${kept.machine}. In all, ${tallyText(entries)} <a href="${dataFile}">The figures as JSON</a></p>
${groupNames.map((group) => chart(group, parts, scale))}
${growth(kept)}
${how(kept, entries)}
<section aria-labelledby="figures"><h2 id="figures">All figures</h2>
<p>Seconds, and megabytes at the most. <em>Ratio</em> is hitlab's time divided by the peer's, <em>aim</em> what this project set out to reach.</p>
${figuresTable(entries)}
</section>`;
  return body.text;
}

/** A sentence for pages that lead here. */
export function headline(kept: Kept): string {
  const whole = kept.rows.find(({ work }) => work === everything);
  if (!whole?.peer_s || whole.ratio === null) {
    return "Training, classic models and tables, each beside Keras, scikit-learn, pandas or tfjs as it comes.";
  }
  const [ours, theirs] = [durationText(whole.ours_s), durationText(whole.peer_s)];
  return `All five studies take ${ours} here and ${theirs} in Keras, scikit-learn and pandas, on the same data and computer: ${timesText(whole.ratio)}.`;
}

/** The sum of all studies, large. */
function studies(kept: Kept): Html | undefined {
  const whole = kept.rows.find(({ work }) => work === everything);
  if (!whole) return undefined;
  const { ours_s, peer_s, ratio, scaled, peer } = whole;
  const longest = Math.max(ours_s, peer_s ?? 0);
  const bar = (side: string, name: string, seconds: number) =>
    html`<dt>${name}</dt><dd><svg class="${side}" aria-hidden="true"><rect width="${((100 * seconds) / longest).toFixed(2)}%" height="100%" rx="3" /></svg><span>${durationText(seconds)}</span></dd>`;
  return html`<section class="panel whole" aria-labelledby="whole">
<h2 id="whole">All five studies${ratio !== null && html` <b class="${ratio <= 1 ? "faster" : "slower"}">${timesText(ratio)}</b>`}</h2>
<dl>${bar("ours", "hitlab", ours_s)}${peer_s !== null && bar("theirs", peer ?? "peer", peer_s)}</dl>
<p class="hint">The parts of the five studies that take time, one after another: files, windows, trainings, fits, searches.${scaled && html` The longest works are scaled from a sample: <a href="#how-${everything}">which, and how</a>.`}</p>
</section>`;
}

function chart(group: Group, entries: readonly Entry[], scale: Scale): Html | undefined {
  const own = entries.filter((entry) => entry.group === group);
  if (own.length === 0) return undefined;
  return html`<section aria-labelledby="${group}"><h2 id="${group}">${groups[group]}</h2>
<p>${about[group]}</p>
${barTable(groups[group], own, scale)}
</section>
`;
}

function growth(kept: Kept): Html | undefined {
  const growths = growthsOf(kept);
  if (growths.length === 0) return undefined;
  return html`<section aria-labelledby="growth"><h2 id="growth">${groups.growth}</h2>
<p>${about.growth} A power of 1 means that twice as many rows take twice as long; a fixed cost, such as tracing, makes it smaller.</p>
${growthCharts(growths)}
</section>`;
}

function how(kept: Kept, entries: readonly Entry[]): Html {
  const noted = entries.filter(({ row }) => row.note || row.scaled);
  const scaled = entries.filter(({ row, work }) => work && row.scaled).map(({ what }) => what);
  return html`<section aria-labelledby="how"><h2 id="how">How this was measured</h2>
<ul class="how">
<li>A bar to the right says how many times as long the peer takes, one to the left how many times as long hitlab takes; the line between them is equal time. The scale is logarithmic and the same in all charts.</li>
<li>Each side is a process of its own. Both do the same work in turns on the same arrays, ${roundsText(kept.quick)}, after a round that does not count. The peers have their default threads; where a row differs, its note says so.</li>
<li>Both reached about the same on rows that they were not trained on; the last table has the figures. Where they did not, the row says that its ratio means nothing.</li>
${scaled.length > 0 && html`<li>Where the peer would take many minutes, a sample was measured and scaled up: ${scaled.join("; ")}. These figures are marked <em>scaled</em>, and the notes below have the samples.</li>`}
${entries.some(({ row }) => row.ours_mb !== undefined) && html`<li>Memory is the most that a side's whole process held at a time in the timed rounds, Node or Python with its packages included.</li>`}
${kept.note && html`<li>${kept.note}</li>`}
</ul>
${
  noted.length > 0 &&
  html`<h3>Notes on the rows</h3>
<dl class="notes">
${noted.map(note)}</dl>`
}
</section>`;
}

function note({ row, what }: Entry): Html {
  const { work, scaled, note } = row;
  return html`<div id="how-${work}"><dt>${what}</dt><dd>${[note, scaled && `scaled ${scaled}`].filter(Boolean).join("; ")}</dd></div>
`;
}
