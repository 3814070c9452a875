// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BoundedQueueTest {
  @Test
  void aFullQueueRefusesAndTakesAgainAfterAPoll() {
    BoundedQueue<Integer> queue = new BoundedQueue<>(4);
    for (int i = 0; i < 4; i++) {
      assertThat(queue.offer(i)).isTrue();
    }
    assertThat(queue.offer(4)).isFalse();
    assertThat(queue.poll()).isZero();
    assertThat(queue.offer(5)).isTrue();
    assertThat(queue.size()).isEqualTo(4);
  }

  @Property
  void itBehavesLikeAPlainBoundedQueue(
      @ForAll @Size(max = 200) List<Boolean> offers, @ForAll @IntRange(min = 1, max = 9) int room) {
    BoundedQueue<Integer> queue = new BoundedQueue<>(room);
    int capacity = Integer.highestOneBit(Math.max(2, room) - 1) << 1;
    Deque<Integer> model = new ArrayDeque<>();
    int next = 0;
    for (boolean offer : offers) {
      if (offer) {
        assertThat(queue.offer(next)).isEqualTo(model.size() < capacity);
        if (model.size() < capacity) {
          model.add(next);
        }
        next++;
      } else {
        assertThat(queue.poll()).isEqualTo(model.poll());
      }
      assertThat(queue.size()).isEqualTo(model.size());
    }
  }

  @Test
  void manyThreadsLoseNothingAndSeeNothingTwice() throws InterruptedException {
    BoundedQueue<Long> queue = new BoundedQueue<>(64);
    int producers = 3;
    long each = 20_000;
    AtomicLong refused = new AtomicLong();
    CountDownLatch done = new CountDownLatch(producers);
    for (int p = 0; p < producers; p++) {
      new Thread(
              () -> {
                for (long i = 1; i <= each; i++) {
                  if (!queue.offer(i)) {
                    refused.addAndGet(i);
                  }
                }
                done.countDown();
              })
          .start();
    }
    long sum = 0;
    boolean last = false;
    while (!last) {
      last = done.getCount() == 0;
      for (Long value = queue.poll(); value != null; value = queue.poll()) {
        sum += value;
      }
    }
    assertThat(sum + refused.get()).isEqualTo(producers * each * (each + 1) / 2);
  }
}
