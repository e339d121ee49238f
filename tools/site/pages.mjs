import { basename, join } from "node:path";
import { pageBanner, siteBanner } from "./banner.mjs";
import { claimRows, headline, parted, summary, tally } from "./claims.mjs";

const ABOUT =
  "hitlab takes five published studies of hit songs and runs them again in TypeScript: first as each study did it, then asking " +
  "what its figures mean, then going where it could not. Every figure and claim stands here beside ours, with the data it rests on.";

/** Everything render.py needs, as plain JSON: which notebook becomes which page, with what around it. */
export function describeSite({ site, notebooks, claims, committed, run }) {
  const pages = notebooks.map(({ file, kind }) => {
    const name = basename(file, ".ipynb");
    return { file, kind, name, number: name.slice(0, 2), out: join(site, kind === "run" ? "run" : "", `${name}.html`) };
  });
  const of = (kind) => pages.filter((page) => page.kind === kind).sort((a, b) => a.name.localeCompare(b.name));
  const described = pages.map((page) => {
    const results = (page.kind === "run" ? run : committed)[page.number];
    return { ...page, ...surroundings(page, of(page.kind), pages), ...content(page, claims[page.number], results) };
  });
  const front = frontPage({ pages, claims, committed, run: of("run").length ? run : {} });
  return { index: join(site, "index.html"), pages: described, site: front };
}

/** Links from a page to the others of its kind, to its twin (committed / run), and to the file it came from. */
function surroundings(page, kin, all) {
  const at = kin.findIndex((other) => other.name === page.name);
  const link = (other) => other && { href: `${other.name}.html`, name: other.name };
  const twin = all.find((other) => other.name === page.name && other.kind !== page.kind);
  const other =
    twin &&
    (twin.kind === "run"
      ? { href: `run/${page.name}.html`, text: "The latest run on this machine" }
      : { href: `../${page.name}.html`, text: "The committed notebook" });
  return {
    base: page.kind === "run" ? "../" : "",
    previous: link(kin[at - 1]),
    next: link(kin[at + 1]),
    other,
    download: `${page.name}.ipynb`,
    links: Object.fromEntries(all.map((target) => [`${target.name}.ipynb`, nearest(page, target.name, all)])),
  };
}

/** The page of a notebook as seen from another: of the same kind where there is one. */
function nearest(from, name, all) {
  if (all.some((page) => page.name === name && page.kind === from.kind)) return `${name}.html`;
  return from.kind === "run" ? `../${name}.html` : `run/${name}.html`;
}

function content(page, study, results) {
  const rows = study ? claimRows(study, results) : [];
  const description = study?.asked ?? "A notebook of hitlab";
  const banner = study ? pageBanner(results, page.kind) : null;
  return { description, banner, claims: rows.length ? [parted(rows)] : [], verdict: summary(rows) };
}

function frontPage({ pages, claims, committed, run }) {
  const studies = Object.entries(claims).sort(([a], [b]) => a.localeCompare(b));
  const tables = studies.map(([number, study]) => [number, study, claimRows(study, committed[number], run[number])]);
  const numbers = new Set(studies.map(([number]) => number));
  const find = (kind, number) => pages.find((page) => page.kind === kind && page.number === number);
  const others = pages.filter((page) => !numbers.has(page.number));
  return {
    description: ABOUT,
    date: new Date().toISOString().slice(0, 10),
    banner: siteBanner(committed, "committed") ?? unknown,
    runBanner: Object.keys(run).length ? siteBanner(run, "run") : null,
    hasRun: Object.keys(run).length > 0,
    studies: tables.map(([number, study, rows]) => card(number, study, rows, find)),
    claims: tables
      .filter(([, , rows]) => rows.length)
      .map(([number, { title }, rows]) => ({ number, title, summary: summary(rows), ...parted(rows) })),
    others: otherPages(others),
  };
}

const unknown = {
  tone: "unknown",
  title: "No results yet.",
  text: "Nothing has been run on the real data so far.",
  sets: [],
};

function card(number, study, rows, find) {
  const own = find("committed", number);
  const ran = find("run", number);
  const page = own ?? ran;
  const base = page?.kind === "run" ? "run/" : "";
  return {
    number,
    title: study.title,
    asked: study.asked,
    page: page?.name,
    base,
    href: page && `${base}${page.name}.html`,
    run: own && ran && { href: `run/${ran.name}.html`, text: "Latest run here" },
    headline: headline(study, rows) ?? tally(rows),
    found: study.found ?? summary(rows),
  };
}

function otherPages(others) {
  const names = [...new Set(others.map((page) => page.name))].sort();
  return names.map((name) => {
    const kinds = others.filter((page) => page.name === name).map((page) => page.kind);
    const own = kinds.includes("committed");
    return {
      name,
      href: own ? `${name}.html` : `run/${name}.html`,
      run: own && kinds.includes("run") ? `run/${name}.html` : null,
    };
  });
}
