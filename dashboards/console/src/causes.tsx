// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import type { CauseSearch, RootCause } from "./api";
import { millis, percent } from "./format";
import { Section } from "./parts";

function took(cause: RootCause): string {
  return `took ${millis(cause.costWallSeconds * 1000)} of the run · probability ${percent(cause.probability)}`;
}

function Cause({ cause, place }: { cause: RootCause; place: number }) {
  return (
    <article class="finding severe">
      <h3>
        <span>
          {place}. {cause.title}
        </span>
        <span class="quiet">on {cause.component}</span>
      </h3>
      <p>{cause.sentence}</p>
      {cause.advice !== undefined && (
        <p>
          <strong>What to do: </strong>
          {cause.advice}
        </p>
      )}
      {cause.explains.length > 0 && (
        <p class="quiet">
          Explains {cause.explains.map((each) => `${each.point} on ${each.component}`).join(", ")}
        </p>
      )}
      {cause.doubts.length > 0 && <p class="quiet">In doubt: {cause.doubts.join("; ")}.</p>}
      <p class="quiet">
        {cause.path.map((step) => `${step.what} (${step.component})`).join(" ← ")} · {took(cause)}
      </p>
    </article>
  );
}

/** What made the run fail, slow or unsteady, and follows from nothing else. */
export function Causes({ causes, search }: { causes: RootCause[]; search: CauseSearch | undefined }) {
  if (search === undefined) {
    return null;
  }
  return (
    <Section title="Causes">
      {search.reason !== undefined && (
        <p class={search.abstained ? "" : "quiet"}>
          {search.abstained ? "Nobody is named. " : ""}
          {search.reason}
        </p>
      )}
      {causes.map((cause, index) => (
        <Cause key={`${cause.kind} ${cause.component}`} cause={cause} place={index + 1} />
      ))}
      {search.suspects.length > 0 && (
        <details>
          <summary>{search.abstained ? "Hints" : "What else may be behind it"}</summary>
          <ul>
            {search.suspects.map((cause) => (
              <li key={`${cause.kind} ${cause.component}`}>
                {cause.title} <span class="quiet">on {cause.component}</span>: {cause.sentence}{" "}
                <span class="quiet">{took(cause)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
