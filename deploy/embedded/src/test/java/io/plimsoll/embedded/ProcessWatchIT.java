// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProcessWatchIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void countsAProcessAndKeepsTheCountAfterItsEnd() throws Exception {
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try (ProcessWatch watch = ProcessWatch.start()) {
      watch.watchAlso(() -> List.of(busy.pid()));
      Awaitility.await()
          .atMost(LIMIT)
          .until(
              () -> watch.usage(busy.pid()).filter(u -> u.cpuNanos() >= 300_000_000L).isPresent());
      Duration before = busy.info().totalCpuDuration().orElseThrow();
      watch.poll();
      ProcessUsage running = watch.usage(busy.pid()).orElseThrow();
      Duration after = busy.info().totalCpuDuration().orElseThrow();

      assertThat(running.alive()).isTrue();
      assertThat(running.commandLine()).isEqualTo("sh -c while :; do :; done");
      assertThat(running.cpuNanos()).isBetween(before.toNanos(), after.toNanos());
      assertThat(running.rssBytes()).isPositive().isLessThanOrEqualTo(running.peakRssBytes());
      assertThat(running.rssByteMillis()).isPositive();
      assertThat(running.startEpochMillis())
          .isCloseTo(
              busy.info().startInstant().orElseThrow().toEpochMilli(),
              org.assertj.core.data.Offset.offset(1500L));

      busy.destroyForcibly().waitFor();
      watch.poll();
      ProcessUsage ended = watch.usage(busy.pid()).orElseThrow();
      assertThat(ended.alive()).isFalse();
      assertThat(ended.cpuNanos()).isGreaterThanOrEqualTo(running.cpuNanos());
      assertThat(ended.peakRssBytes()).isEqualTo(running.peakRssBytes());
    } finally {
      busy.destroyForcibly();
    }
  }

  @Test
  void aSourceThatThrowsIsCountedAndDoesNotStopTheWatch() {
    try (ProcessWatch watch = ProcessWatch.start()) {
      watch.watch(ProcessHandle.current().pid());
      watch.watchAlso(
          () -> {
            throw new IllegalStateException("no pids today");
          });

      Awaitility.await().atMost(LIMIT).until(() -> watch.failedLooks() >= 2);
      assertThat(watch.usages()).hasSize(1);
    }
  }
}
