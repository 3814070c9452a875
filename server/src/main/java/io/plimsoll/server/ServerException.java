// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import java.util.Objects;

/** A server that cannot start; the message is one line that names the culprit and the way out. */
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Code {
    /** Somebody else listens there. */
    PORT_TAKEN,
    /** The host is no address of this machine, or the port is not allowed. */
    CANNOT_LISTEN
  }

  private final Code code;

  ServerException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  public Code code() {
    return code;
  }
}
