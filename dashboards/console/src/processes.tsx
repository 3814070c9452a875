// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import { useMemo, useState } from "preact/hooks";
import type { Process, Rollup } from "./api";
import { Chart } from "./chart";
import { bytes, decimal, millis, percent } from "./format";
import { Section } from "./parts";
import * as series from "./series";

/** More processes than these wait behind a click. */
const AT_FIRST = 8;
const MEMORY_STYLES = [
  { label: "resident", color: "--rss", fill: true },
  { label: "heap used", color: "--heap" },
];
const CPU_STYLES = [{ label: "busy", color: "--cpu", fill: true }];
const cores = (value: number): string => `${decimal(value)} ${value === 1 ? "core" : "cores"}`;

export function processName(process: Process): string {
  return process.role === "executor" && process.executorId !== undefined
    ? `Executor ${process.executorId}`
    : process.role.charAt(0).toUpperCase() + process.role.slice(1).replace("-", " ");
}

/** Executors by number, then the driver, then others. */
export function inOrder(processes: Process[]): Process[] {
  const rank = (process: Process): number => (process.role === "executor" ? 0 : process.role === "driver" ? 1 : 2);
  return [...processes].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (one.executorId ?? "").localeCompare(other.executorId ?? "", "en", { numeric: true }) ||
      one.startMillis - other.startMillis ||
      one.process.localeCompare(other.process),
  );
}

function memoryText(process: Process): string {
  const most = process.memory.rssMaxBytes;
  const asked = process.container?.totalBytes;
  if (most === undefined) {
    return "no sample yet";
  }
  if (asked === undefined || asked <= 0) {
    return `used at most ${bytes(most)}`;
  }
  return `asked ${bytes(asked)}, used at most ${bytes(most)} (${percent(most / asked)})`;
}

function cpuText(process: Process): string {
  const nanos = process.cpu.processNanos;
  if (nanos === undefined || process.lifetimeMillis === undefined || process.lifetimeMillis <= 0) {
    return "no sample yet";
  }
  const busy = nanos / 1e6 / process.lifetimeMillis;
  return process.cores === undefined
    ? `${decimal(busy)} cores busy on average`
    : `asked ${cores(process.cores)}, ${decimal(busy)} busy on average`;
}

function ProcessRow({
  process,
  rollups,
  range,
}: {
  process: Process;
  rollups: Rollup[];
  range: [number, number];
}) {
  const memory = useMemo(() => series.memory(rollups, process), [rollups, process]);
  const cpu = useMemo(() => series.cpu(rollups, process), [rollups, process]);
  const name = processName(process);
  const over = process.container !== undefined && (process.memory.rssMaxBytes ?? 0) > process.container.totalBytes;
  const { memory: used, gc } = process;
  return (
    <div class="process">
      <h3>
        {name} <span class="quiet">{[process.host, `pid ${process.pid}`].filter((part) => part !== undefined).join(" · ")}</span>
        {over && <span class="badge critical">above its container</span>}
      </h3>
      <div class="pair">
        <div>
          <Chart
            title={`Memory: ${memoryText(process)}`}
            summary={`${name}, memory over time: ${memoryText(process)}`}
            lines={memory}
            styles={MEMORY_STYLES}
            asked={process.container?.totalBytes}
            range={range}
            format={bytes}
            binary
          />
        </div>
        <div>
          <Chart
            title={`CPU: ${cpuText(process)}`}
            summary={`${name}, CPU over time: ${cpuText(process)}`}
            lines={cpu}
            styles={CPU_STYLES}
            asked={process.cores}
            range={range}
            format={decimal}
          />
        </div>
      </div>
      <p class="quiet">
        {used.liveSetBytes === undefined
          ? "Live set not known: no collection was seen"
          : `Live set ${used.liveSetGrade === "bound" ? "at most " : ""}${bytes(used.liveSetBytes)} (${used.liveSetGrade})`}
        {` · ${gc.youngCollections} young and ${gc.fullCollections} mixed or full collections, ${millis(gc.pauseMillis)} paused`}
      </p>
    </div>
  );
}

/** The run's span in seconds, up to whole windows while it grows, so that the axis does not crawl. */
export function span(processes: Process[]): [number, number] {
  const starts = processes.map((process) => process.startMillis);
  const ends = processes.map((process) => process.lastSampleMillis ?? process.startMillis);
  if (starts.length === 0) {
    return [0, 1];
  }
  const from = Math.min(...starts);
  const to = Math.max(...ends, from + 10_000);
  const step = to - from > 600_000 ? 60_000 : 10_000;
  return [from / 1000, (from + Math.ceil((to - from) / step) * step) / 1000];
}

export function Processes({ processes, rollups }: { processes: Process[]; rollups: Rollup[] }) {
  const [all, setAll] = useState(false);
  const ordered = inOrder(processes);
  const shown = all ? ordered : ordered.slice(0, AT_FIRST);
  const range = span(processes);
  return (
    <Section title="Memory and CPU against what was asked">
      <p class="key">
        <span class="swatch asked" /> asked for
        <span class="swatch rss" /> resident memory
        <span class="swatch heap" /> heap used
        <span class="swatch cpu" /> cores busy
        <span class="quiet">10 s windows; memory: the highest value, CPU: the mean</span>
      </p>
      {shown.length === 0 && <p class="quiet">No process has been heard of yet.</p>}
      {shown.map((process) => (
        <ProcessRow key={process.process} process={process} rollups={rollups} range={range} />
      ))}
      {ordered.length > shown.length && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {ordered.length} processes
        </button>
      )}
    </Section>
  );
}
