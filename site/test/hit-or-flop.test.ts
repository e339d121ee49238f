import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { audioFeatures } from "../../lib/src/data/audio-features";
import type { Decade, SongsPayload } from "../pages/shared/payloads";
import { dataOf, logisticProbability, networkProbability, studyForest } from "./hit-or-flop-expected";
import { axeProblems, overflow } from "./open-page";
import { publishSamples } from "./sample";
import { useSite } from "./use-site";

const name = "hit-or-flop.html";
const site = useSite(async (folder) => {
  await publishSamples(folder, []);
  writeHostileSite(join(folder, "site"));
});

/** The probability in full digits, once there is one. */
async function probability(page: Page): Promise<number> {
  return Number(await page.locator("#probability").getAttribute("value"));
}

/** Waits until the probability is another one. */
async function changed(page: Page, before: number): Promise<number> {
  await expect.poll(() => probability(page)).not.toBe(before);
  return probability(page);
}

const field = (page: Page, feature: string) => page.locator(`#value-${feature}`);

const songs = (decade: Decade) => dataOf(site.folder, `songs-${decade}`);

const songAt = ({ features }: SongsPayload, row: number) => features.map((column) => column[row]);

const linkTo = (model: string, song: readonly number[]) =>
  `${name}#${new URLSearchParams({ era: "00s+10s", model, song: song.join(",") })}`;

/** A typical song as text of a CSV or a record. */
const plainSong = {
  danceability: 0.6,
  energy: 0.7,
  key: 5,
  loudness: -6,
  mode: 1,
  speechiness: 0.05,
  acousticness: 0.1,
};
const otherNumbers = { instrumentalness: 0, liveness: 0.1, valence: 0.5, tempo: 120, duration_ms: 230000 };
const song = { ...plainSong, ...otherNumbers, time_signature: 4, chorus_hit: 35, sections: 10 };

describe("the verdict", () => {
  test("is the notebook's, to 1e-6, for all three models", async (context) => {
    const all = songs("10s");
    const rows = [0, 17, all.target.length - 1].map((row) => songAt(all, row));
    const forest = await studyForest();
    const { page, complaints, close } = await site.open(context, "file://", name);
    for (const row of rows) {
      const expected = {
        forest: forest(row),
        network: networkProbability("00s+10s", row),
        logistic: logisticProbability("00s+10s", row),
      };
      for (const [model, value] of Object.entries(expected)) {
        await page.goto(site.address("file://", linkTo(model, row)));
        const apart = async () => Math.abs((await probability(page)) - value);
        await expect.poll(apart, { message: model }).toBeLessThan(1e-6);
      }
    }
    expect(complaints).toEqual([]);
    await close();
  });

  test("is another one for another era and model, and a forest is loaded only when it is chosen", async (context) => {
    const { page, complaints, close } = await site.open(context, "http://", name);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const first = await probability(page);
    await page.getByRole("radio", { name: "Logistic" }).check({ force: true });
    const second = await changed(page, first);
    expect(asked.filter((url) => url.includes("forest"))).toEqual([]);
    await page.getByLabel("Learned from").selectOption("60s");
    const third = await changed(page, second);
    expect(await page.locator("#now").textContent()).toBe("The typical hit of the 1960s");
    await page.getByRole("radio", { name: "Forest" }).check({ force: true });
    await changed(page, third);
    expect(asked.filter((url) => url.includes("forest")).map((url) => url.split("/").at(-1))).toEqual([
      "forest-60s.js",
    ]);
    expect(await page.locator("#says").textContent()).toContain("learned from invented songs");
    expect(complaints).toEqual([]);
    await close();
  });

  test("says which file is missing, and comes after all once it is there", async (context) => {
    const { page, close } = await site.open(context, "http://", name);
    await probability(page);
    await page.route("**/forest-*.js", (route) => route.abort());
    await page.getByRole("radio", { name: "Forest" }).check({ force: true });
    const says = page.locator("#says");
    await expect.poll(() => says.textContent()).toContain("data/forest-00s+10s.js does not load. To mend it:");
    expect(await page.locator("#glance").isVisible()).toBe(false);
    await page.unroute("**/forest-*.js");
    await page.getByRole("radio", { name: "Network" }).check({ force: true });
    await page.getByRole("radio", { name: "Forest" }).check({ force: true });
    await expect.poll(() => says.textContent()).toContain("learned from invented songs");
    await close();
  });

  test("comes with its reasons, which sum to it, and is spoken once the song rests", async (context) => {
    const { page, close } = await site.open(context, "file://", name);
    // Drawings are for the eye: what they show stands beside them as text.
    for (const drawing of await page.locator(".gauge, .curve, .marks, .adds").all()) {
      expect(await drawing.getAttribute("aria-hidden")).toBe("true");
    }
    await page.locator("#why summary").click();
    const texts = await page.locator(".reasons tbody tr td:last-child .number").allTextContents();
    expect(texts).toHaveLength(audioFeatures.length);
    const adds = texts.reduce((sum, text) => sum + Number(text.replace("−", "-")), 0);
    const base = Number(/From (\d+)\s%/.exec((await page.locator("#reasons").textContent()) ?? "")?.[1]);
    // Fifteen numbers of one digit and a whole percent were rounded.
    expect(Math.abs(base + adds - 100 * (await probability(page)))).toBeLessThan(15 * 0.05 + 0.5);
    await expect.poll(() => page.locator("#spoken").textContent()).toMatch(/^(Hit|Flop), \d+\s%, says the network\.$/);
    await close();
  });

  test("moves by Bayes with the share of hits that a visitor believes in", async (context) => {
    const { page, close } = await site.open(context, "file://", name);
    const told = await probability(page);
    await page.getByRole("radio", { name: "1 in 100" }).check({ force: true });
    const moved = (told * 0.01) / (told * 0.01 + (1 - told) * 0.99);
    const believed = (await page.locator("#believed").textContent()) ?? "";
    expect(believed).toContain(`${Math.round(100 * moved)}\u00a0%`);
    await expect.poll(() => page.locator("#spoken").textContent()).toBe(believed);
    await close();
  });
});

