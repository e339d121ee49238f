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

/** On a phone; site.css shows title and caption of a figure as text there, by the same width. */
const phone = matchMedia("(max-width: 640px)");

/**
 * A figure's layout for the box it stands in. Figures are designed for a text column and keep that design in one. On a
 * phone title and caption stand outside, margins follow the labels and the legend lies below.
 */
export function fitted(figure: Figure, box: Size): Required<Figure> {
  const layout: Layout = structuredClone(figure.layout ?? {});
  Object.assign(layout, box, { autosize: false, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" });
  if (phone.matches) narrow(layout);
  // A finger that scrolls the page must not zoom the figure.
  if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
  return {
    data: structuredClone(figure.data),
    layout,
    config: { ...figure.config, responsive: false, displaylogo: false },
  };
}

function narrow(layout: Layout): void {
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
  for (const [name, axis] of Object.entries(layout)) {
    if (/^[xy]axis\d*$/.test(name)) layout[name] = { ...(axis as object), automargin: true };
  }
}
