// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

/** An answer of Flink's REST API or an archive cannot be used; the message is one line. */
public final class FlinkSourceException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Reason {
    /** Nobody answers, or not in time. */
    UNREACHABLE,
    /** The server answered that it failed or refuses. */
    REFUSED,
    /** What came is not the JSON it should be. */
    BAD_ANSWER,
    /** What came is larger than this reader takes. */
    TOO_LARGE,
    /** The requests of this round are used up. */
    BUDGET
  }

  private final Reason reason;

  FlinkSourceException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  FlinkSourceException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** True when the next request to the same source would fare no better. */
  boolean endsTheRound() {
    return reason == Reason.UNREACHABLE || reason == Reason.BUDGET;
  }
}
