/** Every row of a run with all that was measured, as it stands in the JSON. */
import type { Entry } from "../entries";
import { type Group, groups } from "../works";
import { type Html, html } from "./html";

const head = [
  ["Work", ""],
  ["hitlab, s", "number"],
  ["peer, s", "number"],
  ["ratio", "number"],
  ["aim", "number"],
  ["Reached by hitlab / peer", ""],
  ["hitlab, MB", "number"],
  ["peer, MB", "number"],
  ["Peer", ""],
] as const;

export function figuresTable(entries: readonly Entry[]): Html {
  const there = [...new Set(entries.map(({ group }) => group))];
  return html`<div class="scroll" tabindex="0" role="group" aria-label="All figures">
<table class="figures all">
<thead><tr>${head.map(([title, kind]) => html`<th scope="col" class="${kind}">${title}</th>`)}</tr></thead>
${there.map((group) =>
  groupRows(
    group,
    entries.filter((entry) => entry.group === group),
  ),
)}</table>
</div>`;
}

function groupRows(group: Group, entries: readonly Entry[]): Html {
  return html`<tbody>
<tr class="group"><th scope="rowgroup" colspan="${head.length}">${groups[group]}</th></tr>
${entries.map(figuresRow)}</tbody>
`;
}

function figuresRow({ row, what, target }: Entry): Html {
  const { work, ours_s, peer_s, ratio, same, ours_mb, peer_mb } = row;
  const figures = [ours_s, peer_s, ratio, target === undefined ? undefined : `≤ ${target}`];
  const number = (value: string | number | null | undefined) => html`<td class="number">${value ?? "-"}</td>`;
  return html`<tr><th scope="row">${what}<small><code>${work}</code>${row.scaled && " scaled"}</small></th>${figures.map(number)}<td>${same}</td>${[ours_mb, peer_mb].map(number)}<td>${row.peer ?? "-"}</td></tr>
`;
}
