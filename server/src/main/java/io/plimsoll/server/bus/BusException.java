// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.bus;

import org.jspecify.annotations.Nullable;

/** A bus that does not take envelopes now; the message is one line with the reason. */
public final class BusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BusException(String message) {
    super(message);
  }

  BusException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
