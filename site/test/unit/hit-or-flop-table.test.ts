import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { audioFeatures } from "../../../lib/src/data/audio-features";
import { scoredTable } from "../../pages/hit-or-flop/scored-table";
import { mostBytes, mostRows, readSongTable, type SongTable, tooLarge } from "../../pages/hit-or-flop/song-table";

const song = [0.578, 0.471, 4, -7.27, 1, 0.0289, 0.368, 0, 0.159, 0.532, 133.061, 196707, 4, 30.88059, 13];
const header = ["track", "artist", ...audioFeatures];
const line = (track: string, artist = "Someone") => [track, artist, ...song].join(",");
const csv = (...lines: string[]) => [header.join(","), ...lines].join("\n");

function table(text: string): SongTable {
  const found = readSongTable(text);
  if ("refused" in found) throw new Error(found.refused);
  return found;
}

function refused(text: string): string {
  const found = readSongTable(text);
  return "refused" in found ? found.refused : "";
}

const songs = (text: string) => table(text).rows.map((row) => row.song);

describe("a table of songs", () => {
  it("gives the songs in the order of the features, whatever that of the columns", () => {
    expect(songs(csv(line("One"), line("Two")))).toEqual([song, song]);
    const turned = [[...header].reverse().join(","), ["Someone", "One", ...song].reverse().join(",")].join("\n");
    expect(songs(turned)).toEqual([song]);
    expect(songs(`${audioFeatures.join(",").toUpperCase()}\n${song.join(" , ")}`)).toEqual([song]);
  });

  it.each([
    ["a byte order mark", `\uFEFF${csv(line("One"))}`],
    ["Windows line ends", csv(line("One")).replaceAll("\n", "\r\n")],
    ["old Mac line ends", csv(line("One")).replaceAll("\n", "\r")],
    ["mixed line ends", `${csv(line("One")).replace("\n", "\r\n")}\n`],
    ["empty lines", `${csv("", line("One"), "", " , ")}\n\n\n`],
    ["empty lines before the first, with semicolons", `\uFEFF\n\n${csv(line("One")).replaceAll(",", ";")}`],
    ["semicolons", csv(line("One")).replaceAll(",", ";")],
    ["tabs", csv(line("One")).replaceAll(",", "\t")],
    ["semicolons and decimal commas", csv(line("One")).replaceAll(",", ";").replaceAll(".", ",")],
    ["quoted cells", csv(`"One, ""two"";\nthree","Some\r\none",${song.map((value) => `"${value}"`).join(",")}`)],
    ["numbers as programs write them", csv(line("One").replace("0.0289", "2.89e-2").replace("0.471", ".471"))],
  ])("may have %s", (_, text) => {
    expect(songs(text)).toEqual([song]);
  });

  it("keeps other columns as they are, hostile ones too", () => {
    const title = `<img src=x onerror=alert(1)></script>\u202E${"x".repeat(10_000)}`;
    const found = table(`__proto__,constructor,${header.join(",")}\n1,2,${line(title)}`);
    expect(found.rows[0].cells.slice(0, 3)).toEqual(["1", "2", title]);
    expect(found.rows[0].song).toEqual(song);
    expect(found.header.slice(0, 2)).toEqual(["__proto__", "constructor"]);
  });

  it("names the line and the column of what is wrong, and reads the rest", () => {
    const wrong = line("Two").replace("0.471", "loud").replace(",4,-7.27", ",44,-7.27").replace("196707", "");
    const found = table(csv(`"One\nlong",a,${song.join(",")}`, "", wrong, "short,row", line("Five")));
    expect(found.rows.map((row) => row.song)).toEqual([song, undefined, undefined, song]);
    expect(found.problems).toEqual([
      { line: 5, column: "energy", message: 'energy is a number; here it is "loud".' },
      { line: 5, column: "key", message: "key goes from -1 to 11; 44 is outside." },
      { line: 5, column: "duration_ms", message: "duration_ms is missing." },
      { line: 6, message: "The line has 2 cells, the first line has 17." },
    ]);
  });

  it.each(["NaN", "Infinity", "-Infinity", "0x10", "1_000", "1,5", "--1", "=1+1", "１"])(
    "takes %s for no number",
    (text) => {
      const found = table(csv(line("One").replace("133.061", `"${text}"`)));
      expect(found.problems).toEqual([
        { line: 2, column: "tempo", message: `tempo is a number; here it is "${text}".` },
      ]);
    },
  );

  it("takes 1e999 for too large a number", () => {
    expect(table(csv(line("One").replace("133.061", "1e999"))).problems[0].message).toBe(
      "tempo is too large a number.",
    );
  });

  it("tells of a quotation mark that is never closed", () => {
    const found = table(csv(line("One"), `"Two,${song.join(",")}`, line("Three")));
    expect(found.rows.map((row) => row.song)).toEqual([song, undefined]);
    expect(found.problems[0]).toMatchObject({ line: 3, message: expect.stringContaining("quotation mark") });
  });

  it("lists the first thousand problems, and the first three of a row beside it", () => {
    const bad = ["a,b", ...song.map(() => "x")].join(",");
    const found = table(csv(...Array.from({ length: 100 }, () => bad)));
    expect(found.problems).toHaveLength(1000);
    expect(found.rows).toHaveLength(100);
    expect(found.rows[0].why).toMatch(/^danceability .* energy .* key .*"x"\. 12 more\.$/);
  });

  it.each([
    ["", "empty"],
    ["\n\n", "empty"],
    ["\uFEFF", "empty"],
    [csv(), "no songs"],
    ["hello", "among them the 15 audio features"],
    ["<html><body></script>", "among them the 15 audio features"],
    [song.join(","), "among them the 15 audio features"],
    [csv(line("One")).replace("valence", "valance").replace("key", "keys"), "Missing: key, valence."],
    [csv(line("One")).replace("track", "Tempo"), "more than once: tempo"],
    ["\u0000\u0001".repeat(500), "among them the 15 audio features"],
  ])("that cannot be judged is refused in words (%#)", (text, words) => {
    expect(refused(text)).toContain(words);
  });

  it("comes back from any text of cells: what another program writes is read as it was meant", () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom("=1+1", '"', "\n", "\r\n", ";", ",", "\uFEFF", "\u202E", "<img>"),
    );
    const lines = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom(",", ";", "\t"),
        fc.constantFrom("\n", "\r\n"),
        (texts, delimiter, newline) => {
          const data = texts.map((own) => [...own, ...song]);
          const found = table(Papa.unparse({ fields: header, data }, { delimiter, newline }));
          const even = (text: string) => text.replace(/\r\n?/g, "\n");
          expect(found.rows.map(({ cells }) => cells.slice(0, 2))).toEqual(texts.map((own) => own.map(even)));
          expect(found.rows.map((row) => row.song)).toEqual(texts.map(() => song));
          const scored = scoredTable(
            found,
            texts.map(() => 0.7),
          );
          expect(table(scored).rows.map((row) => row.song)).toEqual(texts.map(() => song));
        },
      ),
    );
  });

  it("never fails, whatever the text", () => {
    const lines = fc.array(fc.string()).map((texts) => csv(...texts));
    fc.assert(fc.property(fc.oneof(fc.string(), lines), (text) => readSongTable(text) !== undefined));
  });

  it("may have 100,000 songs and no more", () => {
    const many = `${audioFeatures.join(",")}\n${new Array<string>(mostRows).fill(song.join(",")).join("\n")}`;
    expect(table(`${many}\n`).rows).toHaveLength(100_000);
    expect(refused(`${many}\n${song.join(",")}\n`)).toContain("more than 100,000");
    expect(refused(`${many}\n\n\n\n${song.join(",")}`)).toContain("more than 100,000");
  });

  it("may have 25 MB and no more", () => {
    expect([tooLarge(mostBytes), tooLarge(mostBytes + 1e6)]).toEqual([undefined, expect.stringContaining("26 MB")]);
  });
});

