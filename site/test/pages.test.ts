import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Kept } from "../../bench/chapter";
import { entriesOf, everything } from "../../bench/entries";
import { publish } from "../../tools/publish.mjs";
import { publishSamples, quick, root, sample, scratch } from "./sample";

const { folder, remove } = scratch();
const site = join(folder, "site");
const programs = ["hit-or-flop.html", "decades.html", "train.html"];
const names = ["index.html", "01_sample.html", "02_other_sample.html", "run/01_sample.html", ...programs, "bench.html"];
const pages: Record<string, Document> = {};
const html: Record<string, string> = {};

beforeAll(async () => {
  await publishSamples(folder);
  for (const name of names) {
    html[name] = readFileSync(join(site, name), "utf8");
    pages[name] = new JSDOM(html[name]).window.document;
  }
});
afterAll(remove);

const all = (name: string, selector: string) => [...pages[name].querySelectorAll(selector)];

describe.each(names)("%s", (name) => {
  test("asks no other server for anything", () => {
    const loaded = all(name, "script[src], img, link[href], source, iframe, object, embed, video, audio, use");
    const addresses = loaded.map((element) => element.getAttribute("src") ?? element.getAttribute("href") ?? "");
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => /^(https?:)?\/\//.test(address))).toEqual([]);
    expect(all(name, "iframe, object, embed")).toEqual([]);
    expect(html[name]).not.toMatch(/url\(\s*["']?https?:|@import/);
  });

  test("has a strict policy and nothing that would need a lax one", () => {
    const policy = all(name, 'meta[http-equiv="Content-Security-Policy"]')[0]?.getAttribute("content") ?? "";
    // A page that is a program compiles the kernels and starts workers, from its own bundle.
    const own = programs.includes(name) ? " 'wasm-unsafe-eval'; worker-src blob:" : "";
    expect(policy.startsWith(`default-src 'none'; script-src 'self' file:${own}; style-src`), policy).toBe(true);
    expect(policy).toContain("base-uri 'none'; form-action 'none'");
    const inline = all(name, "script:not([src])").filter(
      (script) => script.getAttribute("type") !== "application/json",
    );
    expect(inline).toEqual([]);
    const handlers = all(name, "*").filter((element) => element.getAttributeNames().some((key) => /^on/i.test(key)));
    expect(handlers).toEqual([]);
  });

  test("links lead somewhere", () => {
    for (const link of all(name, "a[href], img[src], link[href], script[src]")) {
      const target = link.getAttribute("href") ?? link.getAttribute("src") ?? "";
      if (/^(https?:|mailto:|data:)/.test(target)) continue;
      const [path, fragment] = target.split("#");
      const file = path ? resolve(dirname(join(site, name)), decodeURIComponent(path)) : join(site, name);
      // The programs link to notebooks of the repository, of which the samples are none.
      const notebook = join(root, "notebooks", path.replace(".html", ".ipynb"));
      const there = existsSync(file) || (programs.includes(name) && existsSync(notebook));
      expect(there, `${name} -> ${target}`).toBe(true);
      if (!path && fragment) expect(pages[name].getElementById(fragment), `#${fragment}`).not.toBeNull();
    }
  });

  test("has one h1, landmarks, a skip link and ids of its own", () => {
    expect(all(name, "h1")).toHaveLength(1);
    for (const landmark of ["header", "main", "footer"])
      expect(all(name, landmark).length, landmark).toBeGreaterThan(0);
    expect(all(name, "body > a.skip")[0]?.getAttribute("href")).toBe("#content");
    const ids = all(name, "[id]").map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(all(name, "img:not([alt]), img[alt='']").map((image) => image.outerHTML)).toEqual([]);
  });
});

describe("a notebook's page", () => {
  const name = "01_sample.html";

  test("headings have anchors, also when two are alike, and the contents name them", () => {
    const headings = all(name, "main h2, main h3");
    for (const heading of headings) {
      expect(heading.querySelector("a.anchor")?.getAttribute("href")).toBe(`#${heading.id}`);
    }
    expect(headings.map((heading) => heading.id)).toContain("what-the-model-sees-2");
    const listed = all(name, "nav.contents li a").map((link) => link.getAttribute("href"));
    expect(listed).toEqual(headings.map((heading) => `#${heading.id}`));
  });

  test("figures: picture with its words, and the notebook's own data, safe in a script element", () => {
    const notebook = JSON.parse(readFileSync(sample("01_sample", "committed").file, "utf8"));
    const outputs = notebook.cells.flatMap(
      (cell: { outputs?: { data: Record<string, unknown> }[] }) => cell.outputs ?? [],
    );
    const given = outputs.map(
      (output: { data?: Record<string, unknown> }) => output.data?.["application/vnd.plotly.v1+json"],
    );
    const shown = all(name, "[data-figure] script").map((script) => JSON.parse(script.textContent ?? ""));
    expect(shown).toEqual(given.filter(Boolean));
    const figures = all(name, "figure.figure");
    expect(figures.map((figure) => figure.classList.contains("wide"))).toEqual([false, false, true]);
    expect(figures[2].querySelector("img")).toBeNull();
    expect(figures[2].textContent).toContain("one for each song");
    for (const figure of figures.slice(0, 2)) {
      const picture = figure.querySelector("img");
      expect((picture?.getAttribute("alt") ?? "").length).toBeGreaterThan(40);
      expect(figure.querySelector("details.alt")?.textContent).toContain("In words");
      expect(readFileSync(join(site, picture?.getAttribute("src") ?? ""), "utf8")).toMatch(/^<svg/);
    }
  });

  test("hostile titles stay text", () => {
    expect(html[name]).toContain("&lt;img src=x onerror=");
    const live = all(name, "img[src='x'], .output script, .output iframe, [onclick], [onerror]");
    expect(live.map((element) => element.outerHTML)).toEqual([]);
    expect(html[name].split("</script>").length - 1).toBe(all(name, "script").length);
    expect(
      all(name, ".output")
        .map((output) => output.textContent)
        .join(),
    ).toContain("kept words");
  });

  test("code is highlighted, folded where the notebook says so, left out where it says so", () => {
    const cells = all(name, "details.code");
    expect(cells.map((cell) => cell.hasAttribute("open"))).toEqual([true, true, true, false, true]);
    expect(cells[0].querySelector(".kd, .k")).not.toBeNull();
    expect(cells[0].querySelector("code")?.textContent).toContain('import { openStudy, show } from "hitlab";');
    expect(html[name]).not.toContain("left out of the page");
    expect(all(name, ".stdout")[0].textContent?.trim()).toBe("lookBack: 14 days\nhorizon: 7 days");
    expect(all(name, ".output.done")[0].textContent).toMatch(/training: done/);
  });

  test("claims, banner, neighbours, download, and its twin of the latest run", () => {
    const verdicts = (page: string) => all(page, ".claims .verdict").map((word) => word.textContent);
    expect(verdicts(name)).toEqual(["holds", "holds", "disputed", "does not hold"]);
    expect(verdicts("run/01_sample.html")).toEqual(["holds", "holds", "not run", "not judged"]);
    expect(all(name, ".banner")[0].className).toContain("real");
    expect(all("run/01_sample.html", ".banner")[0].className).toContain("invented");
    expect(all(name, "a[rel=next]")[0].textContent).toContain("02 · The other sample");
    expect(all(name, "a[download]")[0].getAttribute("href")).toBe("01_sample.ipynb");
    expect(all(name, ".end a").map((link) => link.getAttribute("href"))).toContain("run/01_sample.html");
  });

  test("links to notebooks lead to their pages, files of the repository stay words", () => {
    const links = all(name, "section.text a").map((link) => link.getAttribute("href"));
    expect(links).toContain("02_other_sample.html");
    expect(all("run/01_sample.html", "section.text a").map((link) => link.getAttribute("href"))).toContain(
      "../02_other_sample.html",
    );
    expect(all(name, ".file").map((file) => file.textContent)).toEqual(["data/cards/charts.md"]);
  });
});

describe("the front page", () => {
  test("one card per study with question, figure, sentence and links", () => {
    const cards = all("index.html", ".card");
    expect(cards.map((card) => card.querySelector("h3")?.textContent)).toHaveLength(3);
    expect(cards[0].querySelector(".headline b")?.textContent).toBe("0.9906");
    expect(cards[0].querySelector(".found")?.textContent).toContain("a rule of one line does better");
    const links = [...cards[0].querySelectorAll("a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(["01_sample.html", "01_sample.html", "run/01_sample.html"]);
    expect(cards[0].querySelector("img")?.getAttribute("src")).toBe("figures/01_sample-2.svg");
    expect(cards[2].textContent).toContain("No page yet");
  });

  test("leads to each program before it tells of the studies, and all pages lead to all others", () => {
    const cards = all("index.html", ".program a, .card h3 a").map((link) => link.getAttribute("href"));
    expect(cards.slice(0, 3)).toEqual(programs);
    for (const name of names) {
      const base = name.startsWith("run/") ? "../" : "";
      const links = all(name, "nav.pages a").map((link) => link.getAttribute("href"));
      expect(links, name).toEqual(["index.html", ...programs, "bench.html"].map((page) => base + page));
      const here = all(name, "nav.pages [aria-current]").map((link) => link.getAttribute("href"));
      expect(here, name).toEqual(name.includes("sample") ? [] : [name]);
    }
  });

  test("says which data the committed figures and the latest run stand on", () => {
    expect(all("index.html", ".banner").map((banner) => banner.className)).toEqual(["banner real", "banner invented"]);
    expect(all("index.html", ".banner")[1].textContent).toContain("Invented data");
  });
});

describe("the bench's page", () => {
  const name = "bench.html";

  test("shows every row of the kept run, once as a bar and once with all figures, and has the run beside it", () => {
    const file = readFileSync(join(root, "bench", "results.json"), "utf8");
    expect(readFileSync(join(site, "bench.json"), "utf8")).toBe(file);
    const kept: Kept = JSON.parse(file);
    const entries = entriesOf(kept);
    expect(entries.length).toBeGreaterThan(20);
    expect(all(name, ".all tbody code").map((id) => id.textContent)).toEqual(entries.map(({ row }) => row.work));
    const bars = entries.filter(({ row, group }) => group !== "growth" && row.work !== everything);
    expect(all(name, ".bars tbody tr")).toHaveLength(bars.length);
    expect(all(name, ".machine")[0].textContent).toContain(kept.machine);
    expect(all(name, 'a[href="bench.json"]')).toHaveLength(1);
  });

  test("the front page leads there", () => {
    const link = all("index.html", "main a").find((one) => one.getAttribute("href") === name);
    expect(link?.parentElement?.textContent).toMatch(/faster|slower|beside/);
  });
});

// Last: it writes the pages anew that the tests above look at.
describe("publishing again", () => {
  test("removes the pages that are no longer named and nothing else", async () => {
    writeFileSync(join(site, "mine.txt"), "kept");
    await publishSamples(folder, [sample("02_other_sample", "committed")]);
    const files = readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(site, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .filter((file) => !/^(assets|data)\//.test(file) && !programs.includes(file));
    expect(files.sort()).toEqual([
      ".published.json",
      "02_other_sample.html",
      "02_other_sample.ipynb",
      "bench.html",
      "bench.json",
      "index.html",
      "mine.txt",
    ]);
    expect(readFileSync(join(site, "index.html"), "utf8")).not.toContain("run/01_sample");
  });

  test("works with nothing to show, and names a notebook that cannot be read", async () => {
    const { folder: out, remove: tidy } = scratch();
    mkdirSync(join(out, "none"));
    const none = join(out, "none");
    const bare = { root, out, env: quick, claims: join(none, "claims.json"), results: { committed: none, run: none } };
    const { index } = await publish({ ...bare, notebooks: [] });
    expect(readFileSync(index, "utf8")).toContain("No study is here yet");
    const broken = join(out, "03_broken.ipynb");
    writeFileSync(broken, "{ not JSON");
    await expect(publish({ ...bare, notebooks: [{ file: broken, kind: "run" }] })).rejects.toThrow(/03_broken\.ipynb/);
    tidy();
  });

  test("writes the notebooks' pages where the data of the programs cannot be made, and tells the reason", async () => {
    const { folder: out, remove: tidy } = scratch();
    const notebooks = [sample("02_other_sample", "committed")];
    const bare = { root, out, notebooks, env: { ...quick, HITLAB_DATA: join(out, "nowhere") } };
    await expect(publish(bare)).rejects.toThrow(/"Hit or Flop\?", .* \(the notebooks are\): .*nowhere/s);
    expect(existsSync(join(out, "site", "02_other_sample.html"))).toBe(true);
    expect(readFileSync(join(out, "site", "index.html"), "utf8")).toContain("hit-or-flop.html");
    tidy();
  });
});
