// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Live } from "./live";

/** One line on what keeps the page from being loaded or kept fresh. */
export function Trouble({ live }: { live: Live<unknown> }) {
  if (live.trouble !== undefined) {
    return (
      <p class="trouble" role="alert">
        {live.data === undefined ? "Cannot load: " : "Not fresh: "}
        {live.trouble}
      </p>
    );
  }
  return live.data === undefined ? <p class="quiet">Loading …</p> : null;
}

export function Section({ title, note, children }: { title: string; note?: string; children: ComponentChildren }) {
  const id = title.toLowerCase().replace(/[^a-z]+/g, "-");
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note !== undefined && <p class="quiet note">{note}</p>}
      {children}
    </section>
  );
}

/** Copies a text; where the browser does not let a page do that, the text is selected in a prompt. */
export function Copy({ label, text }: { label: string; text: string }) {
  const [said, setSaid] = useState("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("copied");
    } catch {
      window.prompt("Copy with Ctrl+C", text);
    }
    setTimeout(() => setSaid(""), 2000);
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {said === "" ? label : said}
    </button>
  );
}
