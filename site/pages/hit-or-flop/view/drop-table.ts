import { find, make } from "../../shared/dom";
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
    try {
      await this.judge(
        file,
        (text, problem) => {
          if (turn === this.last) this.tell(text, problem);
        },
        () => turn === this.last,
      );
    } catch (error) {
      if (turn === this.last)
        this.tell(`The file could not be judged: ${error instanceof Error ? error.message : error}`, true);
    }
  }

  private async judge(
    file: File,
    tell: (text: string, problem?: boolean) => void,
    current: () => boolean,
  ): Promise<void> {
    const refused = tooLarge(file.size);
    if (refused) return tell(refused, true);
    tell("The file is read.");
    const table = readSongTable(await file.text());
    if ("refused" in table) return tell(table.refused, true);
    const songs = table.rows.flatMap(({ song }) => (song ? [song] : []));
    const by = this.wishes.judgedBy();
    const probabilities = await this.wishes.score(songs, (share) =>
      tell(`${percent(share)} of ${songs.length.toLocaleString("en")} songs are judged.`),
    );
    if (!current()) return;
    const left = table.rows.length - songs.length;
    const hits = probabilities.filter((probability) => verdictOf(probability) === "Hit").length;
    tell(
      `${counted(songs.length, "song")} judged by ${by}: ${counted(hits, "hit")}, ${counted(songs.length - hits, "flop")}.${left ? ` ${counted(left, "row")} could not be judged.` : ""}`,
    );
    this.show(file.name, table, probabilities);
  }

  private show(name: string, table: SongTable, probabilities: readonly number[]): void {
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
      make(
        "div",
        {
          class: "scroll",
          attributes: { tabindex: 0, role: "region", "aria-label": "First rows of the scored table" },
        },
        firstRows(table, probabilities),
      ),
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

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

function problemList(problems: readonly TableProblem[]): HTMLElement[] {
  if (!problems.length) return [];
  const items = problems
    .slice(0, problemsShown)
    .map(({ line, message }) => make("li", { class: "data-text", text: `Line ${line}: ${message}` }));
  const more = problems.length - problemsShown;
  if (more > 0)
    items.push(make("li", { text: `${more.toLocaleString("en")} more; the scored table names them row by row.` }));
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
