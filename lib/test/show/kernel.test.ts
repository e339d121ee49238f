import { createRequire } from "node:module";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as show from "../../src/show";
import { examples } from "./examples";

interface Message {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly transient: Record<string, unknown>;
}

const modules = createRequire(import.meta.url).cache;
const place = "/anywhere/node_modules/tslab/dist/jupyter.js";
let sent: { message: Message; update: boolean }[] = [];

/** What a tslab kernel has among its loaded modules while a cell runs. */
beforeEach(() => {
  sent = [];
  const write = (message: Message, update: boolean) => sent.push({ message, update });
  modules[place] = { exports: { lastWriteDisplayData: write } } as unknown as NodeModule;
});
afterEach(() => {
  delete modules[place];
});

test("a figure is one output with both forms and the text", () => {
  show.showFigure(examples.confusion());
  expect(sent.length).toBe(1);
  expect(Object.keys(sent[0].message.data)).toEqual(["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]);
  expect(sent[0].message.transient).toEqual({});
  expect(sent[0].update).toBe(false);
});

test("tables and notes are shown", () => {
  show.table([{ a: 1 }]);
  show.note("a word");
  expect(sent.map(({ message }) => message.metadata)).toEqual([
    { hitlab: { table: true } },
    { hitlab: { note: true } },
  ]);
});

test("progress replaces its own output, and each its own", () => {
  const [first, second] = [show.progress("a"), show.progress("b")];
  first(1, 1, "");
  second(0, 2, "");
  second(2, 2, "");
  const ids = sent.map(({ message }) => message.transient.display_id);
  expect(sent.map(({ update }) => update)).toEqual([false, false, true]);
  expect(ids[1]).toBe(ids[2]);
  expect(ids[0]).not.toBe(ids[1]);
});

test("a kernel without a running cell, or of another make, is no kernel", () => {
  modules[place] = { exports: { lastWriteDisplayData: null } } as unknown as NodeModule;
  expect(() => show.note("unheard")).not.toThrow();
  expect(sent).toEqual([]);
});
