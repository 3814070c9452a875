// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import java.util.Objects;

/**
 * A store that cannot do what it was asked; the message names the file or server and the way out.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Code {
    /** The file or server cannot be reached, opened or written (full, read-only, locked). */
    UNAVAILABLE,
    /** What is stored cannot be read by this version. */
    INCOMPATIBLE
  }

  private final Code code;

  public StoreException(Code code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  public StoreException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  public Code code() {
    return code;
  }
}
