// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import { useState } from "preact/hooks";
import type { Books, Run, Stage } from "./api";
import { bytes, count, decimal, millis, nanos, percent, words } from "./format";
import { Section } from "./parts";

const AT_FIRST = 10;

/** A stage's time: its tasks' wall time by the agent, else by the engine. */
export function taskMillis(stage: Stage): number {
  return stage.attempts.attempts > 0 ? stage.attempts.wallNanos / 1e6 : stage.engine.runMillis;
}

function StageRow({ stage, most }: { stage: Stage; most: number }) {
  const time = taskMillis(stage);
  const walls = stage.attemptWallMillis.count > 0 ? stage.attemptWallMillis : stage.taskRunMillis;
  const failed = Math.max(stage.attempts.failed, stage.engine.failedTasks);
  return (
    <tr>
      <th scope="row" class="mono">
        {stage.stage}
      </th>
      <td class="stage-name" title={stage.name}>
        {stage.name}
        {stage.failure !== undefined && <span class="badge severe">failed</span>}
      </td>
      <td class="number">
        <span class="bar" style={{ width: `${most > 0 ? (time / most) * 72 : 0}px` }} />
        {millis(time)}
      </td>
      <td class="number">{millis(stage.wallMillis)}</td>
      <td class="number">
        {count(Math.max(stage.attempts.attempts, stage.engine.tasks))}
        {failed > 0 && <span class="bad"> ({count(failed)} failed)</span>}
      </td>
      <td class="number">{millis(walls.median)}</td>
      <td class="number">{millis(walls.max)}</td>
      <td class="number">{nanos(stage.attempts.cpuNanos)}</td>
      <td class="number">{bytes(stage.engine.inputBytes)}</td>
      <td class="number">{bytes(stage.engine.shuffleReadBytes)}</td>
      <td class="number">{bytes(stage.engine.shuffleWriteBytes)}</td>
      <td class="number">{bytes(stage.engine.diskSpillBytes)}</td>
    </tr>
  );
}

export function Stages({ stages }: { stages: Stage[] }) {
  const [all, setAll] = useState(false);
  const ordered = [...stages].sort((one, other) => taskMillis(other) - taskMillis(one));
  const most = ordered[0] === undefined ? 0 : taskMillis(ordered[0]);
  const shown = all ? ordered : ordered.slice(0, AT_FIRST);
  return (
    <Section title="Stages by time">
      {stages.length === 0 && <p class="quiet">No stage has been heard of yet.</p>}
      {stages.length > 0 && (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Stage</th>
                <th scope="col">Name</th>
                <th scope="col" class="number">Task time</th>
                <th scope="col" class="number">Wall</th>
                <th scope="col" class="number">Tasks</th>
                <th scope="col" class="number">Median</th>
                <th scope="col" class="number">Longest</th>
                <th scope="col" class="number">CPU</th>
                <th scope="col" class="number">Input</th>
                <th scope="col" class="number">Shuffle in</th>
                <th scope="col" class="number">Shuffle out</th>
                <th scope="col" class="number">Spilled</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((stage) => (
                <StageRow key={stage.stage} stage={stage} most={most} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {ordered.length > shown.length && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {ordered.length} stages
        </button>
      )}
    </Section>
  );
}

function residual(books: Books): string {
  if (books.residualCpuMillis === undefined || books.processCpuMillis === undefined || books.processCpuMillis <= 0) {
    return "–";
  }
  return percent(books.residualCpuMillis / books.processCpuMillis);
}

export function BooksTable({ books }: { books: Books[] }) {
  return (
    <Section
      title="Books"
      note="Where the CPU of the processes went: what attempts, collector, compiler, threads known by name and agent explain, and the rest."
    >
      {books.length === 0 && <p class="quiet">No process has been heard of yet.</p>}
      {books.length > 0 && (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Role</th>
                <th scope="col" class="number">Process CPU</th>
                <th scope="col" class="number">Task attempts</th>
                <th scope="col" class="number">Their CPU</th>
                <th scope="col" class="number">Collector</th>
                <th scope="col" class="number">Compiler</th>
                <th scope="col" class="number">Named threads</th>
                <th scope="col" class="number">Agent</th>
                <th scope="col" class="number">Residual</th>
                <th scope="col" class="number">of process</th>
              </tr>
            </thead>
            <tbody>
              {books.map((line) => (
                <tr key={line.role}>
                  <th scope="row">{words(line.role)}</th>
                  <td class="number">{millis(line.processCpuMillis)}</td>
                  <td class="number">{count(line.attempts)}</td>
                  <td class="number">{millis(line.attemptCpuMillis)}</td>
                  <td class="number">{millis(line.gcCpuMillis)}</td>
                  <td class="number">{millis(line.jitCpuMillis)}</td>
                  <td class="number">{millis(line.satelliteCpuMillis)}</td>
                  <td class="number">{millis(line.agentCpuMillis)}</td>
                  <td class="number">{millis(line.residualCpuMillis)}</td>
                  <td class="number">{residual(line)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function change(before: number | undefined, now: number | undefined): string {
  if (before === undefined || now === undefined || before <= 0) {
    return "–";
  }
  const share = now / before - 1;
  return `${share > 0 ? "+" : share < 0 ? "−" : ""}${percent(Math.abs(share))}`;
}

/** This run beside the job's run before it. */
export function Before({ run, before }: { run: Run; before: Run }) {
  const rows: [string, number | undefined, number | undefined, (value: number | undefined) => string][] = [
    ["Wall time", before.wallMillis, run.wallMillis, millis],
    ["Memory asked, GiB·s", before.allocated?.memoryGiBSeconds, run.allocated?.memoryGiBSeconds, decimal],
    ["Memory resident, GiB·s", before.used?.rssGiBSeconds, run.used?.rssGiBSeconds, decimal],
    ["Cores asked, core·s", before.allocated?.coreSeconds, run.allocated?.coreSeconds, decimal],
    ["CPU used, core·s", before.used?.cpuSeconds, run.used?.cpuSeconds, decimal],
    ["Failed tasks", before.totals?.["failedTasks"], run.totals?.["failedTasks"], count],
    ["Spilled to disk", before.totals?.["diskSpillBytes"], run.totals?.["diskSpillBytes"], bytes],
  ];
  return (
    <Section title="Against the run before" note="One pair of runs: a hint, no proof.">
      <table class="narrow">
        <thead>
          <tr>
            <th scope="col">Executors</th>
            <th scope="col" class="number">
              <a href={`#/runs/${encodeURIComponent(before.run)}`}>Run before</a>
            </th>
            <th scope="col" class="number">This run</th>
            <th scope="col" class="number">Change</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, old, now, format]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{format(old)}</td>
              <td class="number">{format(now)}</td>
              <td class="number">{change(old, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