describe("a song is found", () => {
  test("by keyboard alone, and what it really was is told with the verdict", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", name);
    const all = songs("00s");
    const before = await probability(page);
    const focused = () => page.evaluate(() => document.activeElement?.id);
    for (let presses = 0; presses < 20 && (await focused()) !== "search"; presses++) await page.keyboard.press("Tab");
    expect(await focused()).toBe("search");
    await page.keyboard.type(all.artist[3]);
    await page.locator("#found [role=option]").first().waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator("#found").isVisible()).toBe(false);
    await page.keyboard.press("Backspace");
    await page.locator("#found [role=option]").first().waitFor();
    const [input, list] = await Promise.all(["#search", "#found"].map((id) => page.locator(id).boundingBox()));
    expect(list?.y, "the list leaves the field free").toBeGreaterThanOrEqual((input?.y ?? 0) + (input?.height ?? 0));
    await page.keyboard.press("ArrowDown");
    const active = await page.locator("#search").getAttribute("aria-activedescendant");
    const chosen = await page.locator(`#${active} b`).textContent();
    await page.keyboard.press("Enter");
    await changed(page, before);
    expect(await page.locator("#now").textContent()).toContain(chosen);
    await expect
      .poll(() => page.locator("#says .known").textContent())
      .toMatch(/^In the invented collection it was a (hit|flop)/);
    expect(complaints).toEqual([]);
    await close();
  });

  test("in a link, at once, and named", async (context) => {
    const all = songs("10s");
    const { page, close } = await site.open(context, "file://", linkTo("forest", songAt(all, 5)));
    await expect.poll(() => page.locator("#now").textContent()).toContain(all.track[5]);
    await expect
      .poll(() => page.locator("#says .known").textContent())
      .toMatch(/the forest had not heard the song|learned from it and knows it by heart/);
    await close();
  });

  test("among songs like it, each of which can be taken", async (context) => {
    const { page, close } = await site.open(context, "file://", linkTo("forest", songAt(songs("10s"), 5)));
    await page.locator("#alike").scrollIntoViewIfNeeded();
    const nearest = page.locator(".neighbours .take").first();
    await expect.poll(() => page.locator(".neighbours tbody tr").count()).toBe(8);
    // The song of the link was found again in the collection.
    expect(await page.locator("#says .known").textContent()).toContain("invented collection");
    const text = (await nearest.locator("b").textContent()) ?? "";
    await nearest.press("Enter");
    await expect.poll(() => page.locator("#now").textContent()).toContain(text);
    await close();
  });

  test("and stays when the page is skipped to", async (context) => {
    const { page, close } = await site.open(context, "file://", name);
    await page.getByRole("button", { name: "Typical flop" }).click();
    await page.locator(".skip").press("Enter");
    await expect.poll(() => page.evaluate(() => location.hash)).toBe("#content");
    await page.waitForTimeout(100);
    expect(await page.locator("#now").textContent()).toBe("The typical flop of the 2000s and 2010s");
    await close();
  });

  test("not, and says so", async (context) => {
    const { page, close } = await site.open(context, "file://", name);
    await page.locator("#search").fill("qqqq zzzz");
    await expect.poll(() => page.locator("#search-hint").textContent()).toContain("No song of the 2000s and 2010s");
    await page.getByRole("button", { name: "Search all six decades" }).click();
    await expect.poll(() => page.locator("#search-hint").textContent()).toContain("No song of all six decades");
    expect(await page.getByLabel("Learned from").inputValue()).toBe("all");
    expect(await page.locator("#widen").isVisible()).toBe(false);
    await close();
  });
});

