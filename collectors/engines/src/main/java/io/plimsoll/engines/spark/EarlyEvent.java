// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.wire.EngineEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a line says whatever stands before it.
 *
 * @param event that tells its own time, or null when the line tells nothing that is wanted
 */
record EarlyEvent(@Nullable EngineEvent event) {
  static final EarlyEvent UNUSED = new EarlyEvent(null);
}
