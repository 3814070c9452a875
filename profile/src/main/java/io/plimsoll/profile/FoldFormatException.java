// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.Objects;

/** Bytes that are no fold, or a fold of a version that this code does not know. */
public final class FoldFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What was wrong with the bytes. */
  public enum Code {
    /** Truncated, too long, or an impossible value. */
    MALFORMED,
    /** Written by a newer version. */
    UNKNOWN_VERSION
  }

  private final Code code;

  FoldFormatException(Code code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  static FoldFormatException malformed(String message) {
    return new FoldFormatException(Code.MALFORMED, "malformed fold: " + message);
  }

  public Code code() {
    return code;
  }
}
