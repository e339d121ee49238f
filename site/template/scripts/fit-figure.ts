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
  annotations?: Note[];
  font?: object;
  legend?: object;
}

export interface Figure {
  data: unknown[];
  layout?: Layout;
  config?: object;
}

/** Letters of a name on an axis, on a phone. */
const LONGEST = 20;

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
  if (phone.matches && !wide) narrow(layout, figure.data, box);
  // A finger that scrolls the page must not zoom the figure, and without hovering its buttons would cover it for good.
  const touch = matchMedia("(pointer: coarse)").matches;
  if (touch) layout.dragmode = false;
  const bar = touch || phone.matches ? { displayModeBar: false } : {};
  const config = { ...figure.config, ...bar, responsive: false, displaylogo: false };
  return { data: structuredClone(figure.data), layout, config };
}

function narrow(layout: Layout, data: unknown[], box: Size): void {
  delete layout.title;
  layout.annotations = layout.annotations?.filter((note) => note.name !== "caption");
  layout.font = { ...layout.font, size: 11 };
  layout.margin = { l: 36, r: 14, t: 14, b: 34, pad: 0 };
  layout.legend = {
    ...layout.legend,
    orientation: "h",
    x: 0,
    xref: "container",
    xanchor: "left",
    y: 0,
    yref: "container",
    yanchor: "bottom",
    font: { size: 11 },
  };
  const labelalias = shortened(data as Trace[]);
  for (const [name, axis] of Object.entries({ xaxis: {}, yaxis: {}, ...layout })) {
    if (!/^[xy]axis\d*$/.test(name)) continue;
    const room = name.startsWith("x") ? box.width : box.height;
    layout[name] = { ...broken(axis as Axis, room * 0.75), automargin: true, labelalias };
  }
}

interface Axis {
  title?: { text?: string; font?: object };
}

/** About how wide a letter of an axis title is, in pixels. */
const LETTER = 6.5;

/** An axis with its title in lines that fit into `room` pixels. */
function broken(axis: Axis, room: number): Axis {
  const { title } = axis;
  if (!title?.text) return axis;
  const lines: string[] = [];
  for (const word of title.text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && (line.length + word.length) * LETTER < room) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return { ...axis, title: { ...title, text: lines.join("<br>"), font: { ...title.font, size: 12 } } };
}

interface Trace {
  x?: unknown;
  y?: unknown;
}

/** Long names on an axis, each with its beginning: whole they would leave no room for what they name. */
function shortened(data: Trace[]): Record<string, string> {
  const names = data.flatMap(({ x, y }) => [x, y].filter(Array.isArray).flat());
  const long = names.filter((name): name is string => typeof name === "string" && name.length > LONGEST);
  return Object.fromEntries(long.map((name) => [name, `${name.slice(0, LONGEST - 1).replace(/&\w*$/, "")}…`]));
}
