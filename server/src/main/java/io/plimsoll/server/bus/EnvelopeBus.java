// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.bus;

import io.plimsoll.wire.Stream;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Takes encoded envelopes to the pipeline. Safe for many threads. */
public interface EnvelopeBus extends AutoCloseable {
  /** A server that only reads its store. */
  EnvelopeBus NONE =
      envelopes -> {
        throw new BusException(
            "this server has no message bus: send to the one that ./plimsoll demo starts, or to"
                + " Kafka with the agent option kafka=");
      };

  /**
   * One envelope.
   *
   * @param bytes as the agent encoded them; not copied
   */
  record Encoded(Stream stream, UUID process, byte[] bytes) {
    public Encoded {
      Objects.requireNonNull(stream, "stream is null");
      Objects.requireNonNull(process, "process is null");
      Objects.requireNonNull(bytes, "bytes is null");
    }
  }

  /**
   * Returns when the bus has all of them, in the order of the list per process and stream.
   *
   * @throws BusException when it may not have all; sending all again is right then, for readers
   *     tell duplicates by their sequence
   */
  void put(List<Encoded> envelopes);

  /** Lets go of connections. */
  @Override
  default void close() {}
}
