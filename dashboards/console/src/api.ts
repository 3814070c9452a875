// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors

/** What the API answers, as openapi.yaml describes it; what is not known is absent. */
export interface RunSummary {
  run: string;
  job: string;
  name?: string;
  engine?: string;
  startMillis?: number;
  endMillis?: number;
  complete: boolean;
}

export interface Books {
  role: string;
  attempts?: number;
  processCpuMillis?: number;
  attemptCpuMillis?: number;
  gcCpuMillis?: number;
  jitCpuMillis?: number;
  agentCpuMillis?: number;
  satelliteCpuMillis?: number;
  residualCpuMillis?: number;
}

export interface Coverage {
  complete: boolean;
  envelopes: number;
  missingEnvelopes: number;
  lostSamples: number;
  lostAttempts: number;
  lostEvents: number;
}

export interface Run {
  run: string;
  job: string;
  engine?: string;
  version?: string;
  complete: boolean;
  config: Record<string, string>;
  wallMillis?: number;
  totals?: Record<string, number>;
  allocated?: { memoryGiBSeconds?: number; coreSeconds?: number };
  used?: { rssGiBSeconds?: number; liveGiBSeconds?: number; cpuSeconds?: number };
  books: Books[];
  rootCauses?: RootCause[];
  causeSearch?: CauseSearch;
  recommendation?: object;
  coverage: Coverage;
}

export interface Process {
  process: string;
  role: string;
  executorId?: string;
  host?: string;
  pid: number;
  startMillis: number;
  lastSampleMillis?: number;
  lifetimeMillis?: number;
  ended: boolean;
  container?: { heapBytes: number; overheadBytes: number; totalBytes: number };
  cores?: number;
  memory: {
    rssMaxBytes?: number;
    rssMeanBytes?: number;
    heapUsedMaxBytes?: number;
    liveSetBytes?: number;
    liveSetGrade: string;
  };
  cpu: { processNanos?: number; gcNanos?: number };
  gc: { youngCollections: number; fullCollections: number; pauseMillis: number; maxPauseMillis: number };
}

export interface Distribution {
  count: number;
  sum: number;
  min?: number;
  median?: number;
  p95?: number;
  max?: number;
}

export interface Stage {
  stage: string;
  name: string;
  submittedMillis?: number;
  completedMillis?: number;
  wallMillis?: number;
  taskCount?: number;
  failure?: string;
  attempts: { attempts: number; failed: number; wallNanos: number; cpuNanos: number; allocatedBytes: number };
  engine: {
    tasks: number;
    failedTasks: number;
    runMillis: number;
    gcMillis: number;
    diskSpillBytes?: number;
    inputBytes?: number;
    shuffleReadBytes?: number;
    shuffleWriteBytes?: number;
  };
  attemptWallMillis: Distribution;
  taskRunMillis: Distribution;
}

export interface Evidence {
  name: string;
  value?: number;
  unit: string;
  source: string;
}

export interface Finding {
  point: string;
  component: string;
  state: "fired" | "clear" | "not-evaluated" | "not-applicable" | "muted";
  severity: string;
  confidence: number;
  costGiBHours: number;
  costCoreHours: number;
  evidence: Evidence[];
  counterEvidence: Evidence[];
  reason: string;
  advice?: string;
}

export interface RelatedFinding {
  point: string;
  component: string;
}

export interface RootCause {
  point: string;
  component: string;
  kind: string;
  title: string;
  sentence: string;
  probability: number;
  path: { component: string; what: string; by?: string }[];
  explains: RelatedFinding[];
  costWallSeconds: number;
  doubts: string[];
  advice?: string;
}

export interface CauseSearch {
  abstained: boolean;
  reason?: string;
  suspects: RootCause[];
}

export interface Change {
  key: string;
  from?: string;
  to: string;
  formula: string;
  inputs: Record<string, string>;
  grade: string;
  interval: { low: number; high: number; unit: string; confidence?: number; basis: string };
  risk: string;
  revertedBy: string;
}

export interface Recommendation {
  run: string;
  job: string;
  changes: Change[];
  abstained: { key: string; reason: string; wouldNeed: string }[];
  allocatedMemoryFactor: number;
  allocatedCoresFactor: number;
}

export interface Rollup {
  entity: string;
  windowStartMillis: number;
  windowMillis: number;
  values: Record<string, number>;
}

/** An answer that is a problem (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

async function get(path: string): Promise<unknown> {
  const answer = await fetch(`api/v1${path}`, { headers: { Accept: "application/json, application/problem+json" } });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Problem(answer.status, detail(text) ?? `the server answers ${answer.status} to ${path}`);
  }
  return JSON.parse(text);
}

function detail(text: string): string | undefined {
  try {
    const said = (JSON.parse(text) as { detail?: unknown }).detail;
    return typeof said === "string" ? said : undefined;
  } catch {
    return undefined;
  }
}

const ofRun = (run: string): string => `/runs/${encodeURIComponent(run)}`;

export async function runs(): Promise<RunSummary[]> {
  return ((await get("/runs")) as { runs: RunSummary[] }).runs;
}

export async function run(id: string): Promise<Run> {
  return (await get(ofRun(id))) as Run;
}

export async function processes(id: string): Promise<Process[]> {
  return ((await get(`${ofRun(id)}/processes`)) as { processes: Process[] }).processes;
}

export async function stages(id: string): Promise<Stage[]> {
  return ((await get(`${ofRun(id)}/stages`)) as { stages: Stage[] }).stages;
}

export async function findings(id: string): Promise<Finding[]> {
  return ((await get(`${ofRun(id)}/findings`)) as { findings: Finding[] }).findings;
}

/** A problem while there is none. */
export async function recommendation(id: string): Promise<Recommendation> {
  return (await get(`${ofRun(id)}/recommendation`)) as Recommendation;
}

/** All rollups of all processes, page by page. */
export async function processRollups(id: string): Promise<Rollup[]> {
  const all: Rollup[] = [];
  let offset: number | undefined = 0;
  while (offset !== undefined) {
    const page = (await get(`${ofRun(id)}/rollups?level=process&offset=${offset}`)) as {
      rollups: Rollup[];
      next?: number;
    };
    all.push(...page.rollups);
    offset = page.next;
  }
  return all;
}
