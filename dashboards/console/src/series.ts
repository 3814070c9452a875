// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import type { Process, Rollup } from "./api";

/** Lines over time for one process, in uPlot's columns: x in seconds since the epoch. */
export interface Lines {
  seconds: number[];
  columns: (number | null)[][];
}

const RSS_MAX = "process.memory.rss.max";
const HEAP_MAX = "jvm.heap.used.max";
const CPU = "process.cpu.time";

function ofProcess(rollups: Rollup[], process: Process): Rollup[] {
  return rollups
    .filter((rollup) => rollup.entity === process.process)
    .sort((one, other) => one.windowStartMillis - other.windowStartMillis);
}

/** The part of a window in which the process lived, so that the first and last mean is no smaller than it was. */
function livedMillis(rollup: Rollup, process: Process): number {
  const end = rollup.windowStartMillis + rollup.windowMillis;
  const from = Math.max(rollup.windowStartMillis, process.startMillis);
  const to = Math.min(end, process.lastSampleMillis ?? end);
  return Math.max(1000, to - from);
}

/** Each window's value from its start, or the process's, to its end; gaps between windows stay gaps. */
function steps(
  rollups: Rollup[],
  process: Process,
  values: (rollup: Rollup) => (number | null)[],
  width: number,
): Lines {
  const seconds: number[] = [];
  const columns: (number | null)[][] = Array.from({ length: width }, () => []);
  const push = (second: number, row: (number | null)[]): void => {
    const last = seconds[seconds.length - 1];
    if (last !== undefined && second <= last) {
      return;
    }
    seconds.push(second);
    row.forEach((value, index) => columns[index]?.push(value));
  };
  rollups.forEach((rollup, index) => {
    const end = rollup.windowStartMillis + rollup.windowMillis;
    const row = values(rollup);
    push(Math.max(rollup.windowStartMillis, Math.min(process.startMillis, end - 1000)) / 1000, row);
    const next = rollups[index + 1];
    if (next === undefined || next.windowStartMillis > end) {
      const last = Math.min(end, Math.max(process.lastSampleMillis ?? end, rollup.windowStartMillis + 1000));
      push(last / 1000, row);
      if (next !== undefined) {
        push(last / 1000 + 0.001, row.map(() => null));
      }
    }
  });
  return { seconds, columns };
}

/** Columns: resident memory, heap used; the highest of each window, bytes. */
export function memory(rollups: Rollup[], process: Process): Lines {
  const value = (rollup: Rollup, name: string): number | null => rollup.values[name] ?? null;
  return steps(
    ofProcess(rollups, process),
    process,
    (rollup) => [value(rollup, RSS_MAX), value(rollup, HEAP_MAX)],
    2,
  );
}

/** One column: cores busy, the mean of each window. */
export function cpu(rollups: Rollup[], process: Process): Lines {
  return steps(
    ofProcess(rollups, process),
    process,
    (rollup) => {
      const nanos = rollup.values[CPU];
      return [nanos === undefined ? null : nanos / 1e6 / livedMillis(rollup, process)];
    },
    1,
  );
}
