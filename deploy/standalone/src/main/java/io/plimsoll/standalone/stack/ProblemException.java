// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

/** Something a person can mend: one line that names the culprit and the way out. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProblemException(String message) {
    super(message);
  }

  public ProblemException(String message, Throwable cause) {
    super(message, cause);
  }
}
