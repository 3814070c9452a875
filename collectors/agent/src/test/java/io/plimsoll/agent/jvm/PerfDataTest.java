// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.plimsoll.agent.proc.Readings;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerfDataTest {
  private static final int MUTATIONS = 1_000;

  /** A file as HotSpot 17 with G1 writes it, of a few entries. */
  private static final class Builder {
    private final ByteBuffer bytes;
    private int entries;

    private Builder(ByteOrder order) {
      bytes = ByteBuffer.allocate(4096);
      bytes.putInt(0xcafec0c0).order(order);
      bytes.put((byte) (order == ByteOrder.BIG_ENDIAN ? 0 : 1)).put((byte) 2).put((byte) 0);
      bytes.put((byte) 1).putInt(4000).putInt(0).putLong(1).putInt(32).putInt(0);
    }

    private Builder number(String name, long value) {
      int start = head(name, 0, 'J', Long.BYTES);
      bytes.putLong(start + bytes.getInt(start + 16), value);
      return this;
    }

    private Builder text(String name, String value) {
      byte[] text = value.getBytes(StandardCharsets.UTF_8);
      int start = head(name, text.length + 1, 'B', text.length + 1);
      bytes.put(start + bytes.getInt(start + 16), text);
      return this;
    }

    private int head(String name, int vectorLength, char type, int dataBytes) {
      int start = bytes.position();
      byte[] utf = name.getBytes(StandardCharsets.UTF_8);
      int dataAt = (20 + utf.length + 1 + 7) / 8 * 8;
      int length = (dataAt + dataBytes + 7) / 8 * 8;
      bytes.putInt(length).putInt(20).putInt(vectorLength).put((byte) type).put((byte) 1);
      bytes.put((byte) 4).put((byte) 2).putInt(dataAt).put(utf);
      bytes.position(start + length);
      bytes.putInt(28, ++entries);
      return start;
    }

    private ByteBuffer file() {
      return bytes.duplicate().clear();
    }
  }

  private static Builder g1(ByteOrder order) {
    return new Builder(order)
        .number("sun.os.hrt.frequency", 2_000_000_000L)
        .number("sun.rt.safepoints", 30)
        .number("sun.rt.safepointTime", 4_000_000L)
        .number("sun.rt.safepointSyncTime", 1_000_000L)
        .text("sun.gc.collector.0.name", "G1 young collection pauses")
        .text("sun.gc.collector.2.name", "G1 concurrent cycle pauses")
        .number("sun.gc.collector.2.invocations", 6)
        .number("sun.gc.collector.2.time", 10_000_000L)
        .number("sun.threads.total_gc_cpu_time", 777);
  }

  private static long value(Readings readings, Metric metric) {
    return readings.values().getOrDefault(MetricKey.of(metric), -1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void countersAreReadInEitherByteOrder(String order) {
    ByteBuffer file =
        g1(order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN).file();
    PerfData data = PerfData.of(file);
    assertThat(data).isNotNull();
    assertThat(data.number("sun.rt.safepoints")).isEqualTo(30);
    assertThat(data.number("no.such")).isEqualTo(-1);
    assertThat(data.text("sun.gc.collector.0.name")).isEqualTo("G1 young collection pauses");
    assertThat(data.text("sun.rt.safepoints")).isNull();
    assertThat(data.hasMore()).isFalse();
  }

  @Test
  void ticksBecomeNanoseconds() {
    Readings readings = new Readings();
    readings.begin();
    new JvmCounters(g1(ByteOrder.LITTLE_ENDIAN).file()).read(readings);
    assertThat(value(readings, Metric.SAFEPOINT_COUNT)).isEqualTo(30);
    assertThat(value(readings, Metric.SAFEPOINT_TIME)).isEqualTo(2_000_000);
    assertThat(value(readings, Metric.SAFEPOINT_SYNC_TIME)).isEqualTo(500_000);
    assertThat(value(readings, Metric.GC_CONCURRENT_PAUSES)).isEqualTo(6);
    assertThat(value(readings, Metric.GC_CONCURRENT_PAUSE_TIME)).isEqualTo(5_000_000);
    assertThat(value(readings, Metric.CPU_GC_TOLD)).isEqualTo(777);
    assertThat(readings.sources()).containsEntry("jvm.safepoint.count", "hsperfdata");
  }

  @Test
  void entriesThatTheJvmAddsLaterAreFound() {
    Builder builder = g1(ByteOrder.LITTLE_ENDIAN);
    PerfData data = PerfData.of(builder.file());
    assertThat(data).isNotNull();
    builder.number("late", 1);
    assertThat(data.hasMore()).isTrue();
  }

  @Test
  void withoutTheFileTheCountersAreAbsentAndNamed() {
    Readings readings = new Readings();
    readings.begin();
    new JvmCounters(null).read(readings);
    assertThat(value(readings, Metric.SAFEPOINT_COUNT)).isEqualTo(-1);
    assertThat(readings.degraded()).contains("jvm.safepoint.count").contains("-XX:-UsePerfData");
  }

  @Test
  void aFileThatIsNotOneOrNotReadyIsNone() {
    assertThat(PerfData.of(ByteBuffer.allocate(0))).isNull();
    assertThat(PerfData.of(ByteBuffer.allocate(4096))).isNull();
    ByteBuffer notReady = g1(ByteOrder.LITTLE_ENDIAN).file();
    notReady.put(7, (byte) 0);
    assertThat(PerfData.of(notReady)).isNull();
    ByteBuffer otherVersion = g1(ByteOrder.LITTLE_ENDIAN).file();
    otherVersion.put(5, (byte) 3);
    assertThat(PerfData.of(otherVersion)).isNull();
  }

  @Test
  @Timeout(60)
  void aDamagedFileTellsLessAndNeverFails() {
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Random random = new Random(seed);
      ByteBuffer file = g1(ByteOrder.LITTLE_ENDIAN).file();
      for (int change = 0; change < 1 + random.nextInt(8); change++) {
        int at = random.nextInt(600);
        if (random.nextBoolean()) {
          file.put(at, (byte) random.nextInt());
        } else {
          file.putInt(at, random.nextBoolean() ? random.nextInt() : random.nextInt(64));
        }
      }
      if (random.nextInt(4) == 0) {
        file.limit(random.nextInt(4096));
      }
      Readings readings = new Readings();
      readings.begin();
      assertThatCode(
              () -> {
                JvmCounters counters = new JvmCounters(file.slice());
                counters.read(readings);
                counters.read(readings);
              })
          .as("seed %d", seed)
          .doesNotThrowAnyException();
      assertThat(readings.values().values()).allMatch(value -> value >= 0);
    }
  }
}
