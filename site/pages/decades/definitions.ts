import { featureDefinitions } from "../../../lib/src/data/audio-features";
import { make } from "../shared/dom";

/** What each feature is, as a list. */
export function definitions(): HTMLElement {
  const entries = featureDefinitions.map(({ name, unit, meaning, notFound }) =>
    make(
      "div",
      {},
      make("dt", {}, make("b", { text: name }), make("span", { class: "quiet", text: ` ${unit}` })),
      make("dd", { text: `${meaning}${notFound ? `; 0 says that ${notFound}` : ""}` }),
    ),
  );
  return make("dl", { class: "definitions" }, ...entries);
}
