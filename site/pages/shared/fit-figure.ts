/// <reference lib="dom" />

export interface Size {
  width: number;
  height: number;
}

interface Note {
  name?: string;
}

interface Layout {
  [name: string]: unknown;
  margin?: Record<string, number>;
  annotations?: Note[];
  font?: object;
  legend?: object;
}

export interface Figure {
  data: unknown[];
  layout?: Layout;
  config?: object;
}

/** On a phone; site.css shows title and caption of a figure as text there, by the same width. */
const phone = matchMedia("(max-width: 640px)");

/**
 * A figure's layout for the box it stands in. Figures are designed for a text column and keep that design in one. On a
 * phone title and caption stand outside, margins follow the labels and the legend lies below; a `wide` one (of many
 * panels) keeps its design there too and is pushed sideways.
 */
export function fitted(figure: Figure, box: Size, wide: boolean): Required<Figure> {
  const layout: Layout = structuredClone(figure.layout ?? {});
  Object.assign(layout, box, { autosize: false, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" });
  layout.modebar = { bgcolor: "rgba(0,0,0,0)", color: "#6b7680", activecolor: "#1b1f24" };
  if (phone.matches && !wide) narrow(layout, figure.data, box);
  // A finger that scrolls the page must not zoom the figure, and without hovering its buttons would cover it for good.
  const touch = matchMedia("(pointer: coarse)").matches;
  if (touch) layout.dragmode = false;
  const bar = touch || phone.matches ? { displayModeBar: false } : {};
  // Plotly's button "Share chart..." would send the figure to its maker's server: nothing leaves these pages.
  const kept = { showSendToCloud: false, plotlyServerURL: "", displaylogo: false, responsive: false };
  const config = { ...figure.config, ...bar, ...kept };
  return { data: structuredClone(figure.data), layout, config };
}

function narrow(layout: Layout, data: unknown[], box: Size): void {
  delete layout.title;
  layout.annotations = layout.annotations?.filter((note) => note.name !== "caption");
  layout.font = { ...layout.font, size: 11 };
  // The design leaves room on the right for figures written beside bars; Plotly does not measure those.
  const right = Math.min(Math.max(layout.margin?.r ?? 0, 14), 48);
  layout.margin = { l: 36, r: right, t: 14, b: 34, pad: 0 };
  const inside = { x: 0, xref: "container", xanchor: "left", y: 0, yref: "container", yanchor: "bottom" };
  layout.legend = { ...layout.legend, ...inside, orientation: "h", font: { size: 11 } };
  const labelalias = aliases(data as Trace[]);
  const axes = Object.entries({ xaxis: {}, yaxis: {}, ...layout }).filter(([name]) => /^[xy]axis\d*$/.test(name));
  for (const [name, axis] of axes as [string, Axis][]) {
    layout[name] = { ...axis, automargin: true, labelalias };
    if (axis.ticktext) Object.assign(layout[name] as object, { ticktext: axis.ticktext.map(label) });
  }
  const taken = Math.max(0, ...Object.values(labelalias).map(widthOf), ...labelsBeside(layout).map(widthOf));
  for (const [name] of axes) {
    const room = name.startsWith("x") ? box.width - taken - 80 : box.height * 0.6;
    const axis = name.startsWith("x") ? sparse(layout[name] as Axis, room + 30) : (layout[name] as Axis);
    layout[name] = withTitle(axis, room);
  }
}

interface Axis {
  title?: { text?: string; font?: object };
  ticktext?: unknown[];
  tickvals?: unknown[];
  type?: string;
  range?: [from: number, to: number];
  domain?: [from: number, to: number];
}

/** Pixels from a line of a label to the next. */
const LINE_HEIGHT = 16;

/** The height in pixels that a figure needs on a phone, where long names at its side take several lines. */
export function phoneHeight({ data, layout }: Figure): number {
  const own = ((data as Trace[]) ?? []).flatMap(({ y }) => (Array.isArray(y) ? y : []));
  const names = (layout?.yaxis as Axis | undefined)?.ticktext ?? [...new Set(own)];
  const lines = names.filter((name) => typeof name === "string").map((name) => String(label(name)).split("<br>"));
  const most = Math.max(0, ...lines.map(({ length }) => length));
  return lines.length * most * LINE_HEIGHT + 90;
}

/** An axis of numbers with so few of its ticks that they do not touch on `width` pixels. */
function sparse(axis: Axis, width: number): Axis {
  const { tickvals, ticktext, type, range, domain = [0, 1] } = axis;
  if (!tickvals || ticktext || !tickvals.every((value) => typeof value === "number")) return axis;
  // The ends of a logarithmic axis are logarithms, its ticks are not.
  const places = type === "log" ? tickvals.map(Math.log10) : tickvals;
  const [from, to] = range ?? [places[0], places[places.length - 1]];
  const apart = Math.abs((places[1] - places[0]) / (to - from)) * (domain[1] - domain[0]) * width;
  const longest = Math.max(0, ...tickvals.map((value) => widthOf(String(value)))) + LETTER;
  // Of one tick the distance is NaN, and it stays.
  const step = apart > 0 ? Math.ceil(longest / apart) : 1;
  return { ...axis, tickvals: tickvals.filter((_, at) => at % step === 0) };
}

interface Trace {
  x?: unknown;
  y?: unknown;
}

/** About how wide a letter is at the sizes used on a phone, in pixels. */
const LETTER = 6.5;
/** Letters in a line of a label on an axis, and lines. */
const LINE = 20;
const LINES = 3;

/** Words in lines of at most `letters` letters, where words allow. */
function lines(text: string, letters: number): string[] {
  const found: string[] = [];
  for (const word of text.split(/ |<br>/)) {
    const line = found.at(-1);
    if (line !== undefined && line.length + word.length < letters) found[found.length - 1] = `${line} ${word}`;
    else found.push(word);
  }
  return found;
}

/** A long name in a few short lines; whole it would leave no room for what it names. */
function label(text: unknown): unknown {
  if (typeof text !== "string" || text.length <= LINE) return text;
  // A cut must not fall into an escaped sign such as &lt;
  const short = (line: string) => (line.length > LINE ? `${line.slice(0, LINE - 1).replace(/&\w*$/, "")}…` : line);
  const all = lines(text, LINE).map(short);
  return all.length > LINES ? `${all.slice(0, LINES).join("<br>").replace(/…$/, "")}…` : all.join("<br>");
}

/** Names that are themselves the values of an axis, with what is written in their place. */
function aliases(data: Trace[]): Record<string, string> {
  const values = data.flatMap(({ x, y }) => [x, y].filter(Array.isArray).flat());
  const long = values.filter((name): name is string => typeof name === "string" && name.length > LINE);
  return Object.fromEntries(long.map((name) => [name, String(label(name))]));
}

function labelsBeside(layout: Layout): string[] {
  return ((layout.yaxis as Axis).ticktext ?? []).map(String);
}

function widthOf(text: string): number {
  return Math.max(...text.split("<br>").map((line) => line.length)) * LETTER;
}

/** An axis with its title in lines that fit into `room` pixels. */
function withTitle(axis: Axis, room: number): Axis {
  const { title } = axis;
  if (!title?.text) return axis;
  const text = lines(title.text, Math.max(room / LETTER, 12)).join("<br>");
  return { ...axis, title: { ...title, text, font: { ...title.font, size: 12 } } };
}
