// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.standalone.terminal.Amount;
import java.util.Optional;

/** What a log knows of memory, and the setting that would have made it know more. */
public final class MemoryEvidence {
  private MemoryEvidence() {}

  /** One sentence where a Spark log cannot carry advice on memory; else empty. */
  public static Optional<String> hint(AnalyzedRun run) {
    boolean isSampled =
        run.profile().processes().stream().anyMatch(process -> process.lastSampleMillis() > 0);
    if (run.flink() != null || isSampled) {
      return Optional.empty();
    }
    long heap =
        run.facts().peaks().values().stream()
            .mapToLong(LogFacts.MemoryPeak::heapBytes)
            .max()
            .orElse(0);
    long rss =
        run.facts().peaks().values().stream()
            .mapToLong(LogFacts.MemoryPeak::rssBytes)
            .max()
            .orElse(0);
    if (heap == 0 && rss == 0) {
      return Optional.of(
          "Memory: this log has no memory figures. spark.eventLog.logStageExecutorMetrics=true and"
              + " spark.executor.processTreeMetrics.enabled=true record the peaks of heap and"
              + " resident set; advice on memory also needs the heap after collections, which only"
              + " the agent sees (./plimsoll attach-line).");
    }
    return Optional.of(
        "Memory: the log has peaks (heap used "
            + Amount.bytes(heap)
            + (rss > 0
                ? ", resident " + Amount.bytes(rss)
                : "; resident set only with spark.executor.processTreeMetrics.enabled=true")
            + "). Used heap holds garbage too, so it bounds the need from above; advice needs the"
            + " heap after collections, which only the agent sees (./plimsoll attach-line).");
  }
}
