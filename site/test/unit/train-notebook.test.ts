import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { load, prepare } from "../../../lib/src";
import { root } from "../../../lib/src/paths";
import { Engine } from "../../pages/train/engine";
import { defaults } from "../../pages/train/settings";

interface Cell {
  readonly source: readonly string[];
  readonly outputs: readonly { readonly data: Record<string, { readonly data: readonly Line[] }> }[];
}

interface Line {
  readonly name: string;
  readonly y: readonly number[];
}

/** The lines of notebook 02's figure of its single run, with the digits that the figure has. */
function linesOfNotebook(): Record<string, readonly number[]> {
  const notebook = readFileSync(join(root, "notebooks", "02_nineties_classifier.ipynb"), "utf8");
  const { cells } = JSON.parse(notebook) as { cells: Cell[] };
  const cell = cells.find(({ source }) => source[0]?.startsWith("show.history(history"));
  const lines = cell?.outputs[0].data["application/vnd.plotly.v1+json"].data ?? [];
  return Object.fromEntries(lines.map(({ name, y }) => [name, y]));
}

describe.runIf(process.env.HITLAB_DATA)("on the real nineties (needs HITLAB_DATA)", () => {
  it("the page as it opens trains notebook 02's network", async () => {
    const { frame, source } = await load.hitPredictor(["90s"]);
    const { x, y } = prepare.samples(frame, { features: load.audioFeatures, target: "target" });
    const column = (c: number) => Array.from(y, (_, row) => x.data[row * x.columns + c]);
    const songs = { decade: "90s", track: [], artist: [], features: x.names.map((_, c) => column(c)) } as const;
    const data = { songs: [{ ...songs, kind: source.kind, target: [...y] }] };
    const { history } = await new Engine().train(defaults, data, { onEpoch: () => {}, onPicture: () => {} });
    const rounded = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(7)));
    expect({
      "Training accuracy": rounded(history.map(({ metric }) => metric)),
      "Validation accuracy": rounded(history.map(({ valMetric }) => valMetric)),
      "Training loss": rounded(history.map(({ loss }) => loss)),
      "Validation loss": rounded(history.map(({ valLoss }) => valLoss)),
    }).toEqual(linesOfNotebook());
  });
});
