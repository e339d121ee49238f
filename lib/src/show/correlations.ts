import { HitlabError } from "../errors";
import { cellColour, cellInk } from "./cells";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { counted, formatNumber } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { shorten, textWidth } from "./text/measure";
import { colours, sizes } from "./theme";

/** Correlations of columns with each other, as `evaluate.correlations` gives them. */
export interface CorrelationTable {
  readonly names: readonly string[];
  /** A row per name of as many values from -1 to 1, symmetric; null or NaN where there is none. */
  readonly values: readonly (readonly (number | null)[])[];
}

export interface CorrelationsFigureOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** Names to be found at once, such as the target: bold, their row and column framed. */
  readonly mark?: readonly string[];
  /** The smallest correlation, above or below 0, that is written into its square (0.5). */
  readonly written?: number;
}

/** Sizes in pixels: the largest square, the room for a name, and how large a square must be for what is written in it. */
const LOOK = { square: 46, name: 190, decimals: 38, signed: 26, legible: 14 };

/**
 * Correlations as squares: blue where two columns rise together, orange where one falls as the other rises, pale where
 * neither. `evaluate.correlations` with `order: "clustered"` puts like beside like, so that groups show as blocks.
 *
 * @throws HitlabError unless there is a value from -1 to 1 for each name with each
 * @example
 * ```ts
 * const table = evaluate.correlations(samples.x, { order: "clustered" });
 * show.correlations(table, { title: "Playlists go with streams, sound does not", mark: ["streams"] });
 * ```
 */
export function correlations(table: CorrelationTable, options: CorrelationsFigureOptions): void {
  showFigure(correlationsFigure(table, options));
}

/** The figure of {@link correlations}, not shown. */
export function correlationsFigure(table: CorrelationTable, options: CorrelationsFigureOptions): Figure {
  checkTable(table, options);
  const { names } = table;
  const last = names.length - 1;
  const marked = new Set(options.mark ?? []);
  const short = names.map((name) => shorten(name, LOOK.name, { size: sizes.tick, bold: marked.has(name) }));
  const widest = Math.max(
    ...short.map((name, at) => textWidth(name, { size: sizes.tick, bold: marked.has(names[at]) })),
  );
  const side = Math.min(LOOK.square, Math.floor((sizes.width - 2 * sizes.pad - widest - 16) / names.length));
  const font = { size: side < 22 ? 11 : sizes.tick, color: colours.ink };
  const texts = short.map((name, at) => (marked.has(names[at]) ? `<b>${escapeLabel(name)}</b>` : escapeLabel(name)));
  const axis = { tickvals: names.map((_, at) => at), ticktext: texts, tickfont: font, ...plainAxis };
  const written = writtenSquares(table, options.written ?? 0.5, side);
  const layout = {
    xaxis: { ...axis, range: [-0.5, last + 0.5], tickangle: -45 },
    yaxis: { ...axis, range: [last + 0.5, -0.5] },
    shapes: [...squares(table), ...frames(names, marked), ...scaleStrip()],
    annotations: scaleWords(written ? howWritten(side) : undefined, options.written ?? 0.5),
  };
  const text = { ...options, alt: [options.alt, inWords(table, marked)].filter(Boolean).join(" ") };
  const data = written ? [hoverDots(table, side), written] : [hoverDots(table, side)];
  return drawFigure({ data, layout, plotHeight: side * names.length, plotWidth: side * names.length }, text);
}

const plainAxis = { autorange: false, showgrid: false, showline: false, ticks: "", fixedrange: true } as const;

function checkTable({ names, values }: CorrelationTable, { mark = [] }: CorrelationsFigureOptions): void {
  const odd = values.find((row) => row.length !== names.length);
  if (names.length === 0 || values.length !== names.length || odd) {
    throw new HitlabError({
      what: `correlations of ${counted(names.length, "column")} need a value for each with each, and one at least`,
      value: odd ? `a row of ${odd.length}` : `${values.length} rows`,
      remedy: "pass what evaluate.correlations gives",
    });
  }
  // A hair more than 1 may come of rounding.
  const beyond = values.flat().find((value) => isKnown(value) && Math.abs(value) > 1 + 1e-9);
  if (beyond !== undefined) {
    throw new HitlabError({
      what: "a correlation lies between -1 and 1",
      value: beyond,
      remedy: "pass correlations, not covariances",
    });
  }
  const unknown = mark.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const remedy = `mark some of: ${names.slice(0, 40).join(", ")}`;
    throw new HitlabError({ what: "there is no such column to mark", value: unknown, remedy });
  }
}

