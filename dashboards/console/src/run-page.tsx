// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import { useEffect, useRef } from "preact/hooks";
import * as api from "./api";
import { Causes } from "./causes";
import { Findings } from "./findings";
import { count, millis, moment, plural } from "./format";
import { useLive } from "./live";
import { Trouble } from "./parts";
import { Processes } from "./processes";
import { Advice } from "./recommendation";
import { BooksTable, Before, Stages } from "./tables";
import { verdict } from "./verdict";

interface Page {
  summary: api.RunSummary | undefined;
  run: api.Run;
  before: api.Run | undefined;
  processes: api.Process[];
  stages: api.Stage[];
  findings: api.Finding[];
  recommendation: api.Recommendation | null;
  rollups: api.Rollup[];
}

/** Between two looks at a running run, and at a complete one whose recommendation is being made. */
const RUNNING_MILLIS = 2500;
const SETTLING_MILLIS = 1500;
/** After this many looks a complete run without recommendation will get none. */
const SETTLING_LOOKS = 20;

async function runBefore(run: string, runs: api.RunSummary[]): Promise<api.Run | undefined> {
  const at = runs.findIndex((summary) => summary.run === run);
  const job = runs[at]?.job;
  const before = runs.slice(at + 1).find((summary) => summary.job === job && summary.complete);
  return at < 0 || before === undefined ? undefined : api.run(before.run);
}

async function load(id: string): Promise<Page> {
  const [run, runs, processes, stages, findings, rollups] = await Promise.all([
    api.run(id),
    api.runs(),
    api.processes(id),
    api.stages(id),
    api.findings(id),
    api.processRollups(id),
  ]);
  const recommendation = run.recommendation === undefined ? null : await api.recommendation(id);
  const summary = runs.find((candidate) => candidate.run === id);
  return { summary, run, before: await runBefore(id, runs), processes, stages, findings, recommendation, rollups };
}

function Heading({ page }: { page: Page }) {
  const { run, summary } = page;
  const { coverage } = run;
  const lost = coverage.lostSamples + coverage.lostAttempts + coverage.lostEvents;
  const facts = [
    [run.engine, run.version].filter((part) => part !== undefined).join(" "),
    summary?.startMillis === undefined ? "" : `started ${moment(summary.startMillis)}`,
    run.wallMillis === undefined ? "" : `${run.complete ? "took" : "runs for"} ${millis(run.wallMillis)}`,
    run.totals === undefined ? "" : `${plural(run.totals["stages"] ?? 0, "stage")}, ${plural(run.totals["tasks"] ?? 0, "task")}`,
    coverage.complete
      ? "everything that was said has arrived"
      : `${count(coverage.missingEnvelopes)} batches missing, ${count(lost)} records lost`,
  ];
  return (
    <div class="heading">
      <h1>
        {summary?.name ?? run.job}
        <span class={`state ${run.complete ? "done" : "running"}`}>{run.complete ? "complete" : "running"}</span>
      </h1>
      <p class="quiet">{facts.filter((fact) => fact !== "").join(" · ")}</p>
      <p class="quiet mono">{run.run}</p>
    </div>
  );
}

function VerdictCard({ page }: { page: Page }) {
  const said = verdict(page.run, page.processes, page.findings, page.recommendation);
  return (
    <section class={`verdict ${said.tone}`} aria-label="Verdict">
      <p class="headline">{said.headline}</p>
      {said.action !== undefined && <p class="action">{said.action}</p>}
      <p class="quiet">{said.details.join(" ")}</p>
    </section>
  );
}

export function RunPage({ id }: { id: string }) {
  const looks = useRef(0);
  const live = useLive(
    () => load(id),
    id,
    (page: Page) => {
      if (!page.run.complete) {
        looks.current = 0;
        return RUNNING_MILLIS;
      }
      looks.current += 1;
      const settled = page.recommendation !== null && page.findings.length > 0;
      return settled || looks.current > SETTLING_LOOKS ? null : SETTLING_MILLIS;
    },
  );
  const page = live.data;
  useEffect(() => {
    document.title = `${page?.run.job ?? "Run"} · Plimsoll`;
  }, [page?.run.job]);
  return (
    <>
      <Trouble live={live} />
      {page !== undefined && (
        <>
          <Heading page={page} />
          <VerdictCard page={page} />
          <Causes causes={page.run.rootCauses ?? []} search={page.run.causeSearch} />
          <Processes processes={page.processes} rollups={page.rollups} />
          <Findings findings={page.findings} run={id} complete={page.run.complete} />
          <Advice recommendation={page.recommendation} complete={page.run.complete} />
          {page.before !== undefined && page.run.complete && <Before run={page.run} before={page.before} />}
          <Stages stages={page.stages} />
          <BooksTable books={page.run.books} />
        </>
      )}
    </>
  );
}