describe("the sliders", () => {
  test("change the verdict, the field and the link", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", name);
    const before = await probability(page);
    const slider = page.getByRole("slider", { name: "Instrumentalness" });
    await slider.press("End");
    const after = await changed(page, before);
    expect(await field(page, "instrumentalness").inputValue()).toBe("1");
    expect(await page.locator("#now").textContent()).toBe("A song of your own");
    await expect.poll(() => page.url()).toContain("song=");
    await slider.press("ArrowLeft");
    await changed(page, after);
    expect(Number(await field(page, "instrumentalness").inputValue())).toBeCloseTo(0.995, 6);
    const curve = page.locator("#feature-instrumentalness .line");
    await expect.poll(() => curve.getAttribute("d")).toMatch(/^M[\d.]+ [\d.]+L/);
    expect(complaints).toEqual([]);
    await close();
  });

  test("have fields that say what is wrong, and keep the verdict until it is mended", async (context) => {
    const { page, close } = await site.open(context, "file://", name);
    const before = await probability(page);
    const danceability = field(page, "danceability");
    const message = page.locator("#problem-danceability");
    for (const [typed, said] of [
      ["much", '"much" is not a number'],
      ["1.5", "goes from 0 to 1; 1.5 is outside"],
      ["", "is not a number"],
    ]) {
      await danceability.fill(typed);
      await danceability.press("Tab");
      expect(await message.textContent()).toContain(said);
      expect(await danceability.getAttribute("aria-invalid")).toBe("true");
      expect(await probability(page)).toBe(before);
    }
    await danceability.fill("0.2");
    await danceability.press("Tab");
    expect(await message.textContent()).toBe("");
    await changed(page, before);
    expect(await page.locator("#says .trust").textContent()).toContain("95\u00a0% interval");
    await field(page, "tempo").fill("900");
    await field(page, "tempo").press("Tab");
    const trust = () => page.locator("#says .trust").textContent();
    await expect.poll(trust).toContain("No song of the 2000s and 2010s goes so far in tempo.");
    expect(await page.locator(".gauge-band").count()).toBe(0);
    await close();
  });
});

