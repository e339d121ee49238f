/** A chart of bars that is a table: a row for each work, with a bar and the figures that it stands for. */
import type { Entry } from "../entries";
import type { Row } from "../measure";
import { durationText, memoryText, timesText } from "../wording";
import { type Html, html } from "./html";
import type { Scale, Tick } from "./scale";

/** The rows of a group as bars to the left (slower) or to the right (faster) of the line. */
export function barTable(caption: string, entries: readonly Entry[], scale: Scale): Html {
  // Roles, because a phone lays the rows out as boxes, and a table that is none is read out as no table.
  return html`<table class="bars" role="table">
<caption class="visually-hidden">${caption}: how many times faster or slower than the peer hitlab is</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Work</th><th scope="col" role="columnheader"><span class="visually-hidden">Bar</span>${axis(scale)}</th><th scope="col" role="columnheader" class="times"><span class="visually-hidden">hitlab is</span></th><th scope="col" role="columnheader">hitlab</th><th scope="col" role="columnheader">Peer</th></tr></thead>
<tbody role="rowgroup">
${entries.map((entry, at) => barRow(entry, scale, entries[at - 1]))}</tbody>
</table>`;
}

function barRow({ row, what }: Entry, scale: Scale, above: Entry | undefined): Html {
  const { ratio } = row;
  return html`<tr role="row"${ratio !== null && html` class="${side(ratio)}"`}><th scope="row" role="rowheader">${what}${reason(row, above?.row)}${doubt(row)}</th><td role="cell" class="track">${bar(ratio, scale)}</td><td role="cell" class="times">${ratio === null ? "no peer" : timesText(ratio)}${scaled(row)}</td><td role="cell" class="side">${durationText(row.ours_s)}<small><span class="us">hitlab</span> ${memory(row.ours_mb)}</small></td><td role="cell" class="side">${peer(row)}</td></tr>
`;
}

function side(ratio: number): "faster" | "slower" {
  return ratio <= 1 ? "faster" : "slower";
}

/** Why the peer is faster stands with the bar, not in the small print. */
function reason({ ratio, note }: Row, above: Row | undefined): Html | undefined {
  if (ratio === null || ratio <= 1) return undefined;
  const known = note !== undefined && above?.note === note && reason(above, undefined) !== undefined;
  return html`<small class="why">${known ? "As above." : (note ?? "No reason has been found yet.")}</small>`;
}

function doubt({ same }: Row): Html | undefined {
  if (!same.includes("(differs)")) return undefined;
  return html`<small class="doubt">The two did not learn equally well (${same.replace(" (differs)", "")}): this ratio means nothing.</small>`;
}

/** Always a word beside a figure that was not measured in full. */
function scaled({ work, scaled }: Row): Html | undefined {
  return scaled ? html`<small><a href="#how-${work}">scaled</a></small>` : undefined;
}

function peer({ peer_s, peer: name, peer_mb }: Row): Html | string {
  if (peer_s === null) return "-";
  const about = html`<small>${[name, memory(peer_mb)].filter(Boolean).join(", ")}</small>`;
  return html`${durationText(peer_s)}${about}`;
}

function memory(megabytes: number | undefined): string {
  return megabytes === undefined ? "" : memoryText(megabytes);
}

/** Height and place of a bar in pixels, level with the first line of its row. */
const thick = 16;
const top = 12;

function bar(ratio: number | null, scale: Scale): Html {
  const level = scale.at(1);
  const end = ratio === null ? level : scale.at(ratio);
  const [from, to] = [Math.min(level, end), Math.max(level, end)];
  return html`<svg aria-hidden="true">${scale.ticks.map(({ at }) => html`<line class="tick" x1="${percent(at)}" x2="${percent(at)}" y1="0" y2="100%" />`)}${ratio !== null && html`<rect x="${percent(from)}" width="${percent(to - from)}" y="${top}" height="${thick}" rx="2" />`}<line class="level" x1="${percent(level)}" x2="${percent(level)}" y1="0" y2="100%" /></svg>`;
}

function axis({ ticks, at }: Scale): Html {
  const level = percent(at(1));
  const label = ({ at, label }: Tick) =>
    html`<text x="${percent(at)}" y="34" text-anchor="${at < 4 ? "start" : at > 92 ? "end" : "middle"}">${label}</text>`;
  return html`<svg class="axis" aria-hidden="true"><text class="slower" x="${level}" dx="-8" y="14" text-anchor="end">slower</text><text class="faster" x="${level}" dx="8" y="14">faster</text>${ticks.map(label)}</svg>`;
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
