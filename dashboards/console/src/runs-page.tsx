// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import { useEffect } from "preact/hooks";
import * as api from "./api";
import { decimal, millis, moment, percent } from "./format";
import { useLive } from "./live";
import { Trouble } from "./parts";

/** Runs further down show no sums, so that the list stays cheap. */
const WITH_SUMS = 25;

interface Row {
  summary: api.RunSummary;
  run?: api.Run;
}

const complete = new Map<string, api.Run>();

async function sums(summary: api.RunSummary): Promise<Row> {
  const known = complete.get(summary.run);
  if (known !== undefined) {
    return { summary, run: known };
  }
  try {
    const run = await api.run(summary.run);
    if (run.complete) {
      complete.set(summary.run, run);
    }
    return { summary, run };
  } catch (e) {
    if (e instanceof api.Problem) {
      return { summary };
    }
    throw e;
  }
}

async function load(): Promise<Row[]> {
  const runs = await api.runs();
  return Promise.all(runs.map((summary, index) => (index < WITH_SUMS ? sums(summary) : { summary })));
}

function share(used: number | undefined, allocated: number | undefined): string {
  return used === undefined || allocated === undefined || allocated <= 0 ? "–" : percent(used / allocated);
}

function RunRow({ row }: { row: Row }) {
  const { summary, run } = row;
  const wall =
    run?.wallMillis ??
    (summary.startMillis !== undefined && summary.endMillis !== undefined
      ? summary.endMillis - summary.startMillis
      : undefined);
  return (
    <tr>
      <th scope="row">
        <a href={`#/runs/${encodeURIComponent(summary.run)}`}>{summary.name ?? summary.run}</a>
        <div class="quiet mono">{summary.run}</div>
      </th>
      <td>{summary.job}</td>
      <td>{moment(summary.startMillis)}</td>
      <td class="number">{millis(wall)}</td>
      <td class="number">{decimal(run?.allocated?.memoryGiBSeconds)}</td>
      <td class="number">{share(run?.used?.rssGiBSeconds, run?.allocated?.memoryGiBSeconds)}</td>
      <td class="number">{decimal(run?.allocated?.coreSeconds)}</td>
      <td class="number">{share(run?.used?.cpuSeconds, run?.allocated?.coreSeconds)}</td>
      <td>
        <span class={`state ${summary.complete ? "done" : "running"}`}>{summary.complete ? "complete" : "running"}</span>
      </td>
    </tr>
  );
}

export function RunsPage() {
  useEffect(() => {
    document.title = "Runs · Plimsoll";
  }, []);
  const live = useLive(load, "runs", () => 3000);
  return (
    <>
      <h1>Runs</h1>
      <Trouble live={live} />
      {live.data !== undefined && live.data.length === 0 && (
        <p class="card">
          No run has been heard of yet. Attach the agent to a job: <code>./plimsoll attach-line</code> prints the line.
        </p>
      )}
      {live.data !== undefined && live.data.length > 0 && (
        <div class="card scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Job</th>
                <th scope="col">Started</th>
                <th scope="col" class="number">Wall time</th>
                <th scope="col" class="number">Memory asked, GiB·s</th>
                <th scope="col" class="number">of it resident</th>
                <th scope="col" class="number">Cores asked, core·s</th>
                <th scope="col" class="number">of them busy</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {live.data.map((row) => (
                <RunRow key={row.summary.run} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
