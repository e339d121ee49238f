import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fetchBigCharts, fetchSmall } from "../../../src/data/fetch/fetch-data";
import { entryOf, registry } from "../../../src/data/registry";
import { TestServer } from "./server";
import { zipOf } from "./zip";

let server: TestServer;
let folder: string;
let options: {
  folder: string;
  sources: { kaggle: string; github: string };
  say: (line: string) => void;
  pause: number;
};
let said: string[];

beforeEach(async () => {
  server = new TestServer();
  const base = await server.start();
  folder = mkdtempSync(join(tmpdir(), "hitlab-fetch-"));
  said = [];
  const say = (line: string) => said.push(line);
  options = { folder, sources: { kaggle: `${base}/kaggle`, github: `${base}/github` }, say, pause: 1 };
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const daily = entryOf("charts");

/** A small file with the columns of an entry. */
function small(name: string): string {
  const { columns } = entryOf(name);
  return `${columns.join(",")}\n${columns.map((_, i) => i).join(",")}\n`;
}

function serveKaggle(change: Record<string, string> = {}): void {
  const slugs = new Map<string, { name: string; content: string }[]>();
  for (const { name, kaggle } of registry()) {
    if (!kaggle) continue;
    const files = slugs.get(kaggle.slug) ?? [{ name: "README.txt", content: "hello" }];
    slugs.set(kaggle.slug, [...files, { name: kaggle.file, content: change[name] ?? small(name) }]);
  }
  for (const [slug, files] of slugs) server.files.set(`/kaggle/${slug}`, { body: zipOf(files) });
}

/** The repository of the daily chart, its files taken from a joined one or made up. */
function serveDaily(days: Map<string, string>): void {
  const files = [...days].map(([date, content]) => ({ name: `spotify-processing-aaf4a86/data/${date}.csv`, content }));
  const { repository, commit } = daily.github ?? {};
  const other = { name: "spotify-processing-aaf4a86/package.json", content: "{}" };
  server.files.set(`/github/${repository}/zip/${commit}`, { body: zipOf([other, ...files]), chunked: true });
}

function inventedDays(count: number): Map<string, string> {
  const head = 'Position,"Track Name",Artist,Streams,URL\n';
  const day = (i: number) => new Date(Date.UTC(2017, 0, 1 + i)).toISOString().slice(0, 10);
  const rows = '1,"A ""b"", c",D,10,u1\n2,,,9,u2\n';
  return new Map(Array.from({ length: count }, (_, i) => [day(i), head + rows]));
}

describe("fetchSmall", () => {
  it("fetches all nine, says loudly that they are other versions, and keeps them the next time", async () => {
    serveKaggle();
    serveDaily(inventedDays(446));
    const { ready, failed } = await fetchSmall(options);
    expect(failed).toEqual([]);
    expect(ready).toHaveLength(9);
    expect(readdirSync(folder).sort()).toEqual(
      registry()
        .flatMap((entry) => (entry.file ? [entry.file] : []))
        .sort(),
    );
    expect(said.filter((line) => line.includes("NOT the version"))).toHaveLength(9);
    const joined = readFileSync(join(folder, daily.file ?? ""), "utf8").split("\n");
    expect(joined.slice(0, 3)).toEqual([
      "date,position,track_name,artist,streams,url,region",
      '2017-01-01,1,"A ""b"", c",D,10,u1,global',
      "2017-01-01,2,,,9,u2,global",
    ]);
    expect(joined).toHaveLength(1 + 446 * 2 + 1);
    server.log.length = 0;
    expect((await fetchSmall(options)).ready).toHaveLength(9);
    expect(server.log).toEqual([]);
  });

  it("refuses a file with other columns and goes on with the other sources", async () => {
    serveKaggle({ "spotify-2023": "<html>sign in</html>\n" });
    serveDaily(inventedDays(446));
    const { ready, failed } = await fetchSmall(options);
    expect(ready).toHaveLength(8);
    expect(failed.map(String).join()).toMatch(/spotify-2023.csv:1: .*lacks the columns track_name/);
    expect(readdirSync(folder)).toHaveLength(8);
  });

  it("refuses broken lines and empty files", async () => {
    const broken = small("spotify-2023") + "1,2\n".repeat(3);
    serveKaggle({ "spotify-2023": broken, "spotify-2024": `${entryOf("spotify-2024").columns.join(",")}\n` });
    const { failed } = await fetchSmall(options);
    const messages = failed.map(String).join("\n");
    expect(messages).toMatch(/spotify-2023.csv:3: .*3 of its 4 lines are broken/);
    expect(messages).toMatch(/most-streamed-spotify-songs-2024.csv: .*has no rows/);
  });

  it("refuses a chart with days missing", async () => {
    serveKaggle();
    serveDaily(inventedDays(445));
    const { ready, failed } = await fetchSmall(options);
    expect(ready).toHaveLength(8);
    expect(String(failed[0])).toMatch(/445 daily files in data\/ where 446/);
    expect(readdirSync(folder)).toHaveLength(8);
  });

  it("forgets a damaged archive, so that the next run fetches it anew", async () => {
    serveKaggle();
    const slug = `/kaggle/${entryOf("spotify-2023").kaggle?.slug}`;
    const whole = server.files.get(slug)?.body as Buffer;
    server.files.set(slug, { body: whole.subarray(0, whole.length - 40) });
    expect((await fetchSmall(options)).ready).toHaveLength(7);
    server.files.set(slug, { body: whole });
    expect((await fetchSmall(options)).ready).toHaveLength(8);
  });

  it("reports every source when nothing can be reached, and writes nothing", async () => {
    const nowhere = { ...options, sources: { kaggle: "http://127.0.0.1:9/k", github: "http://127.0.0.1:9/g" } };
    const { ready, failed } = await fetchSmall(nowhere);
    expect(ready).toEqual([]);
    expect(new Set(failed.map((error) => error.message)).size).toBe(1);
    expect(failed[0].message).toMatch(/^127\.0\.0\.1:9 cannot be reached/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves the folder to another process that fetches, not to the mark of a dead one", async () => {
    writeFileSync(join(folder, ".fetching"), String(process.ppid));
    await expect(fetchSmall(options)).rejects.toThrow(/is fetching data into this folder already/);
    writeFileSync(join(folder, ".fetching"), "999999999");
    expect((await fetchSmall(options)).failed).toHaveLength(4);
    expect(readdirSync(folder)).toEqual([]);
  });

  const real = process.env.HITLAB_DATA;
  it.runIf(real)("builds the recorded bytes from the recorded daily files (needs HITLAB_DATA)", async () => {
    serveKaggle();
    serveDaily(daysOf(readFileSync(join(real ?? "", daily.file ?? ""), "utf8")));
    await fetchSmall(options);
    const bytes = readFileSync(join(folder, daily.file ?? ""));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(daily.sha256);
    expect(said).toContain(`${daily.file}: 89,200 rows, the recorded version`);
  });
});

/** The daily files that a joined one came from, quoted as the repository does (every text with a blank). */
function daysOf(joined: string): Map<string, string> {
  const days = new Map<string, string>();
  for (const line of joined.trimEnd().split("\n").slice(1)) {
    const date = line.slice(0, 10);
    const row = line.slice(11, line.lastIndexOf(",")).replace(/^(\d+),([^",]* [^",]*),/, '$1,"$2",');
    days.set(date, `${days.get(date) ?? 'Position,"Track Name",Artist,Streams,URL\n'}${row}\n`);
  }
  return days;
}

describe("fetchBigCharts", () => {
  const header = "title,rank,date,artist,url,region,chart,trend,streams\n";
  const slug = `/kaggle/${daily.extract?.kaggle}`;

  it("fetches charts.csv and says that its chart is not the recorded one", async () => {
    const row = "A,1,2017-01-01,B,u,Global,top200,SAME_POSITION,5\n";
    server.files.set(slug, { body: zipOf([{ name: "charts.csv", content: header + row }]) });
    expect((await fetchBigCharts(options)).ready).toEqual(["charts.csv"]);
    expect(said.join()).toMatch(/charts.csv: 1 rows. NOTE: this is NOT the version/);
    expect(readdirSync(folder)).toEqual(["charts.csv"]);
  });

  it("keeps neither a file without the chart nor one with other columns", async () => {
    for (const content of [`${header}A,1,2017-01-01,B,u,Andorra,top200,NEW,5\n`, "a,b\n1,2\n"]) {
      server.files.set(slug, { body: zipOf([{ name: "charts.csv", content }]) });
      await expect(fetchBigCharts(options)).rejects.toThrow(/charts.csv/);
      expect(readdirSync(folder)).toEqual([]);
    }
  });
});