function isKnown(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** Fills of so many strengths on either side of 0: more the eye does not tell apart. */
const SHADES = 20;

/** All squares of one fill are one shape: a shape for each would make the figure several times as large. */
function squares({ values }: CorrelationTable): PlotlyObject[] {
  const paths = new Map<number | null, string[]>();
  for (const [row, list] of values.entries()) {
    for (const [column, value] of list.entries()) {
      const shade = row === column || !isKnown(value) ? null : Math.round(value * SHADES) || 0;
      const path = `M${column - 0.47},${row - 0.47}H${column + 0.47}V${row + 0.47}H${column - 0.47}Z`;
      paths.set(shade, [...(paths.get(shade) ?? []), path]);
    }
  }
  return [...paths].map(([shade, parts]) => ({
    type: "path",
    layer: "below",
    path: parts.join(""),
    line: { width: 0 },
    fillcolor: shade === null ? "#dfe4e9" : cellColour(shade / SHADES),
  }));
}

function frames(names: readonly string[], marked: ReadonlySet<string>): PlotlyObject[] {
  const last = names.length - 0.5;
  return names.flatMap((name, at) => {
    if (!marked.has(name)) return [];
    const line = { color: colours.ink, width: 1.5 };
    const [from, to] = [at - 0.5, at + 0.5];
    return [
      { type: "rect", x0: -0.5, x1: last, y0: from, y1: to, line },
      { type: "rect", x0: from, x1: to, y0: -0.5, y1: last, line },
    ];
  });
}

/** What the pointer finds in the interactive figure. */
function hoverDots({ names, values }: CorrelationTable, side: number): PlotlyObject {
  const cells = values.flatMap((row, r) => row.map((value, c) => ({ r, c, value })));
  return {
    type: "scatter",
    mode: "markers",
    x: cells.map(({ c }) => c),
    y: cells.map(({ r }) => r),
    text: cells.map(({ r, c, value }) => escapeLabel(`${names[r]}, ${names[c]}: ${formatNumber(value, 2)}`)),
    hoverinfo: "text",
    marker: { size: side * 0.6, opacity: 0 },
  };
}

type Writing = "decimals" | "signed" | "unsigned";

/** In small squares there is no room for "0." and in smaller ones none for the sign; the colour says it. */
function howWritten(side: number): Writing {
  if (side >= LOOK.decimals) return "decimals";
  return side >= LOOK.signed ? "signed" : "unsigned";
}

/** The numbers in the squares; undefined where there are none, or no room for them. */
function writtenSquares({ values }: CorrelationTable, least: number, side: number): PlotlyObject | undefined {
  if (side < LOOK.legible) return undefined;
  const strong = values.flatMap((row, r) =>
    row.flatMap((value, c) => (r !== c && isKnown(value) && Math.abs(value) >= least ? [{ r, c, value }] : [])),
  );
  if (!strong.length) return undefined;
  const how = howWritten(side);
  const shown = (value: number) =>
    how === "decimals"
      ? formatNumber(value, 2)
      : formatNumber(Math.round((how === "signed" ? value : Math.abs(value)) * 100));
  const texts = strong.map(({ value }) => shown(value));
  return {
    type: "scatter",
    mode: "text",
    x: strong.map(({ c }) => c),
    y: strong.map(({ r }) => r),
    text: texts,
    textfont: {
      size: texts.map((text) => (side >= 22 ? 11 : text.length > 2 ? 8 : 9)),
      color: strong.map(({ value }) => cellInk(Math.round(value * SHADES) / SHADES)),
    },
    hoverinfo: "skip",
  };
}

/** The strip that explains the fills, above the squares: sizes in pixels. */
const STRIP = { left: 20, step: 13, low: 8, high: 19 };
const STRIP_SHADES = Array.from({ length: 11 }, (_, at) => (at - 5) / 5);

function scaleStrip(): PlotlyObject[] {
  const place = { xref: "paper", yref: "paper", xsizemode: "pixel", ysizemode: "pixel", xanchor: 0, yanchor: 1 };
  return STRIP_SHADES.map((shade, at) => ({
    type: "rect",
    ...place,
    x0: STRIP.left + at * STRIP.step,
    x1: STRIP.left + (at + 1) * STRIP.step,
    y0: STRIP.low,
    y1: STRIP.high,
    line: { width: 0 },
    fillcolor: cellColour(shade),
  }));
}

function scaleWords(numbers: Writing | undefined, least: number): PlotlyObject[] {
  const width = STRIP_SHADES.length * STRIP.step;
  const from = least > 0 ? ` from ${formatNumber(least, 2)} on` : "";
  const how = { decimals: from && "written", signed: "in hundredths", unsigned: "in hundredths, without sign," };
  const rest = numbers && how[numbers] ? `; ${how[numbers]}${from}` : "";
  const word = (text: string, xshift: number, xanchor: string): PlotlyObject => ({
    text,
    xref: "paper",
    yref: "paper",
    x: 0,
    y: 1,
    xshift,
    yshift: (STRIP.low + STRIP.high) / 2,
    xanchor,
    yanchor: "middle",
    showarrow: false,
    borderpad: 0,
    font: { size: sizes.tick, color: colours.quiet },
  });
  return [word("−1", STRIP.left - 4, "right"), word(`1  correlation${rest}`, STRIP.left + width + 4, "left")];
}

/** The strongest pairs, and all correlations of what is marked. */
function inWords({ names, values }: CorrelationTable, marked: ReadonlySet<string>): string {
  const pairs = names.flatMap((one, r) =>
    names.slice(0, r).flatMap((other, c) => {
      const value = values[r][c];
      return isKnown(value) ? [{ one: other, other: one, value }] : [];
    }),
  );
  const sorted = pairs.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const strongest = sorted.slice(0, 10).map(({ one, other, value }) => `${one} and ${other} ${formatNumber(value, 2)}`);
  const marks = [...marked].map((name) => {
    const own = sorted.filter(({ one, other }) => one === name || other === name).slice(0, 40);
    return `${name} with ${own.map(({ one, other, value }) => `${one === name ? other : one} ${formatNumber(value, 2)}`).join(", ")}.`;
  });
  const head = `Correlations of ${counted(names.length, "column")} with each other`;
  return [
    strongest.length ? `${head}. Strongest of ${counted(pairs.length, "pair")}: ${strongest.join(", ")}.` : `${head}.`,
    ...marks,
  ].join(" ");
}
