// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

/** A component description that cannot be used; the message begins with file and line. */
public final class DescriptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  DescriptionException(String file, int line, String message) {
    super(file + ":" + line + ": " + message);
    this.line = line;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }
}
