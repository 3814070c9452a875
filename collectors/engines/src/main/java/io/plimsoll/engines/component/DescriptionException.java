// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

/**
 * A file of descriptions or targets that cannot be used; the message is one line and begins with
 * file and line.
 */
public final class DescriptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  DescriptionException(String file, int line, String message) {
    super((file + ":" + line + ": " + message).replace('\n', ' ').replace('\r', ' '));
    this.line = line;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }
}
