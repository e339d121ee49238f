import { HitlabError } from "../errors";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber, percent } from "./format";
import { type PanelGrid, panelGrid, panelPlace } from "./panel-grid";
import { panelHeading } from "./plotly/heading";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { shorten, textWidth, wrapText } from "./text/measure";
import { colours, palette, sizes } from "./theme";

/** What one hyperparameter of a grid did, as `evaluate.mainEffects` gives it. */
export interface Effect {
  readonly parameter: string;
  /** Mean score at each of its values; null where all fits failed. */
  readonly levels: readonly { readonly value: unknown; readonly mean: number | null; readonly failed: number }[];
  /** What going from one value to another changed, with its interval. */
  readonly differences: readonly {
    readonly label: string;
    readonly estimate: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  /** Share of the variance over the settings that it explains alone. */
  readonly share: number | null;
}

export interface EffectsOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** What the scores are: "mean squared error (less is better)". */
  readonly score: string;
  /** Decimals (2). */
  readonly digits?: number;
}

/** Sizes in pixels. */
const PANEL = { most: 5, height: 170, beside: 18, left: 100, line: 17, between: 34 };

/**
 * What each hyperparameter of a grid does: a panel for each, with the mean score at its values, all on one scale; those
 * that explain most come first. Above each stands the difference with its interval, grey where that reaches 0.
 *
 * @throws HitlabError for no effects, or none with a score
 * @example
 * ```ts
 * const effects = evaluate.mainEffects(found.fits);
 * show.effects(effects, { title: "Epochs and neurons decide, dropout hardly", score: "mean squared error" });
 * ```
 */
export function effects(rows: readonly Effect[], options: EffectsOptions): void {
  showFigure(effectsFigure(rows, options));
}

/** The figure of {@link effects}, not shown. */
export function effectsFigure(rows: readonly Effect[], options: EffectsOptions): Figure {
  const known = rows.flatMap(({ levels }) => levels.flatMap(({ mean }) => (mean === null ? [] : [mean])));
  if (!known.length) {
    throw new HitlabError({ what: "there are no effects to draw", remedy: "pass what evaluate.mainEffects gives" });
  }
  const ordered = [...rows].sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  const columns = Math.min(PANEL.most, rows.length);
  const grid = panelGrid({
    panels: rows.length,
    columns,
    width: Math.min(320, Math.floor((sizes.width - PANEL.left - (columns - 1) * PANEL.beside) / columns)),
    height: PANEL.height,
    beside: PANEL.beside,
    above: 4 * PANEL.line + PANEL.between,
  });
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const space = (high - low || Math.abs(high) || 1) * 0.16;
  const parts = ordered.map((row, at) => panel(row, { at, grid, range: [low - space, high + space], options }));
  const layout = {
    ...Object.assign({}, ...parts.map((part) => part.axes)),
    annotations: parts.map((part) => part.heading),
  };
  const alt = [options.alt, `Mean ${options.score} by value.`, ...ordered.map((row) => inWords(row, options.digits))];
  const caption = [options.caption, failedRemark(ordered)].filter(Boolean).join(" ");
  return drawFigure(
    { data: parts.map((part) => part.trace), layout, plotHeight: grid.plotHeight, plotWidth: grid.plotWidth },
    { ...options, alt: alt.filter(Boolean).join(" "), caption: caption || undefined },
  );
}

interface Place {
  readonly at: number;
  readonly grid: PanelGrid;
  readonly range: readonly [number, number];
  readonly options: EffectsOptions;
}

