/** How panels of one size stand, row after row. Pixels. */
export interface PanelGridSpec {
  readonly panels: number;
  readonly columns: number;
  /** Inside the axes of a panel. */
  readonly width: number;
  readonly height: number;
  /** Room between panels beside each other. */
  readonly beside: number;
  /** Room above a panel that stands below another. */
  readonly above: number;
}

/** Where panels stand in a figure whose axes are alike: only the outer ones carry numbers. */
export interface PanelGrid extends PanelGridSpec {
  /** Of all panels together, in pixels. */
  readonly plotWidth: number;
  readonly plotHeight: number;
}

export function panelGrid(spec: PanelGridSpec): PanelGrid {
  const rows = Math.ceil(spec.panels / spec.columns);
  return {
    ...spec,
    plotWidth: spec.columns * spec.width + (spec.columns - 1) * spec.beside,
    plotHeight: rows * spec.height + (rows - 1) * spec.above,
  };
}

/** A panel's place: its axes' names, its part of the whole, and whether it is the one that carries the numbers. */
export function panelPlace(grid: PanelGrid, at: number) {
  const number = at === 0 ? "" : String(at + 1);
  const [column, row] = [at % grid.columns, Math.floor(at / grid.columns)];
  const left = (column * (grid.width + grid.beside)) / grid.plotWidth;
  const top = 1 - (row * (grid.height + grid.above)) / grid.plotHeight;
  return {
    /** For a trace. */
    on: { xaxis: `x${number}`, yaxis: `y${number}` },
    /** For the layout. */
    axes: { x: `xaxis${number}`, y: `yaxis${number}` },
    across: [left, Math.min(1, left + grid.width / grid.plotWidth)],
    up: [Math.max(0, top - grid.height / grid.plotHeight), top],
    left,
    top,
    isLowest: at + grid.columns >= grid.panels,
    isFirst: column === 0,
  };
}
