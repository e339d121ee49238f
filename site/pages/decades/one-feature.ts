import { formatNumber } from "../../../lib/src/show/format";
import { make } from "../shared/dom";
import type { Decade } from "../shared/payloads";
import { figurePanel, lazyFrame } from "./figure-panel";
import { histogramFigure, largestShare, trendFigure } from "./figures";
import { type State, shownClasses } from "./state";
import type { DecadesStatistics, FeatureStatistics } from "./statistics";
import { histogramTable, tails, trendTable } from "./tables";
import { definitionOf, formatValue } from "./values";
import { comparison, trend } from "./wording";

const REMARKS: Readonly<Record<string, string>> = {
  key: " Keys run in a circle, so that their median says little.",
  duration_ms: " The figures give minutes and seconds, tables and files milliseconds.",
};

/** The part of the page that shows one feature large: what it is, its trend and how it is spread in each decade. */
export function oneFeature(statistics: DecadesStatistics) {
  const name = make("h2", { id: "feature", attributes: { tabindex: -1 } });
  const definition = make("p", { class: "definition" });
  const said = make("p", { class: "says" });
  const trendFrame = lazyFrame("trend");
  const trends = figurePanel("trend-figure", trendFrame.element);
  const spread = histograms(statistics);
  const note = make("p", { class: "hint" });
  const shows = make("p", { class: "hint" });
  const element = make(
    "section",
    { class: "panel one-feature", attributes: { "aria-labelledby": "feature" } },
    ...[name, definition, said, key()],
    ...[make("h3", { text: "By decade" }), shows, trends.element],
    ...[make("h3", { text: "How the songs are spread" }), note, spread.element],
  );
  return {
    element,
    heading: name,
    show(state: State) {
      const feature = chosen(statistics, state);
      name.textContent = feature.name;
      definition.replaceChildren(...defined(feature));
      said.textContent = comparison(feature, statistics.decades, state.decades);
      shows.textContent =
        feature.name === "mode"
          ? "The share of songs in major."
          : "Lines are medians, bands hold the middle half of the songs. The table has the medians' intervals.";
      note.textContent = `Share of the songs of each class, in bins that all decades share. ${tails(feature)}`;
      trends.update(trendTable(statistics, state, [feature]), () =>
        trendFrame.show(trendFigure(statistics, feature, state), trend(feature, statistics.decades, state)),
      );
      spread.show(state, feature);
    },
  };
}

/** Which line is which; a class that is not shown is not named. */
function key(): HTMLElement {
  const parts = ["hits", "flops"].map((kind) => make("span", { class: `key-${kind}`, text: kind }));
  return make("p", { class: "key" }, ...parts);
}

/** @throws Error for a feature that the figures lack */
function chosen({ features }: DecadesStatistics, { feature }: State): FeatureStatistics {
  const found = features.find(({ name }) => name === feature);
  if (!found) throw new Error(`site/data/decades.json lacks "${feature}". To mend it: run npm run refresh`);
  return found;
}

function defined({ name, notFound }: FeatureStatistics): (Node | string)[] {
  const { unit, meaning, notFound: means } = definitionOf(name);
  const zero = means
    ? ` A value of 0 says that ${means}: ${formatNumber(notFound)} of the songs, which are counted here.`
    : "";
  return [make("b", { text: unit }), ` · ${meaning}.${zero}${REMARKS[name] ?? ""}`];
}

/** A histogram per decade; those not chosen are not shown. */
function histograms(statistics: DecadesStatistics) {
  const parts = statistics.decades.map((decade) => {
    const frame = lazyFrame("histogram");
    const element = make("div", { class: "histogram-of" }, make("h4", { text: decade }), frame.element);
    return { decade, frame, element };
  });
  const panel = figurePanel(
    "spread-figure",
    make("div", { class: "histograms" }, ...parts.map(({ element }) => element)),
  );
  return {
    element: panel.element,
    show(state: State, feature: FeatureStatistics) {
      for (const { decade, element } of parts) element.hidden = !state.decades.includes(decade);
      panel.update(histogramTable(statistics, state, feature), () => {
        const most = largestShare(statistics, feature, state);
        for (const { decade, frame } of parts.filter((part) => state.decades.includes(part.decade))) {
          const alt = spreadInWords(statistics, feature, decade, state);
          frame.show(histogramFigure(statistics, feature, decade, state, most), alt);
        }
      });
    },
  };
}

function spreadInWords(
  statistics: DecadesStatistics,
  { name, decades }: FeatureStatistics,
  decade: Decade,
  state: State,
) {
  const both = decades[statistics.decades.indexOf(decade)];
  const parts = shownClasses(state).map((kind) => {
    const { mean, quantiles } = both[kind];
    if (name === "mode") return `${kind}: ${formatValue(name, mean)} in major`;
    const [p05, p25, median, p75, p95] = quantiles.map((value) => formatValue(name, value));
    return `${kind}: median ${median}, middle half ${p25} to ${p75}, nine in ten ${p05} to ${p95}`;
  });
  return `${name} in the ${decade}. ${parts.join("; ")}.`;
}
