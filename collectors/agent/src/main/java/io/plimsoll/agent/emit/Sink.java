// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import java.util.function.Consumer;

/** Takes envelopes away. Called by the emitting thread only, {@link #level} and the like by any. */
interface Sink {
  /** Takes a packet, now or later; never fails, loss is counted. */
  void accept(Packet packet);

  /** Moves on whatever waits. May take about a second where the far side is away. */
  void pump();

  /** False while the far side does not take anything. */
  boolean healthy();

  /** How coarse it must be told, a level of {@link Coarsening}. */
  int level();

  /** What waits or is on its way. */
  long unsentBytes();

  /** Shows what waits or is on its way, what is most worth keeping first. */
  void showUnsent(Consumer<Packet> to);

  /**
   * Sends what waits, within the time given, and lets go of everything; whether all of it was sent.
   */
  boolean finish(long timeoutMillis);
}
