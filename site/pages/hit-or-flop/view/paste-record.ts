import { find, make } from "../../shared/dom";
import type { FeatureMarks } from "../../shared/fitted-models";
import type { Song } from "../judge";
import { type RecordProblem, readRecord } from "../record";

interface Wishes {
  marks(): readonly FeatureMarks[];
  /** A song as an example. */
  example(): string;
  taken(song: Song): void;
}

/** The pasted JSON of a record, with what is wrong told by feature. */
export class PasteRecord {
  private readonly text = find<HTMLTextAreaElement>("#record");
  private readonly problems = find("#record-problems");

  constructor(private readonly wishes: Wishes) {
    find("#take-record").addEventListener("click", () => this.take());
    find("#record-example").addEventListener("click", () => {
      this.text.value = this.wishes.example();
      this.tell([]);
      this.text.focus();
    });
  }

  private take(): void {
    const read = readRecord(this.text.value, this.wishes.marks());
    if ("problems" in read) {
      this.tell(read.problems);
      return;
    }
    this.tell([], read.notes);
    this.wishes.taken(read.song);
  }

  private tell(problems: readonly RecordProblem[], notes: readonly string[] = []): void {
    if (problems.length) this.text.setAttribute("aria-invalid", "true");
    else this.text.removeAttribute("aria-invalid");
    const items = problems.map(({ message }) => make("li", { class: "problem data-text", text: message }));
    const said = notes.map((note) => make("p", { class: "hint", text: note }));
    this.problems.replaceChildren(...(items.length ? [make("ul", {}, ...items)] : said));
  }
}
