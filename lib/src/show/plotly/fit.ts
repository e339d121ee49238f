import { escapeLabel } from "../text/escape";
import { LINE_HEIGHT, wrapText } from "../text/measure";
import { sizes } from "../theme";
import type { Page } from "./browser";
import { type Box, boxOf, union } from "./geometry";
import type { Json, JsonObject } from "./types";

/** A figure to be laid out: Plotly's parts without margins, title, caption and height. */
export interface Sheet {
  readonly data: JsonObject[];
  readonly layout: JsonObject;
  readonly config: JsonObject;
  readonly title: string;
  readonly caption?: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels inside the axes: takes the place of `width`, for squares that must be square. */
  readonly plotWidth?: number;
  /** Height of the part inside the axes, in pixels. */
  readonly plotHeight: number;
}

/** Room around the axes, in pixels. */
interface Room {
  readonly left: number;
  readonly right: number;
  /** Labels above the axes, below title and legend. */
  readonly top: number;
  /** Tick labels and axis titles below the axes. */
  readonly bottom: number;
  readonly legend: number;
}

const TITLE_STYLE = { size: sizes.title, bold: true };
const CAPTION_STYLE = { size: sizes.caption };
const MOST_PASSES = 6;

/**
 * Draws a figure and finds the margins that its labels need: starts with wide ones, measures what was drawn outside
 * the axes, and repeats until nothing moves (wider axes may get other ticks). The last drawing, with all of the dots,
 * stays on the page.
 *
 * @returns the complete layout
 */
export function fitAndDraw(sheet: Sheet, page: Page): JsonObject {
  let room: Room = { left: 150, right: 150, top: 60, bottom: 150, legend: 30 };
  let layout = layoutFor(sheet, room);
  const full = { ...sheet, data: sheet.data.map((trace) => (isUnseen(trace) ? outermost(trace) : trace)) };
  const outline = { ...sheet, data: full.data.map(outermost) };
  for (let pass = 1; ; pass++) {
    page.seed(sheet.title);
    draw(page, outline, layout);
    const needed = measure(page.place, layout);
    if (pass === MOST_PASSES || isEnough(room, needed, pass)) break;
    room = pass < 3 ? needed : larger(room, needed);
    layout = layoutFor(sheet, room);
  }
  if (outline.data.some((trace, at) => trace !== full.data[at])) draw(page, full, layout);
  return layout;
}

/** Of more dots than this only the outermost are drawn while the margins are sought: the axes are the same. */
const MANY_DOTS = 200;

/** A cloud of dots or words by its four outermost ones, which alone decide on the ends of the axes. */
function outermost(trace: JsonObject): JsonObject {
  const { mode, x, y, text } = trace;
  if ((mode !== "markers" && mode !== "text") || !isNumbers(x) || !isNumbers(y) || x.length <= MANY_DOTS) return trace;
  const ends = [x, y].flatMap((list) => [
    list.reduce((best, value, at) => (value < list[best] ? at : best), 0),
    list.reduce((best, value, at) => (value > list[best] ? at : best), 0),
  ]);
  const words = Array.isArray(text) ? ends.map((at) => text[at]) : null;
  return { ...trace, x: ends.map((at) => x[at]), y: ends.map((at) => y[at]), text: words };
}

/** Dots that only the pointer finds, in the interactive figure: a drawing has none of them. */
function isUnseen({ marker }: JsonObject): boolean {
  return (marker as JsonObject | undefined)?.opacity === 0;
}

function isNumbers(list: Json | undefined): list is number[] {
  return Array.isArray(list) && list.every((value) => typeof value === "number");
}

/** The larger of two rooms on each side: late passes only ever give more, so that they come to an end. */
function larger(a: Room, b: Room): Room {
  const max = (side: keyof Room) => Math.max(a[side], b[side]);
  return { left: max("left"), right: max("right"), top: max("top"), bottom: max("bottom"), legend: max("legend") };
}

/**
 * Plotly draws at once and finishes its bookkeeping later, when the next drawing may already stand in its place: what
 * it complains of then is of no interest.
 */
function draw(page: Page, sheet: Sheet, layout: JsonObject): void {
  const config = { ...sheet.config, staticPlot: true };
  page.plotly.newPlot(page.place, structuredClone(sheet.data), structuredClone(layout), config).catch(() => {});
}

