// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { Lines } from "./series";

export interface ChartLine {
  label: string;
  /** The name of a CSS variable. */
  color: string;
  fill?: boolean;
}

export interface ChartProps {
  title: string;
  /** What a reader who cannot see it is told. */
  summary: string;
  lines: Lines;
  styles: ChartLine[];
  /** What was asked for; a dashed line across, always within view. */
  asked?: number | undefined;
  /** From and to in seconds since the epoch, the same for all charts of a page. */
  range: [number, number];
  format: (value: number) => string;
  /** Ticks of bytes stand at powers of two. */
  binary?: boolean;
}

const HEIGHT = 128;
const AXIS_FONT = "11px system-ui, sans-serif";

function variable(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The smallest round number of steps of which at most four fit below the top. */
export function tickStep(top: number, binary: boolean): number {
  if (!(top > 0)) {
    return 1;
  }
  if (binary) {
    return 2 ** Math.ceil(Math.log2(top / 4));
  }
  const magnitude = 10 ** Math.floor(Math.log10(top / 4));
  return [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => step * 4 >= top) ?? top;
}

function ticks(top: number, binary: boolean): number[] {
  const step = tickStep(top, binary);
  const values: number[] = [];
  for (let value = 0; value <= top; value += step) {
    values.push(value);
  }
  return values;
}

function askedLine(asked: () => number | undefined): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const value = asked();
        if (value === undefined) {
          return;
        }
        const context = plot.ctx;
        const y = Math.round(plot.valToPos(value, "y", true));
        context.save();
        context.strokeStyle = variable("--asked");
        context.lineWidth = 2 * devicePixelRatio;
        context.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
        context.beginPath();
        context.moveTo(plot.bbox.left, y);
        context.lineTo(plot.bbox.left + plot.bbox.width, y);
        context.stroke();
        context.restore();
      },
    },
  };
}

function options(props: () => ChartProps, width: number, readout: HTMLElement): uPlot.Options {
  const first = props();
  const top = (plot: uPlot): number => {
    const highest = plot.data
      .slice(1)
      .reduce((most, column) => Math.max(most, ...column.map((value) => value ?? 0)), props().asked ?? 0);
    return highest > 0 ? highest * 1.08 : 1;
  };
  const axis = {
    stroke: variable("--muted"),
    font: AXIS_FONT,
    grid: { stroke: variable("--grid"), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    padding: [6, 28, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 6 },
      sync: { key: "plimsoll" },
      // A value holds from its own moment to the next: the point before the cursor, not the nearest one.
      dataIdx: (plot, _, nearest, second) => ((plot.data[0][nearest] ?? 0) > second ? Math.max(0, nearest - 1) : nearest),
    },
    scales: { x: { time: true, range: () => props().range }, y: { range: (plot) => [0, top(plot)] } },
    axes: [
      { ...axis, size: 24, space: 80, values: (_, seconds) => seconds.map(clock) },
      {
        ...axis,
        size: 62,
        splits: (plot) => ticks(top(plot), first.binary ?? false),
        values: (_, values) => values.map((value) => first.format(value)),
      },
    ],
    series: [
      {},
      ...first.styles.map((style): uPlot.Series => {
        const stepped = uPlot.paths.stepped?.({ align: 1 });
        return {
          label: style.label,
          stroke: variable(style.color),
          width: 2,
          points: { show: false },
          ...(style.fill ? { fill: variable(`${style.color}-fill`) } : {}),
          ...(stepped === undefined ? {} : { paths: stepped }),
        };
      }),
    ],
    plugins: [askedLine(() => props().asked)],
    hooks: {
      setCursor: [
        (plot) => {
          const index = plot.cursor.idxs?.[1];
          readout.textContent = index === null || index === undefined ? "" : said(plot, index, props());
        },
      ],
    },
  };
}

/** Time of day in the reader's zone. */
function clock(second: number): string {
  return new Date(second * 1000).toTimeString().slice(0, 8);
}

function said(plot: uPlot, index: number, props: ChartProps): string {
  const second = plot.data[0][index];
  if (second === undefined) {
    return "";
  }
  const values = props.styles.map((style, column) => {
    const value = plot.data[column + 1]?.[index];
    return value === null || value === undefined ? "" : `${style.label} ${props.format(value)}`;
  });
  return [clock(second), ...values.filter((value) => value !== "")].join(" · ");
}

function aligned(lines: Lines): uPlot.AlignedData {
  return [lines.seconds, ...lines.columns] as uPlot.AlignedData;
}

/** Lines over time; new data moves the lines and nothing else. */
export function Chart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const parent = box.current;
    const words = readout.current;
    if (parent === null || words === null) {
      return undefined;
    }
    const draw = (): void => {
      plot.current?.destroy();
      const width = Math.max(200, parent.clientWidth);
      plot.current = new uPlot(options(() => latest.current, width, words), aligned(latest.current.lines), parent);
    };
    draw();
    const resized = new ResizeObserver(() => {
      const width = Math.max(200, parent.clientWidth);
      if (plot.current !== null && plot.current.width !== width) {
        plot.current.setSize({ width, height: HEIGHT });
      }
    });
    resized.observe(parent);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    return () => {
      resized.disconnect();
      scheme.removeEventListener("change", draw);
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);

  useEffect(() => {
    plot.current?.setData(aligned(props.lines));
  }, [props.lines, props.asked, props.range[0], props.range[1]]);

  return (
    <div class="chart">
      <p class="quiet chart-title">
        <span>{props.title}</span>
        <span ref={readout} class="readout" aria-hidden="true" />
      </p>
      <div ref={box} role="img" aria-label={props.summary} style={{ height: `${HEIGHT}px` }} />
    </div>
  );
}
