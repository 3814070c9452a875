// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Envelope;

/** Takes envelopes away. Called by the emitting thread only. */
interface Sink {
  /** Takes an envelope and its encoded bytes, now or later; never fails, loss is counted. */
  void accept(Envelope envelope, byte[] bytes);

  /** Moves on whatever waits. May take about a second where the far side is away. */
  void pump();

  /** False while the far side does not take anything. */
  boolean healthy();

  /** Sends what waits, within the time given, and lets go of everything. */
  void finish(long timeoutMillis);
}