describe("a record", () => {
  test("is judged, or what is wrong is told by feature", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", name);
    const before = await probability(page);
    await page.getByRole("tab", { name: "Find a song" }).press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const text = page.locator("#record");
    const judge = page.getByRole("button", { name: "Judge this record" });
    await text.fill(JSON.stringify({ ...song, energy: "loud", key: 3.5 }));
    await judge.click();
    const problems = page.locator("#record-problems");
    expect(await problems.locator("li").count()).toBe(2);
    expect(await problems.textContent()).toContain('energy is a number, without quotation marks; here it is "loud"');
    expect(await text.getAttribute("aria-invalid")).toBe("true");
    expect(await axeProblems(page)).toEqual([]);
    await text.fill("{");
    await judge.click();
    expect(await problems.textContent()).toContain("This is not JSON");
    expect(await probability(page)).toBe(before);
    await text.fill(JSON.stringify(song));
    await judge.click();
    await changed(page, before);
    expect(await problems.textContent()).toBe("");
    expect(await field(page, "tempo").inputValue()).toBe("120");
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("a CSV file", () => {
  const header = ["track", ...audioFeatures];
  const row = (title: string, change: Partial<typeof song> = {}) =>
    [title, ...Object.values({ ...song, ...change })].join(",");
  const table = [
    header.join(","),
    row("=1+1"),
    row("Too loud", { energy: 7 }),
    row("<img src=x onerror=alert(1)>", { instrumentalness: 0.9 }),
  ].join("\n");

  /** Opens the table's tab. */
  async function open(page: Page): Promise<void> {
    await page.getByRole("tab", { name: "Drop a CSV" }).click();
  }

  async function download(page: Page): Promise<string> {
    const [saved] = await Promise.all([page.waitForEvent("download"), page.getByText("Download the scored").click()]);
    expect(saved.suggestedFilename()).toBe("mine-scored.csv");
    return readFileSync(await saved.path(), "utf8");
  }

  test("is scored, shown and given back", async (context) => {
    const { page, complaints, close } = await site.open(context, "http://", name);
    await open(page);
    await page.locator("#file").setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
    await page.getByText("Download the scored").waitFor();
    expect(await page.locator("#table-status").textContent()).toMatch(
      /^2 songs judged by the network of the 2000s and 2010s: .* 1 row could not be judged\.$/,
    );
    expect(await page.locator("#table-result li").allTextContents()).toEqual([
      "Line 3: energy goes from 0 to 1; 7 is outside.",
    ]);
    expect(await page.locator("#table-result tbody td .data-text").allTextContents()).toEqual([
      "=1+1",
      "Too loud",
      "<img src=x onerror=alert(1)>",
    ]);
    const lines = (await download(page)).split(/\r?\n/);
    expect(lines[0]).toBe(`\ufeff${header.join(",")},hit_probability,verdict,why_not_judged`);
    expect(lines[1]).toMatch(/^"'=1\+1",/);
    const judged = Number(lines[1].split(",").at(-3));
    expect(Math.abs(judged - networkProbability("00s+10s", Object.values(song)))).toBeLessThan(0.00006);
    expect(lines[2]).toContain("energy goes from 0 to 1");
    expect(await axeProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  test("can be dropped; a file without the features is refused with the reason", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", name);
    await open(page);
    const drop = async (text: string) => {
      const files = await page.evaluateHandle((content) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], "mine.csv", { type: "text/csv" }));
        return transfer;
      }, text);
      await page.locator("#drop").dispatchEvent("drop", { dataTransfer: files });
    };
    await drop("title,energy\nx,0.5\n");
    await expect.poll(() => page.locator("#table-status").textContent()).toContain("Missing: danceability");
    await drop(table);
    await page.getByText("Download the scored").waitFor();
    expect(await download(page)).toContain("Too loud");
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("a link", () => {
  test("brings the same song, era and model back", async (context) => {
    const { page, close } = await site.open(context, "http://", name, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByLabel("Learned from").selectOption("90s");
    await field(page, "tempo").fill("93.5");
    await field(page, "tempo").press("Tab");
    await page.getByRole("radio", { name: "Logistic" }).check({ force: true });
    await page.getByRole("button", { name: "Copy a link" }).click();
    await expect.poll(() => page.locator("#copied").textContent()).toBe("Copied.");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(() => page.locator("#says").getAttribute("aria-busy")).toBe("false");
    const before = await probability(page);
    const again = await site.open(context, "http://", name + link.slice(link.indexOf("#")));
    expect(await probability(again.page)).toBe(before);
    expect(await field(again.page, "tempo").inputValue()).toBe("93.5");
    expect(await again.page.locator("#era").inputValue()).toBe("90s");
    expect(await again.page.getByRole("radio", { name: "Logistic" }).isChecked()).toBe(true);
    await Promise.all([close(), again.close()]);
  });

  test("that is damaged gives a message and a song all the same", async (context) => {
    const { page, complaints, close } = await site.open(context, "file://", `${name}#era=50s&model=oracle&song=1,2,x`);
    const problem = page.locator("#problem");
    for (const part of ['era "50s"', 'model "oracle"', "15 numbers"])
      expect(await problem.textContent()).toContain(part);
    expect(await probability(page)).toBeGreaterThan(0.5);
    expect(complaints).toEqual([]);
    await close();
  });
});

const hostile = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(2)</script>",
  "\u202etxet desrever \u2067 and on",
  "W".repeat(10_000),
  "{{constructor.constructor('alert(3)')()}}",
  "'\"><svg onload=alert(4)>",
];

/** The page again, in a folder of its own, with songs whose titles and artists are attacks. */
function writeHostileSite(folder: string): void {
  const copy = join(folder, "hostile");
  for (const part of [name, "assets", "data"]) cpSync(join(folder, part), join(copy, part), { recursive: true });
  const title = [...hostile, ...Array.from({ length: 6 }, (_, at) => `Plain ${at}`)];
  const features = Object.values(song).map((value, j) => title.map((_, row) => value + (j === 10 ? row : 0)));
  for (const decade of ["00s", "10s"] as const) {
    // Both files hold the same recordings, and call the last one differently.
    const target = title.map((_, row) => (row < title.length - 1 ? row % 2 : Number(decade === "10s")));
    const payload: SongsPayload = {
      decade,
      kind: "stand-in",
      track: title,
      artist: [...title].reverse(),
      target,
      features,
    };
    writeFileSync(
      join(copy, "data", `songs-${decade}.js`),
      `hitlabData("songs-${decade}",${JSON.stringify(payload)});`,
    );
  }
}

describe("hostile titles", () => {
  test.for([375, 1440])("do not run and do not break the page at %i px", async (width, context) => {
    const options = { viewport: { width, height: 800 } };
    const { page, complaints, close } = await site.open(context, "file://", `hostile/${name}`, options);
    const search = page.locator("#search");
    for (const title of hostile) {
      await search.fill(title.slice(0, 40));
      const option = page
        .locator("#found [role=option]")
        .filter({ has: page.locator("b", { hasText: title.slice(0, 60) }) });
      await option.first().waitFor();
      expect(await overflow(page), title.slice(0, 40)).toBeLessThanOrEqual(0);
      await option.first().click();
      await expect.poll(() => page.locator("#now").textContent()).toContain(title);
      expect(await overflow(page), title.slice(0, 40)).toBeLessThanOrEqual(0);
    }
    await page.locator("#alike").scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator(".neighbours tbody tr").count()).toBe(8);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect((await page.locator("#song-heading, .now").first().boundingBox())?.height).toBeLessThan(300);
    expect(await page.locator("main img, main script:not([type='application/json'])").count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });
});

test("a song that the files call a hit and a flop is called both", async (context) => {
  const { page, close } = await site.open(context, "file://", `hostile/${name}`);
  const known = () => page.locator("#says .known").textContent();
  for (const [title, said] of [
    ["Plain 4", /^In the invented collection it was a flop\./],
    ["Plain 5", /^The collection has it as a hit and as a flop\. So no verdict on it is right or wrong\./],
  ] as const) {
    await page.locator("#search").fill(title);
    await page.locator("#found [role=option]").filter({ hasText: title }).first().click();
    await expect.poll(known).toMatch(said);
  }
  await close();
});

describe("everybody", () => {
  test.for(["light", "dark"] as const)(
    "can use it: axe finds nothing in any state, %s",
    async (colorScheme, context) => {
      const { page, complaints, close } = await site.open(context, "file://", name, { colorScheme });
      await page.locator("#search").fill("a");
      await page.locator("#found [role=option]").first().waitFor();
      await page.keyboard.press("ArrowDown");
      expect(await axeProblems(page)).toEqual([]);
      await page.keyboard.press("Enter");
      await page.locator("#says .known").waitFor();
      await page.locator("#why summary").click();
      await page.locator("#feature-energy summary").click();
      await page.locator("#alike").scrollIntoViewIfNeeded();
      await page.locator(".neighbours").waitFor();
      for (const tab of ["Sliders", "Paste a record", "Drop a CSV"]) {
        await page.getByRole("tab", { name: tab }).click();
        expect(await axeProblems(page), tab).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await close();
    },
  );

  test("on a phone keeps the verdict in sight while sliders move", async (context) => {
    const options = { viewport: { width: 375, height: 800 }, hasTouch: true, isMobile: true };
    const { page, close } = await site.open(context, "file://", name, options);
    await probability(page);
    const glance = page.locator("#glance");
    await page.locator("#feature-tempo").scrollIntoViewIfNeeded();
    await expect.poll(() => glance.isVisible()).toBe(true);
    expect(await glance.textContent()).toMatch(/^(Hit|Flop) \d+\s%/);
    await glance.click();
    await expect.poll(() => glance.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("verdict");
    await close();
  });
});
