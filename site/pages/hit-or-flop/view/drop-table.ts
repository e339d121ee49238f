import { counted, formatNumber } from "../../../../lib/src/show/format";
import { find, make } from "../../shared/dom";
import { messageOf } from "../../shared/message-of";
import { scrollBox } from "../../shared/scroll-box";
import type { Song } from "../judge";
import { scoredTable } from "../scored-table";
import { readSongTable, type SongTable, type TableProblem, tooLarge } from "../song-table";
import { percent, verdictOf } from "../wording";

/** Rows and messages that the page shows; all are in the file to download. */
const rowsShown = 10;
const problemsShown = 20;

interface Wishes {
  /** Judges by the model that is chosen. */
  score(songs: readonly Song[], told: (share: number) => void): Promise<readonly number[]>;
  /** "the network on songs of the 1960s" */
  judgedBy(): string;
}

type Tell = (text: string, problem?: boolean) => void;

interface Scored {
  readonly table: SongTable;
  /** Of the rows that have a song, in their order. */
  readonly probabilities: readonly number[];
}

/** A CSV of songs, dropped or chosen; scored in the page and given back with the verdicts. */
export class DropTable {
  private readonly zone = find("#drop");
  private readonly status = find("#table-status");
  private readonly result = find("#table-result");
  private last = 0;
  private link = "";

  constructor(private readonly wishes: Wishes) {
    const file = find<HTMLInputElement>("#file");
    file.addEventListener("change", () => {
      void this.take(file.files?.[0]);
      // The same file, mended, can be chosen again.
      file.value = "";
    });
    const hover = (on: boolean) => (event: DragEvent) => {
      event.preventDefault();
      this.zone.classList.toggle("over", on);
    };
    this.zone.addEventListener("dragover", hover(true));
    this.zone.addEventListener("dragleave", hover(false));
    this.zone.addEventListener("drop", (event) => {
      hover(false)(event);
      void this.take(event.dataTransfer?.files[0]);
    });
    // A file that misses the zone must not replace the page.
    for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());
  }

  private async take(file: File | undefined): Promise<void> {
    if (!file) return;
    const turn = ++this.last;
    this.clear();
    // What comes of a file is of no interest once another is there.
    const tell: Tell = (text, problem = false) => {
      if (turn === this.last) this.tell(text, problem);
    };
    try {
      const scored = await this.score(file, tell);
      if (scored && turn === this.last) this.show(file.name, scored);
    } catch (error) {
      tell(`The file could not be judged: ${messageOf(error)}`, true);
    }
  }

  /** Undefined where there is nothing to score; `tell` then hears why. */
  private async score(file: File, tell: Tell): Promise<Scored | undefined> {
    const refused = tooLarge(file.size);
    if (refused) return void tell(refused, true);
    tell("The file is read.");
    const table = readSongTable(await file.text());
    if ("refused" in table) return void tell(table.refused, true);
    const songs = table.rows.flatMap(({ song }) => (song ? [song] : []));
    const by = this.wishes.judgedBy();
    const probabilities = await this.wishes.score(songs, (share) =>
      tell(`${percent(share)} of ${formatNumber(songs.length)} songs are judged.`),
    );
    const scored = { table, probabilities };
    tell(summary(scored, by));
    return scored;
  }

  private show(name: string, { table, probabilities }: Scored): void {
    // A byte order mark, by which spreadsheet programs know UTF-8.
    this.link = URL.createObjectURL(
      new Blob(["\ufeff", scoredTable(table, probabilities)], { type: "text/csv;charset=utf-8" }),
    );
    const download = `${name.replace(/\.[^.]*$/, "").slice(0, 80) || "songs"}-scored.csv`;
    const link = make("a", {
      class: "button primary",
      attributes: { href: this.link, download },
      text: "Download the scored table",
    });
    this.result.replaceChildren(
      make("p", { class: "buttons" }, link),
      make("p", { class: "hint", text: "Of songs that the model learned from, its verdicts prove nothing." }),
      ...problemList(table.problems),
      scrollBox("First rows of the scored table", firstRows(table, probabilities)),
    );
  }

  private clear(): void {
    if (this.link) URL.revokeObjectURL(this.link);
    this.link = "";
    this.result.replaceChildren();
  }

  private tell(text: string, problem = false): void {
    this.status.textContent = text;
    this.status.classList.toggle("problem", problem);
  }
}

function summary({ table, probabilities }: Scored, by: string): string {
  const songs = probabilities.length;
  const hits = probabilities.filter((probability) => verdictOf(probability) === "Hit").length;
  const left = table.rows.length - songs;
  const not = left ? ` ${counted(left, "row")} could not be judged.` : "";
  return `${counted(songs, "song")} judged by ${by}: ${counted(hits, "hit")}, ${counted(songs - hits, "flop")}.${not}`;
}

function problemList(problems: readonly TableProblem[]): HTMLElement[] {
  if (!problems.length) return [];
  const items = problems
    .slice(0, problemsShown)
    .map(({ line, message }) => make("li", { class: "data-text", text: `Line ${line}: ${message}` }));
  const more = problems.length - problemsShown;
  if (more > 0) items.push(make("li", { text: `${formatNumber(more)} more; the scored table names them row by row.` }));
  return [make("ul", { class: "problem" }, ...items)];
}

/** What was said of the first rows, beside their first two columns of text. */
function firstRows({ header, rows }: SongTable, probabilities: readonly number[]): HTMLElement {
  const names = header.flatMap((name, at) => (/track|title|name|artist/i.test(name) ? [at] : [])).slice(0, 2);
  const head = ["Line", ...names.map((at) => header[at]), "Verdict", "Probability"].map((text) =>
    make("th", { class: "data-text", attributes: { scope: "col" }, text }),
  );
  let judged = 0;
  const body = rows.slice(0, rowsShown).map(({ line, cells, song }) => {
    const probability = song ? probabilities[judged++] : undefined;
    const own = names.map((at) =>
      make(
        "td",
        {},
        make("span", {
          class: "data-text clamp",
          text: cells[at] ?? "",
          attributes: { title: (cells[at] ?? "").slice(0, 1000) },
        }),
      ),
    );
    return make("tr", {}, make("td", { class: "number", text: String(line) }), ...own, ...verdictCells(probability));
  });
  const caption = make("caption", {
    text: `The first ${Math.min(rowsShown, rows.length)} of ${counted(rows.length, "row")}`,
  });
  return make(
    "table",
    { class: "figures" },
    caption,
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...body),
  );
}

function verdictCells(probability: number | undefined): HTMLElement[] {
  if (probability === undefined) return [make("td", { class: "quiet", text: "not judged" }), make("td")];
  const verdict = verdictOf(probability).toLowerCase();
  return [
    make("td", {}, make("span", { class: `tag ${verdict}`, text: verdict })),
    make("td", { class: "number", text: percent(probability) }),
  ];
}
