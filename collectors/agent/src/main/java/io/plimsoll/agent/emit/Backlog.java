// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Stream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait for their sink, bounded in bytes. When it is full the oldest samples go first,
 * then the oldest attempts, then the oldest events.
 */
final class Backlog {
  private static final Stream[] LEAST_PRECIOUS_FIRST = {
    Stream.SAMPLES, Stream.ATTEMPTS, Stream.EVENTS
  };

  private final long maxBytes;
  private final Loss loss;
  private final Map<Stream, Deque<Packet>> waiting = new EnumMap<>(Stream.class);
  private long bytes;

  Backlog(long maxBytes, Loss loss) {
    this.maxBytes = maxBytes;
    this.loss = loss;
    for (Stream stream : Stream.values()) {
      waiting.put(stream, new ArrayDeque<>());
    }
  }

  synchronized void add(Packet packet) {
    queue(packet.stream()).addLast(packet);
    bytes += packet.bytes().length;
    shrink();
  }

  /** Puts a packet that could not be sent back to the front. */
  synchronized void giveBack(Packet packet) {
    queue(packet.stream()).addFirst(packet);
    bytes += packet.bytes().length;
    shrink();
  }

  synchronized @Nullable Packet take(Stream stream) {
    Packet packet = queue(stream).pollFirst();
    if (packet != null) {
      bytes -= packet.bytes().length;
    }
    return packet;
  }

  synchronized boolean isEmpty() {
    return bytes == 0;
  }

  /** Counts everything that still waits as lost. */
  synchronized void abandon() {
    for (Stream stream : LEAST_PRECIOUS_FIRST) {
      Packet packet = take(stream);
      while (packet != null) {
        loss.records(stream, packet.records());
        packet = take(stream);
      }
    }
  }

  private void shrink() {
    for (Stream stream : LEAST_PRECIOUS_FIRST) {
      while (bytes > maxBytes) {
        Packet oldest = take(stream);
        if (oldest == null) {
          break;
        }
        loss.records(stream, oldest.records());
      }
    }
  }

  private Deque<Packet> queue(Stream stream) {
    Deque<Packet> queue = waiting.get(stream);
    if (queue == null) {
      throw new IllegalStateException("no queue for " + stream);
    }
    return queue;
  }
}
