// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import java.io.IOException;

/** A path that holds no event log; the message names it and the way out in one line. */
public final class EventLogException extends IOException {
  private static final long serialVersionUID = 1L;

  EventLogException(String message) {
    super(message);
  }
}
