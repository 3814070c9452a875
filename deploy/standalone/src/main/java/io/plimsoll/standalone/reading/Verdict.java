// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.finding.Severity;

/**
 * What a person wants to know first.
 *
 * @param severity of the worst problem, NONE when healthy
 * @param sentence why, in one sentence
 */
public record Verdict(Level level, Severity severity, String sentence) {
  /** Best first. */
  public enum Level {
    /** Nothing worse than a remark. */
    HEALTHY,
    /** It did its work, and something cost it time, money or safety. */
    PROBLEMS,
    /** Its end is not in the log: it was killed, or it is still going. */
    UNFINISHED,
    /** It did not do its work. */
    FAILED
  }

  /** Whether a script should stop and look. */
  public boolean isProblem() {
    return level != Level.HEALTHY;
  }

  /** The level as a report writes it. */
  public String word() {
    return level.name();
  }
}