describe("a scored table", () => {
  const parsed = (text: string) => Papa.parse<string[]>(text, { skipEmptyLines: true }).data;

  it("holds all columns and rows, with the verdicts", () => {
    const broken = line("Two").replace("0.471", "loud");
    const [names, ...rows] = parsed(scoredTable(table(csv(line("One"), broken, line("Three"))), [0.73126, 0.5]));
    expect(names).toEqual([...header, "hit_probability", "verdict", "why_not_judged"]);
    expect(rows.map((row) => row[0])).toEqual(["One", "Two", "Three"]);
    expect(rows[0].slice(2)).toEqual([...song.map(String), "0.7313", "Hit", ""]);
    expect(rows[1].slice(-3)).toEqual(["", "", 'energy is a number; here it is "loud".']);
    expect(rows[2].slice(-3)).toEqual(["0.5000", "Flop", ""]);
  });

  it("scores a scored table anew", () => {
    const once = scoredTable(table(csv(line("One"))), [0.7]);
    expect(parsed(scoredTable(table(once), [0.2]))).toEqual(parsed(once.replace("0.7000,Hit", "0.2000,Flop")));
  });

  it("keeps separators and decimal commas", () => {
    const text = scoredTable(table(csv(line("One")).replaceAll(",", ";").replaceAll(".", ",")), [0.7]);
    expect(text.split("\r\n")[1]).toContain("0,578;0,471;4;-7,27;");
    expect(text.split("\r\n")[1]).toMatch(/;0,7000;Hit;$/);
  });

  it.each(["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(1)", "\t=1", "-cmd|' /C calc'!A0"])(
    "disarms the formula %s",
    (text) => {
      const found = parsed(scoredTable(table(csv(line(text))), [0.7]));
      expect(found[1][0]).toBe(`'${text}`);
      expect(found[1][5]).toBe("-7.27");
    },
  );

  it("disarms a formula among the names of columns, and in short rows", () => {
    const found = parsed(scoredTable(table(csv("=1+1").replace("track", "=cmd")), []));
    expect([found[0][0], found[1][0]]).toEqual(["'=cmd", "'=1+1"]);
    expect(found[1]).toHaveLength(header.length + 3);
  });
});
