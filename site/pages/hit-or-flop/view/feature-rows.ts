import { featureDefinitions } from "../../../../lib/src/data/audio-features";
import { find } from "../../shared/dom";
import type { FeatureMarks } from "../../shared/fitted-models";
import type { Curve, Song } from "../judge";
import { FeatureRow } from "./feature-row";

/** The song as fifteen sliders. */
export class FeatureRows {
  private song: readonly number[] = [];
  private readonly rows: readonly FeatureRow[];

  /** @param moved hears each new song */
  constructor(moved: (song: Song) => void) {
    this.rows = featureDefinitions.map(
      (definition, j) =>
        new FeatureRow(definition, (value) => {
          this.song = this.song.map((own, k) => (k === j ? value : own));
          moved(this.song);
        }),
    );
    find("#features").append(...this.rows.map(({ element }) => element));
  }

  show(song: Song, marks: readonly FeatureMarks[]): void {
    this.song = song;
    for (const [j, row] of this.rows.entries()) row.show(song[j], marks[j]);
  }

  showCurves(curves: readonly Curve[]): void {
    for (const [j, row] of this.rows.entries()) row.showCurve(curves[j]);
  }

  focusFirst(): void {
    this.rows[0].focus();
    this.rows[0].element.scrollIntoView({ block: "center" });
  }
}
