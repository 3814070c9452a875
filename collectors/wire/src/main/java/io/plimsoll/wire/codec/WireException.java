// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import java.util.Objects;

/** Bytes that are not an envelope this version can read; the message names the culprit. */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What was wrong with the bytes. */
  public enum Code {
    /** Truncated, or not protobuf, or an impossible value. */
    MALFORMED,
    /** A schema version newer than this reader. */
    UNKNOWN_VERSION
  }

  private final Code code;

  WireException(Code code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  WireException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