function panel(row: Effect, { at, grid, range, options }: Place) {
  const { on, axes, across, up, left, top, isFirst } = panelPlace(grid, at);
  const { levels } = row;
  const style = { size: sizes.axis };
  const room = grid.width / levels.length - 4;
  const names = levels.map(({ value }) => escapeLabel(shorten(String(value), room, { size: sizes.tick })));
  const texts = levels.map(({ mean }) => formatNumber(mean, options.digits ?? 2));
  const fits = texts.every((text) => textWidth(text, { size: sizes.tick }) <= room);
  return {
    trace: {
      type: "scatter",
      mode: fits ? "lines+markers+text" : "lines+markers",
      ...on,
      x: levels.map((_, i) => i),
      y: levels.map(({ mean }) => mean),
      text: texts,
      textposition: sides(levels.map(({ mean }) => mean)),
      textfont: { size: sizes.tick, color: colours.ink },
      cliponaxis: false,
      hoverinfo: "y",
      line: { color: palette[0], width: 2 },
      marker: { color: palette[0], size: 8 },
    },
    axes: {
      [axes.x]: {
        tickvals: levels.map((_, i) => i),
        ticktext: names,
        tickangle: 0,
        range: [-0.5, levels.length - 0.5],
        autorange: false,
        showgrid: false,
        domain: across,
        anchor: on.yaxis,
      },
      [axes.y]: {
        title: isFirst
          ? {
              text: wrapText(shorten(options.score, 1.8 * grid.height, style), grid.height, style)
                .map(escapeLabel)
                .join("<br>"),
            }
          : undefined,
        showticklabels: isFirst,
        range,
        autorange: false,
        nticks: 5,
        domain: up,
        anchor: on.xaxis,
      },
    },
    heading: heading(row, options, { left, top, room: grid.width }),
  };
}

/** Where each number stands, off the line: outside of a bend, and beside a slope. */
function sides(means: readonly (number | null)[]): string[] {
  return means.map((mean, at) => {
    const own = mean ?? 0;
    const [before, after] = [own - (means[at - 1] ?? own), (means[at + 1] ?? own) - own];
    if (before > 0 && after > 0) return "top left";
    if (before < 0 && after < 0) return "top right";
    return before < 0 || after > 0 ? "bottom center" : "top center";
  });
}

/** The name, the largest difference and its interval, and what share of the variance it explains. */
function heading(
  row: Effect,
  { digits = 2 }: EffectsOptions,
  { left, top, room }: { left: number; top: number; room: number },
): PlotlyObject {
  const bold = { size: sizes.axis, bold: true };
  const { estimate, low, high } = largest(row) ?? { estimate: null, low: null, high: null };
  const isSure = low !== null && high !== null && (low > 0 || high < 0);
  const grey = (text: string) => `<span style="color:${colours.quiet}">${text}</span>`;
  const change = `${signed(estimate, digits)}`;
  const interval = low === null || high === null ? "" : `${signed(low, digits)} to ${signed(high, digits)}`;
  const lines = [
    `<b>${escapeLabel(shorten(row.parameter, room, bold))}</b>`,
    row.share === null ? " " : grey(`${percent(row.share, 0)} of variance`),
    isSure ? `<b>${change}</b>` : grey(change),
    grey(interval || " "),
  ];
  return panelHeading(lines.join("<br>"), { left, top }, sizes.tick);
}

function largest({ differences }: Effect): Effect["differences"][number] | undefined {
  return [...differences].sort((a, b) => Math.abs(b.estimate ?? 0) - Math.abs(a.estimate ?? 0))[0];
}

/** With its sign, as it is a change. */
function signed(value: number | null, digits: number): string {
  const text = formatNumber(value, digits);
  return value !== null && value > 0 ? `+${text}` : text;
}

function failedRemark(rows: readonly Effect[]): string {
  const failed = rows.flatMap(({ parameter, levels }) =>
    levels.flatMap(({ value, failed }) => (failed ? [`${parameter} ${value}: ${failed}`] : [])),
  );
  return failed.length ? `Failed fits are left out (${failed.join(", ")}).` : "";
}

function inWords({ parameter, levels, differences, share }: Effect, digits = 2): string {
  const means = levels.map(({ value, mean }) => `${value} ${formatNumber(mean, digits)}`).join(", ");
  const changes = differences.slice(0, 10).map(({ label, estimate, low, high }) => {
    const interval = low === null || high === null ? "" : ` (${signed(low, digits)} to ${signed(high, digits)})`;
    return `${label} ${signed(estimate, digits)}${interval}`;
  });
  const explained = share === null ? "" : ` It explains ${percent(share, 0)} of the variance.`;
  return `${parameter}: ${means}${changes.length ? `; ${changes.join(", ")}` : ""}.${explained}`;
}
