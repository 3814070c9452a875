// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelfStatusTest {
  private final Readings readings = new Readings();

  private long value(Metric metric) {
    return readings.values().getOrDefault(MetricKey.of(metric), -1L);
  }

  @Test
  void statusStatAndLimitsAreRead() {
    SelfStatus status = new SelfStatus(RecordedKernel.of("hybrid"));
    readings.begin();
    status.read(readings);
    status.readLimits(readings);
    assertThat(value(Metric.RSS)).isEqualTo(107_088L * 1024);
    assertThat(value(Metric.RSS_ANON)).isEqualTo(84_400L * 1024);
    assertThat(value(Metric.RSS_FILE)).isEqualTo(22_176L * 1024);
    assertThat(value(Metric.RSS_SHMEM)).isEqualTo(512L * 1024);
    assertThat(value(Metric.RSS_PEAK)).isEqualTo(129_636L * 1024);
    assertThat(value(Metric.SWAP)).isEqualTo(16L * 1024);
    assertThat(value(Metric.PROCESS_CPU_USER)).isEqualTo(5_830_000_000L);
    assertThat(value(Metric.PROCESS_CPU_SYSTEM)).isEqualTo(580_000_000L);
    assertThat(value(Metric.MAJOR_FAULTS)).isEqualTo(3);
    assertThat(value(Metric.OPEN_FILES_LIMIT)).isEqualTo(20_000);
    assertThat(readings.degraded()).isEmpty();
  }

  @Test
  void withoutProcEverythingIsAbsentAndNamed() {
    SelfStatus status = new SelfStatus(RecordedKernel.empty(), "/no/such/folder");
    readings.begin();
    status.read(readings);
    status.readLimits(readings);
    assertThat(readings.values()).isEmpty();
    assertThat(status.openFiles()).isEqualTo(-1);
    assertThat(readings.degraded())
        .startsWith("no process.cpu.user, process.cpu.system, process.memory.rss,")
        .endsWith(": no /proc on this system");
  }

  @Test
  void anUnlimitedNumberOfFilesIsNoLimit() {
    assertThat(SelfStatus.openFilesLimit("Max open files  unlimited unlimited files\n"))
        .isEqualTo(-1);
  }

  @Test
  void aChangedSourceIsToldOnce() {
    readings.begin();
    readings.put(Metric.RSS, 1, "a");
    assertThat(readings.sourcesChanged()).isTrue();
    readings.put(Metric.RSS, 2, "a");
    assertThat(readings.sourcesChanged()).isFalse();
    readings.put(Metric.RSS, 2, "b");
    assertThat(readings.sourcesChanged()).isTrue();
    assertThat(readings.sources()).containsEntry("process.memory.rss", "b");
    readings.absent("gone", Metric.SWAP);
    assertThat(readings.sourcesChanged()).isTrue();
    readings.absent("gone", Metric.SWAP);
    assertThat(readings.sourcesChanged()).isFalse();
    assertThat(readings.degraded()).isEqualTo("no process.memory.swap: gone");
  }

  @Test
  void whatDidNotChangeIsTakenOnlyWithEverything() {
    assertThat(taken(1, 7, false)).containsOnlyKeys(MetricKey.of(Metric.RSS), SWAP);
    assertThat(taken(1, 7, false)).containsOnlyKeys(MetricKey.of(Metric.RSS));
    assertThat(taken(1, 8, false)).containsEntry(SWAP, 8L);
    assertThat(taken(1, 8, true)).containsOnlyKeys(MetricKey.of(Metric.RSS), SWAP);
  }

  private static final MetricKey SWAP = MetricKey.of(Metric.SWAP);

  private Map<MetricKey, Long> taken(long rss, long swap, boolean all) {
    readings.begin();
    readings.put(Metric.RSS, rss, "a");
    readings.put(Metric.SWAP, swap, "a");
    return readings.take(all);
  }

  @Test
  void aNameWithBlanksAndParenthesesDoesNotShiftTheFields() {
    ProcStat stat =
        ProcStat.of(
            "32253 (C2 (odd) name) S 32100 1 1 0 -1 4 25 0 12 0 583 58 7 8 20 0 19 0 99 5 6");
    assertThat(stat).isNotNull();
    assertThat(stat.comm()).isEqualTo("C2 (odd) name");
    assertThat(stat.parent()).isEqualTo(32100);
    assertThat(stat.userTicks()).isEqualTo(583);
    assertThat(stat.endedChildrenTicks()).isEqualTo(15);
    assertThat(stat.start()).isEqualTo(99);
    assertThat(stat.rssPages()).isEqualTo(6);
    assertThat(ProcStat.of("32253 (java) S 1 2")).isNull();
    assertThat(ProcStat.of("")).isNull();
    assertThat(ProcStat.of(null)).isNull();
  }

  @Test
  void pageAndTickAreWhatTheKernelToldAtTheStart() {
    ByteBuffer words = ByteBuffer.allocate(64).order(ByteOrder.BIG_ENDIAN);
    words.putLong(3).putLong(64).putLong(6).putLong(65_536).putLong(17).putLong(1_000);
    String text = new String(words.array(), StandardCharsets.ISO_8859_1);
    Auxv auxv = Auxv.of(text, true, ByteOrder.BIG_ENDIAN);
    assertThat(auxv.pageBytes()).isEqualTo(65_536);
    assertThat(auxv.tickNanos()).isEqualTo(1_000_000);
    assertThat(Auxv.of("odd", true, ByteOrder.LITTLE_ENDIAN).pageBytes()).isEqualTo(4096);
    assertThat(Auxv.of(null, true, ByteOrder.LITTLE_ENDIAN).tickNanos()).isEqualTo(10_000_000);
  }
}
