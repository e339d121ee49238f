import Combobox from "@github/combobox-nav";
import { counted, formatNumber } from "../../../../lib/src/show/format";
import { find, make } from "../../shared/dom";
import { messageOf } from "../../shared/message-of";
import type { Era } from "../../shared/payloads";
import type { Place } from "../alike";
import type { SongSearch } from "../search";
import { eraNames, ofEra } from "../wording";

/** Songs that are listed at once. */
const most = 30;

interface Wishes {
  /** The songs of the era as it is now; loads them when first asked. */
  search(): Promise<SongSearch>;
  era(): Era;
  /** Goes over to all decades. */
  widen(): void;
  taken(row: Place): void;
}

/** Type-ahead over titles and artists: arrows, Enter and Escape as in every combobox. */
export class FindSong {
  private readonly input = find<HTMLInputElement>("#search");
  private readonly list = find("#found");
  private readonly hint = find("#search-hint");
  private readonly widen = find<HTMLButtonElement>("#widen");
  private readonly nav = new Combobox(this.input, this.list, {
    tabInsertsSuggestions: false,
    firstOptionSelectionMode: "active",
  });
  private readonly rows = new WeakMap<Element, Place>();
  private asked = 0;

  constructor(private readonly wishes: Wishes) {
    this.input.addEventListener("focus", () => void this.look());
    this.input.addEventListener("input", () => void this.look());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    // The field keeps the focus while the mouse picks, so that its blur does not close the list under the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("combobox-commit", (event) => this.take(event.target as Element));
    this.widen.addEventListener("click", () => {
      this.wishes.widen();
      // Which searches the same words again.
      this.input.focus();
    });
  }

  /** After a change of era: what is listed holds no longer. */
  forget(): void {
    this.asked++;
    this.close();
    this.hint.textContent = "";
    this.widen.hidden = true;
  }

  private async look(): Promise<void> {
    const ask = ++this.asked;
    const loading = setTimeout(() => this.tell("The songs load.", ask), 150);
    try {
      const search = await this.wishes.search();
      clearTimeout(loading);
      if (ask === this.asked) this.showList(search);
    } catch (error) {
      clearTimeout(loading);
      this.tell(messageOf(error), ask);
    }
  }

  private tell(text: string, ask: number): void {
    if (ask === this.asked) this.hint.textContent = text;
  }

  private showList(search: SongSearch): void {
    const words = this.input.value.trim();
    const era = this.wishes.era();
    this.widen.hidden = true;
    if (words === "") {
      this.close();
      this.hint.textContent = `${formatNumber(search.size)} songs to search.`;
      return;
    }
    const { rows, count } = search.find(words, most);
    this.nav.stop();
    this.list.replaceChildren(...rows.map((row) => this.option(row)));
    this.list.hidden = rows.length === 0;
    this.hint.textContent = summary(count, era);
    this.widen.hidden = count > 0 || era === "all";
    if (rows.length) this.nav.start();
  }

  private option(row: Place): HTMLElement {
    const { songs, row: at } = row;
    const name = make("b", { class: "data-text", text: songs.track[at] });
    const artist = make("span", { class: "data-text quiet", text: songs.artist[at] });
    const attributes = { role: "option", title: `${songs.track[at]} · ${songs.artist[at]}`.slice(0, 1000) };
    const option = make(
      "li",
      { attributes },
      name,
      artist,
      make("span", { class: "quiet decade", text: eraNames[songs.decade] }),
    );
    this.rows.set(option, row);
    return option;
  }

  private take(option: Element): void {
    const row = this.rows.get(option);
    if (!row) return;
    this.asked++;
    this.input.value = row.songs.track[row.row].slice(0, 200);
    this.input.select();
    this.close();
    this.hint.textContent = "";
    this.wishes.taken(row);
  }

  private close(): void {
    this.nav.stop();
    this.list.hidden = true;
  }
}

function summary(count: number, era: Era): string {
  if (count === 0) return `No song ${ofEra(era)} has these words in title or artist.`;
  return count > most ? `The ${most} best of ${formatNumber(count)} songs.` : `${counted(count, "song")}.`;
}
