import { make } from "../shared/dom";
import { figurePanel } from "./figure-panel";
import { miniTrend } from "./mini-trend";
import { type State, shownClasses } from "./state";
import type { DecadesStatistics, FeatureStatistics } from "./statistics";
import { trendTable } from "./tables";
import { centreOf, formatValue, trendUnit } from "./values";

/** All features as small drawings; a press on one shows it large. */
export function glance(statistics: DecadesStatistics, choose: (feature: string) => void) {
  const cards = statistics.features.map((feature) => {
    const picture = make("span", { class: "picture-of" });
    const words = make("span", { class: "ends" });
    const card = make(
      "button",
      { class: "trend-card", attributes: { type: "button" }, on: { click: () => choose(feature.name) } },
      make(
        "span",
        { class: "title" },
        make("b", { text: feature.name }),
        " ",
        make("span", { text: trendUnit(feature.name) }),
      ),
      picture,
      words,
    );
    return { feature, card, picture, words };
  });
  const panel = figurePanel("glance-figure", make("div", { class: "trend-cards" }, ...cards.map(({ card }) => card)));
  return {
    element: panel.element,
    show(state: State) {
      panel.update(trendTable(statistics, state, statistics.features), () => {
        for (const { feature, card, picture, words } of cards) {
          picture.replaceChildren(miniTrend(statistics, feature, state));
          words.replaceChildren(...ends(statistics, feature, state));
          card.setAttribute("aria-pressed", String(feature.name === state.feature));
        }
      });
    },
  };
}

/** First and last value of each class, as text beneath the drawing; a "to" would read as a range. */
function ends(statistics: DecadesStatistics, feature: FeatureStatistics, state: State): HTMLElement[] {
  const [first, last] = [state.decades[0], state.decades[state.decades.length - 1]];
  return shownClasses(state).map((kind) => {
    const say = (decade: typeof first) => {
      const own = feature.decades[statistics.decades.indexOf(decade)][kind];
      return formatValue(feature.name, centreOf(feature.name, own));
    };
    const text = first === last ? say(first) : `${say(first)} → ${say(last)}`;
    return make("span", { class: kind, text: `${kind} ${text}` });
  });
}
