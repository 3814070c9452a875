// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import io.plimsoll.engines.flink.FlinkPollers;
import io.plimsoll.engines.flink.PollSettings;
import io.plimsoll.server.bus.BusException;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.server.bus.EventsTap;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Polls every Flink JobManager whose agent said on the bus where it listens. */
final class FlinkWatch implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(FlinkWatch.class.getName());

  private final EnvelopeBus bus;
  private final FlinkPollers pollers;
  private final EventsTap tap;

  FlinkWatch(String bootstrapServers, EnvelopeBus bus, PollSettings settings) {
    this.bus = bus;
    pollers = new FlinkPollers(settings, Clock.systemUTC(), this::send);
    tap = EventsTap.start(bootstrapServers, pollers);
  }

  /** What the bus does not take is lost; the gap in its sequence says so. */
  private void send(Envelope envelope) {
    try {
      bus.put(
          List.of(
              new EnvelopeBus.Encoded(
                  envelope.stream(),
                  envelope.identity().process(),
                  EnvelopeEncoder.encode(envelope))));
    } catch (BusException e) {
      LOGGER.log(Level.WARNING, "facts of a Flink job are lost: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    tap.close();
    pollers.close();
  }
}
