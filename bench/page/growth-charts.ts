/** How the cost grows with the rows: for each work a small picture with both axes logarithmic, and its figures. */
import type { Growth } from "../entries";
import type { Row } from "../measure";
import { durationText } from "../wording";
import { type Html, html } from "./html";

export function growthCharts(growths: readonly Growth[]): Html {
  return html`<div class="growths">
${growths.map(growthChart)}</div>`;
}

function growthChart({ what, exponent, points }: Growth): Html {
  const peer = points.find((row) => row.peer)?.peer;
  const power = (value: number | null) => (value === null ? "not known" : value.toFixed(2));
  return html`<section class="growth">
<h3>${what}</h3>
<p>Time grows as rows to the power of <b class="ours">${power(exponent.ours)}</b> in hitlab${exponent.peer !== null && html`, <b class="theirs">${power(exponent.peer)}</b> in ${peer ?? "the peer"}`}.</p>
${picture(points)}
<table class="figures"><thead><tr><th scope="col">Rows</th><th scope="col" class="number ours">hitlab</th><th scope="col" class="number theirs">${peer ?? "no peer"}</th></tr></thead>
<tbody>${points.map(pointRow)}</tbody></table>
</section>
`;
}

function pointRow({ work, size, ours_s, peer_s }: Row): Html {
  // "growth-forest-4x" has four times as many as the first.
  const rows = size === undefined ? (work.match(/\d+x$/)?.[0] ?? "") : size.toLocaleString("en");
  return html`<tr><th scope="row">${rows}</th><td class="number">${durationText(ours_s)}</td><td class="number">${peer_s === null ? "-" : durationText(peer_s)}</td></tr>`;
}

const width = 280;
const height = 150;
const margin = { left: 10, right: 10, top: 12, bottom: 12 };

/** The table below it says the same in figures. */
function picture(points: readonly Row[]): Html {
  const seconds = points.flatMap(({ ours_s, peer_s }) => (peer_s === null ? [ours_s] : [ours_s, peer_s]));
  const x = place(points.map(sizeOf), margin.left, width - margin.right);
  const y = place(seconds, height - margin.bottom, margin.top);
  const ours = points.map((row) => ({ x: x(sizeOf(row)), y: y(row.ours_s) }));
  const theirs = points.flatMap((row) => (row.peer_s === null ? [] : [{ x: x(sizeOf(row)), y: y(row.peer_s) }]));
  return html`<svg class="points" viewBox="0 0 ${width} ${height}" aria-hidden="true"><path class="frame-line" d="M1 1V${height - 1}H${width - 1}" />${line("theirs", theirs)}${line("ours", ours)}</svg>
<p class="hint">Rows to the right, time upwards, both logarithmic.</p>`;
}

function sizeOf({ size, work }: Row): number {
  return size ?? Number(work.match(/(\d+)x$/)?.[1] ?? 1);
}

/** Where a value lies between two ends, by its logarithm. */
function place(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return (value) => (high > low ? from + ((to - from) * (Math.log(value) - low)) / (high - low) : (from + to) / 2);
}

/** A line through points that are circles for us and squares for the peer. */
function line(side: "ours" | "theirs", points: readonly { x: number; y: number }[]): Html {
  const text = (value: number) => value.toFixed(1);
  const path = points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${text(x)} ${text(y)}`).join("");
  const mark = ({ x, y }: { x: number; y: number }) =>
    side === "ours"
      ? html`<circle cx="${text(x)}" cy="${text(y)}" r="5" />`
      : html`<rect x="${text(x - 4.5)}" y="${text(y - 4.5)}" width="9" height="9" />`;
  return html`<g class="${side}"><path d="${path}" />${points.map(mark)}</g>`;
}
