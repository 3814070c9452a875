// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Process, Rollup } from "../src/api";
import { tickStep } from "../src/chart";
import { cpu, memory } from "../src/series";

const process: Process = {
  process: "p",
  role: "executor",
  pid: 1,
  startMillis: 105_000,
  lastSampleMillis: 118_000,
  ended: true,
  memory: { liveSetGrade: "none" },
  cpu: {},
  gc: { youngCollections: 0, fullCollections: 0, pauseMillis: 0, maxPauseMillis: 0 },
};

function rollup(entity: string, windowStartMillis: number, values: Record<string, number>): Rollup {
  return { entity, windowStartMillis, windowMillis: 10_000, values };
}

test("memory holds each window's highest value until the next, within the process's life", () => {
  const lines = memory(
    [
      rollup("p", 110_000, { "process.memory.rss.max": 3, "jvm.heap.used.max": 2 }),
      rollup("other", 100_000, { "process.memory.rss.max": 99 }),
      rollup("p", 100_000, { "process.memory.rss.max": 1 }),
    ],
    process,
  );
  assert.deepEqual(lines.seconds, [105, 110, 118]);
  assert.deepEqual(lines.columns, [
    [1, 3, 3],
    [null, 2, 2],
  ]);
});

test("CPU is the mean over the part of the window in which the process lived", () => {
  const lines = cpu(
    [rollup("p", 100_000, { "process.cpu.time": 5e9 }), rollup("p", 110_000, { "process.cpu.time": 4e9 })],
    process,
  );
  assert.deepEqual(lines.columns, [[1, 0.5, 0.5]]);
});

test("a window that nobody told of is a gap", () => {
  const late = { ...process, lastSampleMillis: 145_000 };
  const lines = memory(
    [rollup("p", 110_000, { "process.memory.rss.max": 1 }), rollup("p", 130_000, { "process.memory.rss.max": 2 })],
    late,
  );
  assert.deepEqual(lines.seconds, [110, 120, 120.001, 130, 140]);
  assert.deepEqual(lines.columns[0], [1, 1, null, 2, 2]);
});

test("ticks stand at round numbers, at most four steps", () => {
  assert.equal(tickStep(2.16, false), 1);
  assert.equal(tickStep(1.08, false), 0.5);
  assert.equal(tickStep(15.7 * 2 ** 30, true), 4 * 2 ** 30);
});
