// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GroupCpuTest {
  @Test
  void threadsThatEndedStayInTheSum() throws InterruptedException {
    ThreadGroup group = new ThreadGroup("test");
    CountDownLatch endFirst = new CountDownLatch(1);
    CountDownLatch endSecond = new CountDownLatch(1);
    Thread first = waiting(group, endFirst);
    Thread second = waiting(group, endSecond);
    Map<Long, Long> nanos = new HashMap<>();
    nanos.put(first.getId(), 40L);
    nanos.put(second.getId(), 2L);
    GroupCpu cpu = new GroupCpu(group, id -> nanos.getOrDefault(id, -1L));
    assertThat(cpu.nanos()).isEqualTo(42);
    endFirst.countDown();
    first.join();
    nanos.put(second.getId(), 3L);
    assertThat(cpu.nanos()).isEqualTo(43);
    assertThat(cpu.nanos()).isEqualTo(43);
    endSecond.countDown();
    second.join();
    assertThat(cpu.nanos()).isEqualTo(43);
  }

  private static Thread waiting(ThreadGroup group, CountDownLatch until) {
    Thread thread =
        new Thread(
            group,
            () -> {
              try {
                until.await();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
