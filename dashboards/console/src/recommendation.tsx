// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import type { Change, Recommendation } from "./api";
import { percent, quantity } from "./format";
import { Copy, Section } from "./parts";

/** Lines for spark-defaults.conf. */
export function sparkDefaults(changes: Change[]): string {
  return changes.map((change) => `${change.key} ${change.to}\n`).join("");
}

/** Arguments for spark-submit. */
export function sparkSubmit(changes: Change[]): string {
  return changes.map((change) => `--conf ${change.key}=${change.to}`).join(" ");
}

function Diff({ changes }: { changes: Change[] }) {
  const width = Math.max(...changes.map((change) => change.key.length)) + 2;
  return (
    <pre class="diff" aria-label="Changes as a diff of spark-defaults.conf">
      {changes.flatMap((change) => [
        change.from === undefined ? null : (
          <del key={`-${change.key}`}>{`- ${change.key.padEnd(width)}${change.from}\n`}</del>
        ),
        <ins key={`+${change.key}`}>{`+ ${change.key.padEnd(width)}${change.to}\n`}</ins>,
      ])}
    </pre>
  );
}

function Why({ change }: { change: Change }) {
  const { interval } = change;
  return (
    <article class="why">
      <h3>
        <code>{change.key}</code>
        <span class="to">{change.to}</span>
        <span class={`badge grade-${change.grade}`}>{change.grade}</span>
      </h3>
      <dl>
        <dt>How</dt>
        <dd>
          <code>{change.formula}</code>
        </dd>
        <dt>From</dt>
        <dd class="inputs">
          {Object.entries(change.inputs).map(([name, value]) => (
            <span key={name}>
              {name} = <strong>{value}</strong>
            </span>
          ))}
        </dd>
        <dt>Really needed</dt>
        <dd>
          {quantity(interval.low, interval.unit)} to {quantity(interval.high, interval.unit)}
          {interval.confidence === undefined ? "" : `, in ${percent(interval.confidence)} of cases`}
          <span class="quiet"> ({interval.basis})</span>
        </dd>
        <dt>Risk</dt>
        <dd>{change.risk}</dd>
        <dt>Taken back by</dt>
        <dd>{change.revertedBy}</dd>
      </dl>
    </article>
  );
}

/** What to set, ready to be copied, and why. */
export function Advice({ recommendation, complete }: { recommendation: Recommendation | null; complete: boolean }) {
  if (recommendation === null) {
    return (
      <Section title="Recommendation">
        <p class="quiet">{complete ? "Being made …" : "Made when the run is complete."}</p>
      </Section>
    );
  }
  const { changes, abstained } = recommendation;
  return (
    <Section title="Recommendation">
      {changes.length === 0 ? (
        <p>Nothing to change.</p>
      ) : (
        <>
          <Diff changes={changes} />
          <p class="buttons">
            <Copy label="Copy for spark-defaults.conf" text={sparkDefaults(changes)} />
            <Copy label="Copy for spark-submit" text={sparkSubmit(changes)} />
          </p>
          {changes.map((change) => (
            <Why key={change.key} change={change} />
          ))}
        </>
      )}
      {abstained.length > 0 && (
        <details>
          <summary>{abstained.length} left alone</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">Why there is no advice</th>
                <th scope="col">What it would need</th>
              </tr>
            </thead>
            <tbody>
              {abstained.map((item) => (
                <tr key={item.key}>
                  <th scope="row">
                    <code>{item.key}</code>
                  </th>
                  <td>{item.reason}</td>
                  <td>{item.wouldNeed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Section>
  );
}
