// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import "uplot/dist/uPlot.min.css";
import "./console.css";
import { RunPage } from "./run-page";
import { RunsPage } from "./runs-page";

const RUN = "#/runs/";

function runOf(hash: string): string | null {
  if (!hash.startsWith(RUN) || hash.length === RUN.length) {
    return null;
  }
  try {
    return decodeURIComponent(hash.slice(RUN.length));
  } catch {
    return hash.slice(RUN.length);
  }
}

function Console() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => {
      setHash(location.hash);
      window.scrollTo(0, 0);
    };
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  const run = runOf(hash);
  return (
    <>
      <header class="top">
        <a class="brand" href="#/">
          <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
            <circle cx="16" cy="16" r="10" fill="none" stroke="currentColor" stroke-width="3" />
            <path d="M2 16h28" stroke="currentColor" stroke-width="3" />
          </svg>
          Plimsoll
        </a>
        <nav aria-label="Pages">
          <a href="#/" aria-current={run === null ? "page" : undefined}>
            Runs
          </a>
          <a href="api/v1/openapi.yaml">API</a>
        </nav>
      </header>
      <main>{run === null ? <RunsPage /> : <RunPage id={run} key={run} />}</main>
    </>
  );
}

const root = document.getElementById("console");
if (root !== null) {
  render(<Console />, root);
}
