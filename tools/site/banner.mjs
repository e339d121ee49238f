/** Which data a page stands on: calm when real, loud when invented. */

const KINDS = {
  real: "real data",
  "study-synthetic": "the study's own invented set, made by its recipe",
  "stand-in": "stand-in: invented by hitlab",
};

/** Banner of one page from the results of its run; without results it says so. */
export function pageBanner(results, kind) {
  if (!results?.data?.length) {
    return { tone: "unknown", title: "Data:", text: "no results are recorded for this page.", sets: [], run: "" };
  }
  return { ...words(results.data, kind), sets: results.data.map(shownSet), run: runLine(results) };
}

/** Banner of the front page, over the results of all studies. */
export function siteBanner(allResults, kind) {
  const data = Object.values(allResults).flatMap((results) => results.data ?? []);
  if (!data.length) return null;
  const unique = [...new Map(data.map((set) => [`${set.name} ${set.sha256}`, set])).values()];
  const said = words(unique, kind);
  const text =
    said.tone === "real" && said.text
      ? "Where a study invented its data, so does the first part of its notebook."
      : said.text;
  return { ...said, text, sets: unique.map(shownSet), run: "" };
}

function words(data, kind) {
  const whose = kind === "run" ? "The latest run here" : "These figures";
  const invented = data.filter((set) => set.kind === "stand-in").map((set) => set.name);
  if (invented.length) {
    return {
      tone: "invented",
      title: "Invented data.",
      text: `${whose} used made-up songs in place of ${list(invented)}: the figures show that everything runs, not what is true of music. Run "npm run data" for the real ones.`,
    };
  }
  if (data.every((set) => set.kind === "study-synthetic")) {
    return { tone: "synthetic", title: "The study's own invented set.", text: `${whose} come from its recipe.` };
  }
  const title = kind === "run" ? "The latest run here used real data." : "Real data.";
  const some = data.some((set) => set.kind === "study-synthetic");
  const text = some ? "Where the study used an invented set of its own, so does the first part." : "";
  return { tone: "real", title, text };
}

function shownSet(set) {
  const { name, rows, sha256 } = set;
  return { name, kind: KINDS[set.kind] ?? set.kind, rows: rows?.toLocaleString("en-US"), sha256: sha256?.slice(0, 12) };
}

function runLine({ effort, seed, backend, engine, seconds }) {
  const how = [effort && `${effort} effort`, seed !== undefined && `seed ${seed}`, backend && `backend ${backend}`];
  if (engine) how.push(`engine ${engine}`);
  if (seconds?.total) how.push(`${Math.round(seconds.total)} s`);
  return how.filter(Boolean).join(", ");
}

function list(names) {
  const unique = [...new Set(names)];
  return unique.length < 2 ? unique.join("") : `${unique.slice(0, -1).join(", ")} and ${unique.at(-1)}`;
}
