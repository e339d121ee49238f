import { open } from "node:fs/promises";
import { HitlabError } from "../../errors";
import { dayOfIso } from "../calendar";
import type { Archive } from "./unzip";

const header = "date,position,track_name,artist,streams,url,region\n";
const mostDayBytes = 1 << 20;

/** A day's file inside the archive. */
interface DayFile {
  readonly date: string;
  readonly name: string;
}

/**
 * Joins the daily files of the chart's repository (FOLDER/2017-01-01.csv, with the columns Position, Track Name,
 * Artist, Streams, URL) into one: the date is taken from the file's name, the region is "global".
 *
 * @param archive the repository's zip
 * @param days how many daily files there must be
 */
export async function joinDailyChart(archive: Archive, folder: string, days: number, target: string): Promise<void> {
  const files = dayFiles(archive, folder);
  if (files.length !== days) {
    throw new HitlabError({
      what: `the chart's repository holds ${files.length} daily files in ${folder}/ where ${days} are recorded`,
      remedy: "run the command again; the recorded commit should hold them all",
    });
  }
  const output = await open(target, "w");
  try {
    await output.write(header);
    for (const { date, name } of files) {
      const text = (await archive.bytes(name, mostDayBytes)).toString("utf8");
      await output.write(joinedDay(text, date, name));
    }
  } finally {
    await output.close();
  }
}

function dayFiles(archive: Archive, folder: string): DayFile[] {
  const files = archive.members().flatMap(({ name }) => {
    const parts = /^[^/]+\/(.+)\/(\d{4}-\d{2}-\d{2})\.csv$/.exec(name);
    return parts && parts[1] === folder && !Number.isNaN(dayOfIso(parts[2])) ? [{ date: parts[2], name }] : [];
  });
  return files.sort((a, b) => (a.date < b.date ? -1 : 1));
}

function joinedDay(text: string, date: string, file: string): string {
  const [head, ...records] = parseCsv(text);
  const names = head?.join(",");
  if (names !== "Position,Track Name,Artist,Streams,URL") {
    throw new HitlabError({
      what: "a daily file must have the columns Position, Track Name, Artist, Streams, URL",
      value: names,
      file,
      line: 1,
      remedy: "look at the chart's repository: it may have been rewritten",
    });
  }
  return records
    .map(([position, track, artist, streams, url]) =>
      [date, position, track, artist, streams, url, "global"].map((field) => quoted(field ?? "")).join(","),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** Records of a small CSV text. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    if (!line) continue;
    const fields = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)(?=,|$)/g) ?? [];
    records.push(fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field)));
  }
  return records;
}

/** Quotes only where needed, as Python's csv module does, so that the joined file has the recorded hash. */
function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
