import { existsSync } from "node:fs";
import { mkdir, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { HitlabError } from "../../errors";
import { contentHash } from "../chart-frame";
import { readCharts } from "../charts";
import { type Extract, entryOf, type RegistryEntry, registry } from "../registry";
import { rawFolder } from "../resolve";
import { joinDailyChart } from "./daily-chart";
import { type DownloadOptions, download, type Progress } from "./download";
import { oneAtATime } from "./one-at-a-time";
import { Archive } from "./unzip";
import { sha256Of, type Verdict, verifyCsv } from "./verify";

/** Where archives are fetched from; tests name a server of their own. */
export interface Sources {
  /** SLUG is appended. */
  readonly kaggle: string;
  /** OWNER/NAME/zip/COMMIT is appended. */
  readonly github: string;
}

export const publicSources: Sources = {
  kaggle: "https://www.kaggle.com/api/v1/datasets/download",
  github: "https://codeload.github.com",
};

/** How to fetch. */
export interface FetchOptions extends Pick<DownloadOptions, "attempts" | "pause" | "silence"> {
  /** Folder for the files. Default data/raw. */
  folder?: string;
  sources?: Sources;
  /** Called with one line for each thing that happened. */
  say?: (line: string) => void;
  /** Called while an archive comes in. */
  progress?: (title: string) => Progress;
}

/** What became of a fetch: the files that are there now, and what went wrong, one line each. */
export interface FetchResult {
  readonly ready: string[];
  readonly failed: HitlabError[];
}

const mebi = 1 << 20;
const mostSmallArchive = 256 * mebi;
const mostBigArchive = 6 * 1024 * mebi;
const mostBigFile = 16 * 1024 * mebi;

type Settled = Required<Pick<FetchOptions, "folder" | "sources" | "say">> & FetchOptions;

/**
 * Fetches the real data: the eight small files from Kaggle's public archives, and the daily chart joined from its
 * repository. Files that are there already are kept. A source that fails does not stop the others.
 *
 * Every file is checked before it gets its name: its sha256 against the registry, and where that differs (a new
 * version) its columns; such a file is used, with a loud note.
 */
export async function fetchSmall(options: FetchOptions = {}): Promise<FetchResult> {
  const job = settled(options);
  await mkdir(job.folder, { recursive: true });
  return oneAtATime(job.folder, () => fetchSources(job));
}

async function fetchSources(job: Settled): Promise<FetchResult> {
  const ready: string[] = [];
  const failed: HitlabError[] = [];
  for (const entries of bySource()) {
    try {
      const missing = await notYetThere(entries, job, ready);
      if (missing.length) ready.push(...(await fetchGroup(missing, job)));
    } catch (error) {
      if (!(error instanceof HitlabError)) throw error;
      failed.push(error);
    }
  }
  return { ready, failed };
}

/**
 * Fetches Kaggle's charts.csv (about 1 GB packed, 3.5 GB unpacked), of which the registry's extract is the same chart
 * as the small daily file.
 */
export async function fetchBigCharts(options: FetchOptions = {}): Promise<FetchResult> {
  const job = settled(options);
  const extract = entryOf("charts").extract;
  if (!extract) throw new HitlabError({ what: "the registry names no large charts file", remedy: "restore it" });
  await mkdir(job.folder, { recursive: true });
  return oneAtATime(job.folder, () => fetchExtracted(extract, job));
}

async function fetchExtracted(extract: Extract, job: Settled): Promise<FetchResult> {
  const target = join(job.folder, extract.file);
  if (existsSync(target)) {
    job.say(`${extract.file}: already there`);
    return { ready: [extract.file], failed: [] };
  }
  const archive = await fetchArchive(kaggleUrl(job, extract.kaggle), "charts", mostBigArchive, job);
  await withArchive(archive, async (zip) => {
    const member = zip.find(extract.file);
    await roomFor(job.folder, member.bytes);
    // From here on a failure is the archive's fault: the next run must not meet it again.
    try {
      await zip.extract(member.name, `${target}.part`, mostBigFile);
      await accept(target, { columns: extract.columns }, job, (path) => isRecordedChart(path, extract));
    } catch (error) {
      if (error instanceof HitlabError) await rm(archive, { force: true });
      throw error;
    }
  });
  await rm(archive, { force: true });
  return { ready: [extract.file], failed: [] };
}

async function isRecordedChart(path: string, extract: Extract): Promise<boolean> {
  const { frame } = await readCharts(path, extract);
  return contentHash(frame) === entryOf("charts").contentSha256;
}

function settled(options: FetchOptions): Settled {
  return { folder: rawFolder(), sources: publicSources, say: () => {}, ...options };
}

/** The entries that have a file, grouped by the archive they come in. */
function bySource(): RegistryEntry[][] {
  const groups = new Map<string, RegistryEntry[]>();
  for (const entry of registry()) {
    const source = entry.kaggle?.slug ?? entry.github?.repository;
    if (source) groups.set(source, [...(groups.get(source) ?? []), entry]);
  }
  return [...groups.values()];
}

async function notYetThere(entries: RegistryEntry[], job: Settled, ready: string[]): Promise<RegistryEntry[]> {
  const missing: RegistryEntry[] = [];
  for (const entry of entries) {
    const { file } = entry;
    if (!file) continue;
    const path = join(job.folder, file);
    if (!existsSync(path)) missing.push(entry);
    else {
      const known = (await sha256Of(path)) === entry.sha256;
      job.say(`${file}: already there${known ? "" : `, NOT the recorded version (delete it to fetch it anew)`}`);
      ready.push(file);
    }
  }
  return missing;
}

/** Fetches one archive and takes the files of `entries` out of it. */
async function fetchGroup(entries: RegistryEntry[], job: Settled): Promise<string[]> {
  const [{ kaggle, github }] = entries;
  const url = github
    ? `${job.sources.github}/${github.repository}/zip/${github.commit}`
    : kaggleUrl(job, kaggle?.slug ?? "");
  const name = (github?.repository ?? kaggle?.slug ?? "").replaceAll("/", "-");
  const archive = await fetchArchive(url, name, mostSmallArchive, job);
  const ready: string[] = [];
  try {
    await withArchive(archive, async (zip) => {
      for (const entry of entries) ready.push(await takeOut(zip, entry, job));
    });
  } finally {
    // A damaged archive must not be met again by the next run.
    await rm(archive, { force: true });
  }
  return ready;
}

async function takeOut(zip: Archive, entry: RegistryEntry, job: Settled): Promise<string> {
  const { file = "", kaggle, github, bytes = 0 } = entry;
  const target = join(job.folder, file);
  if (github) await joinDailyChart(zip, github.folder, github.days, `${target}.part`);
  else {
    // New versions may be longer, within reason.
    const mostBytes = Math.max(8 * bytes, 16 * mebi);
    await zip.extract(zip.find(kaggle?.file ?? file).name, `${target}.part`, mostBytes);
  }
  await accept(target, entry, job);
  return file;
}

async function fetchArchive(url: string, name: string, mostBytes: number, job: Settled): Promise<string> {
  const path = join(job.folder, `${name}.zip`);
  if (!existsSync(path)) await download(url, path, { ...job, mostBytes, progress: job.progress?.(name) });
  return path;
}

async function withArchive(path: string, work: (zip: Archive) => Promise<void>): Promise<void> {
  const zip = await Archive.open(path).catch(async (error: unknown) => {
    await rm(path, { force: true });
    throw error;
  });
  try {
    await work(zip);
  } finally {
    zip.close();
  }
}

/** Checks `target.part` and gives it its name; a file that fails the check is deleted. */
async function accept(
  target: string,
  expected: Pick<RegistryEntry, "columns" | "sha256">,
  job: Settled,
  recognise?: (path: string) => Promise<boolean>,
): Promise<void> {
  const part = `${target}.part`;
  const name = target.slice(job.folder.length + 1);
  try {
    const verdict = await verifyCsv(part, expected, name);
    const known = recognise ? await recognise(part) : verdict.known;
    job.say(acceptance(name, verdict, known));
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
}

function acceptance(name: string, { rows, sha256 }: Verdict, known: boolean): string {
  const count = `${rows.toLocaleString("en-US")} rows`;
  if (known) return `${name}: ${count}, the recorded version`;
  return `${name}: ${count}. NOTE: this is NOT the version the figures were measured on (sha256 ${sha256}). Its columns are right, so it is used; figures may differ.`;
}

function kaggleUrl(job: Settled, slug: string): string {
  return `${job.sources.kaggle}/${slug}`;
}

async function roomFor(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > bytes) return;
  throw new HitlabError({
    what: `the disk has room for ${Math.round((bavail * bsize) / mebi)} MB, unpacking needs ${Math.round(bytes / mebi)} MB`,
    remedy: "free some space and run the command again; what was downloaded is kept",
  });
}
