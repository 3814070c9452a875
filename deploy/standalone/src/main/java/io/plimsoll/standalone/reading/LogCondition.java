// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.engines.spark.LogReading;
import java.util.List;
import java.util.Locale;

/**
 * How much of a file could be read.
 *
 * @param state lower case, such as complete, truncated or running
 * @param isWhole the run's end is there and nothing is missing
 * @param lines of a log, or parts of an archive
 * @param badLines those that could not be used
 * @param rawBytes unpacked
 * @param problems the first places that could not be read
 */
public record LogCondition(
    String state,
    boolean isWhole,
    long lines,
    long badLines,
    long rawBytes,
    List<String> problems) {
  public LogCondition {
    problems = List.copyOf(problems);
  }

  static LogCondition of(LogReading reading) {
    return new LogCondition(
        reading.state().name().toLowerCase(Locale.ROOT),
        reading.isComplete(),
        reading.lines(),
        reading.brokenLines(),
        reading.rawBytes(),
        reading.problems().stream().map(LogReading.Problem::toString).toList());
  }
}
