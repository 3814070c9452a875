// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import io.plimsoll.server.bus.BusException;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Puts what our own pollers learned on the bus. What the bus does not take is lost; the gap in its
 * sequence says so.
 */
final class BusSink implements Consumer<Envelope> {
  private static final Logger LOGGER = Logger.getLogger(BusSink.class.getName());

  private final EnvelopeBus bus;
  private final String what;

  /**
   * @param what the facts are of, for the log
   */
  BusSink(EnvelopeBus bus, String what) {
    this.bus = bus;
    this.what = what;
  }

  @Override
  public void accept(Envelope envelope) {
    try {
      bus.put(
          List.of(
              new EnvelopeBus.Encoded(
                  envelope.stream(),
                  envelope.identity().process(),
                  EnvelopeEncoder.encode(envelope))));
    } catch (BusException e) {
      LOGGER.log(Level.WARNING, "facts of " + what + " are lost: " + e.getMessage(), e);
    }
  }
}
