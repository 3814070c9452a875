// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.wire.EngineEvent;

/** Takes the events of a log in the order of its lines. */
@FunctionalInterface
public interface EventSink {
  void accept(LogPosition position, EngineEvent event);
}
