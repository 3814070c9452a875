// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import java.util.List;

/**
 * How much of a log could be read.
 *
 * @param version of Spark, empty when the log does not say it
 * @param application its id, empty when the log does not say it
 * @param attempt of the application, 0 when it has no number
 * @param lines all lines, empty ones left out
 * @param events those of them that became events
 * @param unusedLines those that are well-formed and tell nothing that is wanted
 * @param brokenLines those that are not events, all of them
 * @param damagedParts files that are missing, cannot be opened or end before their time
 * @param rawBytes unpacked
 * @param problems the first broken lines and all damaged parts
 */
public record LogReading(
    LogState state,
    String version,
    String application,
    int attempt,
    long lines,
    long events,
    long unusedLines,
    long brokenLines,
    long damagedParts,
    long rawBytes,
    List<Problem> problems) {
  public LogReading {
    problems = List.copyOf(problems);
  }

  /**
   * A place that could not be read.
   *
   * @param line from 1; 0 when it is about the rest of the file or all of it
   * @param offsetBytes in the unpacked file
   */
  public record Problem(String file, long line, long offsetBytes, String reason) {
    @Override
    public String toString() {
      return file + (line > 0 ? " line " + line : "") + " at byte " + offsetBytes + ": " + reason;
    }
  }

  /** Whether everything that the application wrote is there and was used. */
  public boolean isComplete() {
    return state == LogState.COMPLETE && brokenLines == 0 && damagedParts == 0;
  }
}
