// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

/** A case that says something impossible; the message names it, where it stands is the caller's. */
public final class BadCaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadCaseException(String message) {
    super(message);
  }
}
