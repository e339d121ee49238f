import { make } from "../shared/dom";
import { scrollBox } from "../shared/scroll-box";
import { type ClosingClaim, closingClaims, evidence, holds } from "./closing-claims";
import { aucCells } from "./heat-table";
import type { DecadesStatistics } from "./statistics";

const GROUPS = [
  ["consistent", "The study says: consistent over the decades"],
  ["changing", "The study says: changes over the decades"],
] as const;

/** The closing sentences of the study one by one, each with our verdict and the six AUCs behind it. */
export function claimsTable(statistics: DecadesStatistics): HTMLElement {
  const columns = ["Feature", "Verdict", ...statistics.decades, "Because"];
  const heads = columns.map((text) => make("th", { text, attributes: { scope: "col" } }));
  const bodies = GROUPS.map(([said, title]) => {
    const heading = { scope: "rowgroup", colspan: columns.length };
    return make(
      "tbody",
      {},
      make("tr", { class: "group" }, make("th", { text: title, attributes: heading })),
      ...closingClaims.filter((claim) => claim.said === said).map((claim) => row(claim, statistics)),
    );
  });
  const caption = "AUC of the feature in all six decades, whatever is chosen above, and the verdict by the rule";
  const table = make(
    "table",
    { class: "figures heat closing" },
    make("caption", { text: caption }),
    make("thead", {}, make("tr", {}, ...heads)),
    ...bodies,
  );
  return scrollBox("The study's closing sentences", table);
}

function row(claim: ClosingClaim, { decades, features }: DecadesStatistics): HTMLElement {
  const feature = features.find(({ name }) => name === claim.feature);
  if (!feature) throw new Error(`site/data/decades.json lacks "${claim.feature}". To mend it: run npm run refresh`);
  const right = holds(claim, feature);
  const verdict = make("span", {
    class: `verdict ${right ? "holds" : "disputed"}`,
    text: right ? "holds" : "disputed",
  });
  return make(
    "tr",
    { attributes: { "data-claim": claim.feature } },
    make("th", { text: claim.feature, attributes: { scope: "row" } }),
    make("td", {}, verdict),
    ...aucCells(feature),
    make("td", { class: "because", text: evidence(feature, decades) }),
  );
}
