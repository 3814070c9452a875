// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Stream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait for their sink, bounded in bytes. As it fills, it gets coarser step by step:
 * from a quarter on samples are merged to one per two intervals, then to one per four, then
 * attempts are folded into sums, each time the oldest first and new ones as they come. When all
 * that is not enough the oldest samples go, then the oldest attempts, then the oldest events. It
 * gets finer by one step per {@link #relax} once half of what began the step is free again.
 */
final class Backlog {
  private static final Stream[] LEAST_PRECIOUS_FIRST = {
    Stream.SAMPLES, Stream.ATTEMPTS, Stream.EVENTS
  };

  private final long[] marks;
  private final Loss loss;
  private final Coarsening coarsening;
  private final Map<Stream, Deque<Packet>> waiting = new EnumMap<>(Stream.class);
  private long bytes;
  private int level;

  Backlog(long maxBytes, Loss loss, Coarsening coarsening) {
    this.marks = new long[] {0, maxBytes / 4, maxBytes * 2 / 5, maxBytes * 3 / 5, maxBytes};
    this.loss = loss;
    this.coarsening = coarsening;
    for (Stream stream : Stream.values()) {
      waiting.put(stream, new ArrayDeque<>());
    }
  }

  synchronized void add(Packet packet) {
    Packet fitting = coarsening.apply(packet, level);
    queue(packet.stream()).addLast(fitting);
    bytes += fitting.bytes().length;
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

  synchronized long bytes() {
    return bytes;
  }

  /** The present step, a level of {@link Coarsening}. */
  synchronized int level() {
    return level;
  }

  /** One step finer, where there is room for it. */
  synchronized void relax() {
    if (level > 0 && bytes <= marks[level] / 2) {
      level--;
    }
  }

  /** Shows what waits, the most precious stream first, each from its newest to its oldest. */
  synchronized void showNewestFirst(Consumer<Packet> to) {
    for (int i = LEAST_PRECIOUS_FIRST.length - 1; i >= 0; i--) {
      Iterator<Packet> newest = queue(LEAST_PRECIOUS_FIRST[i]).descendingIterator();
      while (newest.hasNext()) {
        to.accept(newest.next());
      }
    }
  }

  /** Counts everything that still waits as lost. */
  synchronized void abandon() {
    for (Stream stream : LEAST_PRECIOUS_FIRST) {
      Packet packet = take(stream);
      while (packet != null) {
        packet.lost(loss);
        packet = take(stream);
      }
    }
  }

  private void shrink() {
    for (int step = Coarsening.TWO; step <= Coarsening.SUMS; step++) {
      if (bytes > marks[step]) {
        level = Math.max(level, step);
        coarsen(step == Coarsening.SUMS ? Stream.ATTEMPTS : Stream.SAMPLES, step);
      }
    }
    if (bytes > marks[Coarsening.DROP]) {
      level = Coarsening.DROP;
      drop();
    }
  }

  /** The oldest first, until what waits is below the step's mark. */
  private void coarsen(Stream stream, int step) {
    Deque<Packet> queue = queue(stream);
    int left = queue.size();
    Deque<Packet> done = new ArrayDeque<>(left);
    while (!queue.isEmpty()) {
      Packet packet = queue.removeFirst();
      if (bytes > marks[step]) {
        Packet smaller = coarsening.apply(packet, step);
        bytes += smaller.bytes().length - packet.bytes().length;
        packet = smaller;
      }
      done.addLast(packet);
    }
    queue.addAll(done);
  }

  private void drop() {
    for (Stream stream : LEAST_PRECIOUS_FIRST) {
      while (bytes > marks[Coarsening.DROP]) {
        Packet oldest = take(stream);
        if (oldest == null) {
          break;
        }
        oldest.lost(loss);
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
