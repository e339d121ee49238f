import { formatNumber } from "../../../../lib/src/show/format";
import { make } from "../../shared/dom";
import { manifest } from "../../shared/load-data";
import type { Settings } from "../settings";

/** Says which songs these are; loudly where they are invented. */
export function showData(host: HTMLElement, data: Settings["data"]): void {
  const { songs, popularity } = manifest();
  const { kind, rows } = data === "2023" ? popularity : songs;
  const isReal = kind === "real";
  host.className = `banner ${isReal ? "real" : "invented"}`;
  const [title, text] = isReal
    ? [
        "Real songs.",
        `${formatNumber(rows)} of them ${data === "2023" ? "were on playlists in 2023, with their streams." : "from six decades, half of them hits."}`,
      ]
    : [
        "Invented songs.",
        `The real data are not here, so the network learns from ${formatNumber(rows)} songs made up by hitlab: all of it works, but what it finds is not true of music. To mend it: npm run data, then npm run site.`,
      ];
  host.replaceChildren(make("p", {}, make("strong", { text: title }), ` ${text}`));
}
