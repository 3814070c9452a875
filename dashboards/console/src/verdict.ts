// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import type { Finding, Process, Recommendation, Run } from "./api";
import { bytes, decimal, millis, percent, plural } from "./format";

/** The page's first sentences: what was asked, what was used, what to set. */
export interface Verdict {
  tone: "bad" | "waste" | "good" | "unknown";
  headline: string;
  details: string[];
  /** What to set, in one sentence; absent while there is no advice. */
  action?: string;
}

/** Below this share of unused memory the asking is called fitting. */
const FITTING_AIR = 0.25;

/** So many fired points are named in the verdict. */
const NAMED = 4;

interface Memory {
  executors: number;
  askedBytes: number;
  mostBytes: number;
}

/** The executors' memory where both what was asked and what was used are known. */
export function executorMemory(processes: Process[]): Memory | undefined {
  const known = processes.filter(
    (process) =>
      process.role === "executor" && process.container !== undefined && process.memory.rssMaxBytes !== undefined,
  );
  if (known.length === 0) {
    return undefined;
  }
  return {
    executors: known.length,
    askedBytes: Math.max(...known.map((process) => process.container?.totalBytes ?? 0)),
    mostBytes: Math.max(...known.map((process) => process.memory.rssMaxBytes ?? 0)),
  };
}

function overContainer(processes: Process[]): Process[] {
  return processes.filter(
    (process) =>
      process.role === "executor" &&
      process.container !== undefined &&
      (process.memory.rssMaxBytes ?? 0) > process.container.totalBytes,
  );
}

function headline(memory: Memory | undefined, over: Process[]): Pick<Verdict, "tone" | "headline"> {
  if (memory === undefined) {
    return { tone: "unknown", headline: "Nothing is known yet of the executors' memory." };
  }
  const asked = bytes(memory.askedBytes);
  const most = bytes(memory.mostBytes);
  const worst = over[0];
  if (worst !== undefined) {
    return {
      tone: "bad",
      headline:
        `${over.length === 1 ? `Executor ${worst.executorId ?? ""}` : plural(over.length, "executor")} used up to ${most}, ` +
        `more than the ${asked} asked for: a resource manager kills it there.`,
    };
  }
  const air = memory.askedBytes === 0 ? 0 : 1 - memory.mostBytes / memory.askedBytes;
  const each = memory.executors === 1 ? "Asked for" : `${memory.executors} executors asked for`;
  const used = memory.executors === 1 ? `used at most ${most}` : `none used more than ${most}`;
  const askedEach = memory.executors === 1 ? asked : `${asked} each`;
  if (air < FITTING_AIR) {
    return { tone: "good", headline: `Memory fits: ${each.toLowerCase()} ${askedEach}, ${used}.` };
  }
  return { tone: "waste", headline: `${each} ${askedEach}, ${used}: ${percent(air)} of the memory is air.` };
}

function cores(run: Run): string | undefined {
  const asked = run.allocated?.coreSeconds;
  const used = run.used?.cpuSeconds;
  if (asked === undefined || used === undefined || asked <= 0) {
    return undefined;
  }
  return (
    `CPU: ${decimal(used)} of ${decimal(asked)} core-seconds were busy` +
    (used < asked ? `, ${percent(1 - used / asked)} idle.` : ".")
  );
}

function failures(run: Run): string | undefined {
  const tasks = run.totals?.["failedTasks"] ?? 0;
  const stages = run.totals?.["failedStages"] ?? 0;
  if (tasks === 0 && stages === 0) {
    return undefined;
  }
  const said = [tasks > 0 ? plural(tasks, "task") : "", stages > 0 ? plural(stages, "stage") : ""];
  return `${said.filter((part) => part !== "").join(" and ")} failed.`;
}

function factor(value: number): string {
  return value <= 1 ? `${percent(1 - value)} less` : `${percent(value - 1)} more`;
}

function action(recommendation: Recommendation): string {
  if (recommendation.changes.length === 0) {
    return "Nothing to change: no number has evidence for a better one.";
  }
  const settings = recommendation.changes.map((change) => `${change.key} ${change.to}`);
  const expected: string[] = [];
  if (Math.abs(recommendation.allocatedMemoryFactor - 1) >= 0.005) {
    expected.push(`${factor(recommendation.allocatedMemoryFactor)} allocated memory`);
  }
  if (Math.abs(recommendation.allocatedCoresFactor - 1) >= 0.005) {
    expected.push(`${factor(recommendation.allocatedCoresFactor)} allocated cores`);
  }
  return `Set ${settings.join(", ")}` + (expected.length === 0 ? "." : `: ${expected.join(", ")} expected.`);
}

export function verdict(
  run: Run,
  processes: Process[],
  findings: Finding[],
  recommendation: Recommendation | null,
): Verdict {
  const details: string[] = [];
  if (!run.complete) {
    details.push(
      run.wallMillis === undefined ? "The run has just begun." : `So far, ${millis(run.wallMillis)} into the run.`,
    );
  }
  for (const said of [cores(run), failures(run)]) {
    if (said !== undefined) {
      details.push(said);
    }
  }
  if (findings.length > 0) {
    const fired = findings.filter((finding) => finding.state === "fired").map((finding) => finding.point);
    const names = [...new Set(fired)].slice(0, NAMED).join(", ");
    const end = new Set(fired).size > NAMED ? " …" : ".";
    details.push(
      `${fired.length} of ${plural(findings.length, "check")} fired${fired.length === 0 ? "." : `: ${names}${end}`}`,
    );
  }
  const first = headline(executorMemory(processes), overContainer(processes));
  const known: Verdict = { ...first, details };
  return recommendation === null ? known : { ...known, action: action(recommendation) };
}
