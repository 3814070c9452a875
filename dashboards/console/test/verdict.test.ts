// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Process, Recommendation, Run } from "../src/api";
import { verdict } from "../src/verdict";

const GIB = 2 ** 30;

function executor(id: string, askedBytes: number | undefined, usedBytes: number | undefined): Process {
  return {
    process: `00000000-0000-0000-0000-00000000000${id}`,
    role: "executor",
    executorId: id,
    pid: 1,
    startMillis: 0,
    ended: true,
    ...(askedBytes === undefined
      ? {}
      : { container: { heapBytes: askedBytes, overheadBytes: 0, totalBytes: askedBytes } }),
    memory: { liveSetGrade: "none", ...(usedBytes === undefined ? {} : { rssMaxBytes: usedBytes }) },
    cpu: {},
    gc: { youngCollections: 0, fullCollections: 0, pauseMillis: 0, maxPauseMillis: 0 },
  };
}

const run: Run = {
  run: "c~a~0",
  job: "job",
  complete: true,
  config: {},
  wallMillis: 90_000,
  allocated: { memoryGiBSeconds: 1, coreSeconds: 100 },
  used: { cpuSeconds: 60 },
  books: [],
  coverage: { complete: true, envelopes: 1, missingEnvelopes: 0, lostSamples: 0, lostAttempts: 0, lostEvents: 0 },
};

const advice: Recommendation = {
  run: "c~a~0",
  job: "job",
  changes: [
    {
      key: "spark.executor.memory",
      from: "13g",
      to: "1536m",
      formula: "",
      inputs: {},
      grade: "estimated",
      interval: { low: 1, high: 2, unit: "bytes", basis: "" },
      risk: "",
      revertedBy: "",
    },
  ],
  abstained: [],
  allocatedMemoryFactor: 0.14,
  allocatedCoresFactor: 1,
};

test("unused memory is named as a share of what was asked", () => {
  const said = verdict(run, [executor("0", 14.6 * GIB, 1.9 * GIB)], [], advice);
  assert.equal(said.tone, "waste");
  assert.equal(said.headline, "Asked for 14.6 GiB, used at most 1.9 GiB: 87 % of the memory is air.");
  assert.equal(said.action, "Set spark.executor.memory 1536m: 86 % less allocated memory expected.");
  assert.deepEqual(said.details, ["CPU: 60 of 100 core-seconds were busy, 40 % idle."]);
});

test("several executors are judged by the one that used most", () => {
  const said = verdict(run, [executor("0", 4 * GIB, GIB), executor("1", 4 * GIB, 2 * GIB)], [], null);
  assert.equal(said.headline, "2 executors asked for 4 GiB each, none used more than 2 GiB: 50 % of the memory is air.");
  assert.equal(said.action, undefined);
});

test("memory above the container is bad, whatever else is true", () => {
  const said = verdict(run, [executor("0", 4 * GIB, GIB), executor("1", 4 * GIB, 4.5 * GIB)], [], advice);
  assert.equal(said.tone, "bad");
  assert.match(said.headline, /^Executor 1 used up to 4\.5 GiB, more than the 4 GiB asked for/);
});

test("memory that fits is not called air", () => {
  const said = verdict(run, [executor("0", 2 * GIB, 1.7 * GIB)], [], { ...advice, changes: [] });
  assert.equal(said.tone, "good");
  assert.equal(said.headline, "Memory fits: asked for 2 GiB, used at most 1.7 GiB.");
  assert.equal(said.action, "Nothing to change: no number has evidence for a better one.");
});

test("without samples or without what was asked nothing is claimed", () => {
  for (const process of [executor("0", undefined, GIB), executor("0", GIB, undefined)]) {
    assert.equal(verdict(run, [process], [], null).tone, "unknown");
  }
});

test("a running run says so, and failures are counted", () => {
  const running: Run = { ...run, complete: false, totals: { failedTasks: 1, failedStages: 2 } };
  const said = verdict(running, [], [], null);
  assert.deepEqual(said.details, [
    "So far, 1 min 30 s into the run.",
    "CPU: 60 of 100 core-seconds were busy, 40 % idle.",
    "1 task and 2 stages failed.",
  ]);
});
