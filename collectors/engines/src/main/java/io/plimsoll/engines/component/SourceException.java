// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A component could not be read. The message is one line and names what was asked. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  public enum Code {
    /** Nobody answers there. */
    UNREACHABLE,
    /** It answers, and does not let us in. */
    REFUSED,
    /** No complete answer within the time allowed. */
    TIMED_OUT,
    /** The answer is larger than allowed. */
    TOO_LARGE,
    /** The answer is not what the protocol says. */
    BAD_ANSWER,
    /** The caller's own files or addresses cannot be used. */
    BAD_INPUT
  }

  private final Code code;

  public SourceException(Code code, String message) {
    this(code, message, null);
  }

  public SourceException(Code code, String message, @Nullable Throwable cause) {
    super(message.replace('\n', ' ').replace('\r', ' '), cause);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  public Code code() {
    return code;
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
