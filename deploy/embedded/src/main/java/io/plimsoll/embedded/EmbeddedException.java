// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

/** An embedded server could not do what was asked; the message is one line for the user. */
public final class EmbeddedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Reason {
    /** Another process listens on the port. */
    PORT_TAKEN,
    /** The data folder is missing, not writable, or held by another broker. */
    FOLDER_UNUSABLE,
    /** The Spark home has no jars, or the Java home has no java. */
    HOME_INCOMPLETE,
    /** The server ended, or was not ready, within the time given. */
    NOT_STARTED,
    /** The running server refused a request. */
    REQUEST_FAILED
  }

  private final Reason reason;

  EmbeddedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  EmbeddedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
