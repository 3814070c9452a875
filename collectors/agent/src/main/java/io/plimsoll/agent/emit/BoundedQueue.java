// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded first-in first-out queue for many threads that neither locks nor allocates: each slot
 * carries a ticket that says whose turn it is (after D. Vyukov's bounded queue). A full queue
 * refuses.
 */
final class BoundedQueue<T> {
  private final int mask;
  private final AtomicReferenceArray<@Nullable T> slots;

  /** Each slot's ticket less the slot's own place: nothing has to be written at the start. */
  private final AtomicLongArray tickets;

  private final AtomicLong head = new AtomicLong();
  private final AtomicLong tail = new AtomicLong();

  /** The capacity is rounded up to a power of two. */
  BoundedQueue(int capacity) {
    int size = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
    mask = size - 1;
    slots = new AtomicReferenceArray<>(size);
    tickets = new AtomicLongArray(size);
  }

  /** Whether the value was taken in. */
  boolean offer(T value) {
    while (true) {
      long position = tail.get();
      int slot = (int) position & mask;
      long turn = tickets.get(slot) + slot - position;
      if (turn == 0) {
        if (tail.compareAndSet(position, position + 1)) {
          slots.lazySet(slot, value);
          tickets.set(slot, position + 1 - slot);
          return true;
        }
      } else if (turn < 0) {
        return false;
      }
    }
  }

  /** The oldest value, or null when there is none. */
  @Nullable T poll() {
    while (true) {
      long position = head.get();
      int slot = (int) position & mask;
      long turn = tickets.get(slot) + slot - (position + 1);
      if (turn == 0) {
        if (head.compareAndSet(position, position + 1)) {
          T value = slots.get(slot);
          slots.lazySet(slot, null);
          tickets.set(slot, position + mask + 1 - slot);
          return value;
        }
      } else if (turn < 0) {
        return null;
      }
    }
  }

  /** About how many values wait. */
  int size() {
    return (int) Math.max(0, tail.get() - head.get());
  }
}