/** In later passes room to spare is fine: only what is too little is mended. */
function isEnough(room: Room, needed: Room, pass: number): boolean {
  const spare = pass < 3 ? 1 : 20;
  return (Object.keys(room) as (keyof Room)[]).every((side) => {
    const left = room[side] - needed[side];
    return left >= -0.01 && left <= spare;
  });
}

function layoutFor(sheet: Sheet, room: Room): JsonObject {
  const { pad } = sizes;
  const sides = { l: Math.ceil(room.left + pad), r: Math.ceil(room.right + pad) };
  const width = sheet.plotWidth === undefined ? sheet.width : sheet.plotWidth + sides.l + sides.r;
  const titleLines = wrapText(sheet.title, width - 2 * pad, TITLE_STYLE);
  const captionLines = sheet.caption ? wrapText(sheet.caption, width - 2 * pad, CAPTION_STYLE) : [];
  const captionHeight = captionLines.length ? captionLines.length * sizes.caption * LINE_HEIGHT + 12 : 0;
  const titleHeight = titleLines.length * sizes.title * LINE_HEIGHT;
  const margin = {
    ...sides,
    t: Math.ceil(pad + titleHeight + 10 + (room.legend ? room.legend + 4 : 0) + (room.top ? room.top + 4 : 0)),
    b: Math.ceil(room.bottom + captionHeight + pad),
    pad: 0,
  };
  const height = sheet.plotHeight + margin.t + margin.b;
  const annotations = [...((sheet.layout.annotations as Json[] | undefined) ?? [])];
  if (captionLines.length) annotations.push(captionNote(captionLines, margin.l - pad, room.bottom + 12));
  const plotWidth = width - margin.l - margin.r;
  return {
    ...sheet.layout,
    width,
    height,
    margin,
    annotations,
    title: titleBlock(titleLines),
    legend: {
      ...(sheet.layout.legend as JsonObject),
      x: -(margin.l - pad) / plotWidth,
      y: 1 + (room.top ? room.top + 4 : 0) / sheet.plotHeight,
    },
  };
}

function titleBlock(lines: readonly string[]): JsonObject {
  // Plotly lets a single line hang from the given height by its capitals, but stands the first of several on it.
  const top = sizes.pad + (lines.length > 1 ? 0.7 * sizes.title : 0);
  return {
    text: lines.map(escapeLabel).join("<br>"),
    font: { size: sizes.title, weight: 600 },
    x: 0,
    xref: "container",
    xanchor: "left",
    y: 1,
    yref: "container",
    yanchor: "top",
    pad: { l: sizes.pad, t: top },
    automargin: false,
  };
}

/** The caption is the annotation with this name; it is measured apart. */
const CAPTION = "caption";

function captionNote(lines: readonly string[], outwards: number, below: number): JsonObject {
  return {
    name: CAPTION,
    text: lines.map(escapeLabel).join("<br>"),
    showarrow: false,
    xref: "paper",
    yref: "paper",
    x: 0,
    y: 0,
    xanchor: "left",
    yanchor: "top",
    xshift: -outwards,
    yshift: -below,
    align: "left",
    borderpad: 0,
    font: { size: sizes.caption, color: "#5b6672" },
  };
}

function measure(place: Element, layout: JsonObject): Room {
  const { l, r, t, b } = layout.margin as { l: number; r: number; t: number; b: number };
  const [width, height] = [layout.width as number, layout.height as number];
  const notes = (layout.annotations as JsonObject[]) ?? [];
  const captionAt = notes.findIndex((note) => note.name === CAPTION);
  let box: Box | undefined;
  for (const text of place.querySelectorAll(".main-svg text")) {
    if (text.closest(`.g-gtitle, .legend, defs, .annotation[data-index="${captionAt}"]`)) continue;
    const own = boxOf(text);
    if (own) box = union(box, own);
  }
  const legend = place.querySelector(".legend .bg");
  const legendBox = legend ? boxOf(legend) : undefined;
  const used = box ?? { left: l, right: width - r, top: t, bottom: height - b };
  return {
    left: Math.max(0, l - used.left),
    right: Math.max(0, used.right - (width - r)),
    top: Math.max(0, t - used.top),
    bottom: Math.max(0, used.bottom - (height - b)),
    legend: legendBox ? legendBox.bottom - legendBox.top : 0,
  };
}
