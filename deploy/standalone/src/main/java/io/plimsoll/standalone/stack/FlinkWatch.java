// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import io.plimsoll.engines.flink.FlinkPollers;
import io.plimsoll.engines.flink.PollSettings;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.server.bus.EventsTap;
import java.time.Clock;

/** Polls every Flink JobManager whose agent said on the bus where it listens. */
final class FlinkWatch implements AutoCloseable {
  private final FlinkPollers pollers;
  private final EventsTap tap;

  FlinkWatch(String bootstrapServers, EnvelopeBus bus, PollSettings settings) {
    pollers = new FlinkPollers(settings, Clock.systemUTC(), new BusSink(bus, "a Flink job"));
    tap = EventsTap.start(bootstrapServers, pollers);
  }

  @Override
  public void close() {
    tap.close();
    pollers.close();
  }
}
