// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import type { Evidence, Finding } from "./api";
import { count, percent, quantity, words } from "./format";
import { useSteadyOrder } from "./live";
import { Section } from "./parts";

function EvidenceTable({ caption, evidence }: { caption: string; evidence: Evidence[] }) {
  if (evidence.length === 0) {
    return null;
  }
  return (
    <table class="evidence">
      <caption>{caption}</caption>
      <tbody>
        {evidence.map((item, index) => (
          <tr key={index}>
            <th scope="row">{item.name}</th>
            <td class="number">{quantity(item.value, item.unit)}</td>
            <td class="quiet mono">{item.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cost(finding: Finding): string {
  const parts: string[] = [];
  if (finding.costGiBHours > 0) {
    parts.push(`${finding.costGiBHours.toPrecision(2)} GiB·h`);
  }
  if (finding.costCoreHours > 0) {
    parts.push(`${finding.costCoreHours.toPrecision(2)} core·h`);
  }
  return parts.length === 0 ? "" : `costs this run ${parts.join(" and ")}`;
}

function Fired({ finding }: { finding: Finding }) {
  const said = cost(finding);
  return (
    <article class={`finding ${finding.severity}`}>
      <h3>
        <span class={`badge ${finding.severity}`}>{finding.severity}</span>
        <span>{finding.point}</span>
        <span class="quiet">on {finding.component}</span>
      </h3>
      <p>{finding.reason}</p>
      {finding.advice !== undefined && (
        <p>
          <strong>What to do: </strong>
          {finding.advice}
        </p>
      )}
      <div class="evidences">
        <EvidenceTable caption="Evidence" evidence={finding.evidence} />
        <EvidenceTable caption="Against it" evidence={finding.counterEvidence} />
      </div>
      <p class="quiet">
        Confidence {percent(finding.confidence)}
        {said === "" ? "" : ` · ${said}`}
      </p>
    </article>
  );
}

function Others({ title, findings }: { title: string; findings: Finding[] }) {
  if (findings.length === 0) {
    return null;
  }
  return (
    <details>
      <summary>
        {count(findings.length)} {title}
      </summary>
      <table>
        <tbody>
          {findings.map((finding) => (
            <tr key={`${finding.point} ${finding.component}`}>
              <th scope="row">
                {finding.point} <span class="quiet">on {finding.component}</span>
              </th>
              <td>{finding.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Fired points with their evidence; the others counted, behind a click. */
export function Findings({ findings, run, complete }: { findings: Finding[]; run: string; complete: boolean }) {
  const fired = useSteadyOrder(
    findings.filter((finding) => finding.state === "fired"),
    (finding) => `${finding.point} ${finding.component}`,
    `${run} ${complete ? "complete" : "running"}`,
  );
  const inState = (state: string): Finding[] => findings.filter((finding) => finding.state === state);
  return (
    <Section title="Findings">
      {findings.length === 0 && <p class="quiet">This run has not been diagnosed yet.</p>}
      {findings.length > 0 && fired.length === 0 && <p>Nothing fired.</p>}
      {fired.map((finding) => (
        <Fired key={`${finding.point} ${finding.component}`} finding={finding} />
      ))}
      {(["muted", "clear", "not-evaluated", "not-applicable"] as const).map((state) => (
        <Others key={state} title={words(state)} findings={inState(state)} />
      ))}
    </Section>
  );
}
