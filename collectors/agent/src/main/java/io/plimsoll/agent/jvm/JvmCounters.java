// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import io.plimsoll.agent.proc.Readings;
import io.plimsoll.wire.Metric;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Safepoints, pauses of concurrent cycles and the collector's CPU time as the JVM itself counts
 * them: in its performance data file, mapped read-only, and from JDK 26 on in its memory bean.
 */
final class JvmCounters {
  private static final String SOURCE = "hsperfdata";
  private static final String BEAN_SOURCE = "MemoryMXBean.getTotalGcCpuTime";
  private static final String NO_FILE =
      "the JVM keeps no readable performance data (-XX:-UsePerfData, -XX:+PerfDisableSharedMem)";
  private static final Metric[] FROM_FILE = {
    Metric.SAFEPOINT_COUNT, Metric.SAFEPOINT_TIME, Metric.SAFEPOINT_SYNC_TIME
  };
  private static final int MOST_COLLECTORS = 8;
  private static final long LARGEST_FILE_BYTES = 1 << 24;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final @Nullable ByteBuffer mapped;
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final @Nullable Method gcCpuTime;
  private @Nullable PerfData data;
  private String concurrent = "";

  JvmCounters(@Nullable ByteBuffer mapped) {
    this.mapped = mapped;
    gcCpuTime = gcCpuTimeMethod();
    open();
  }

  /** Those of this JVM. */
  static JvmCounters ofThisJvm() {
    String name = "hsperfdata_" + System.getProperty("user.name", "");
    String pid = Long.toString(JvmFacts.pid());
    ByteBuffer linux = map(new File("/tmp/" + name, pid));
    // Elsewhere HotSpot takes the user's own temporary folder.
    File other = new File(new File(System.getProperty("java.io.tmpdir", "/tmp"), name), pid);
    return new JvmCounters(linux != null ? linux : map(other));
  }

  void read(Readings out) {
    PerfData now = data;
    if (now != null && now.hasMore()) {
      open();
      now = data;
    }
    if (now == null) {
      out.absent(NO_FILE, FROM_FILE);
    } else {
      readFile(now, out);
    }
    long gcNanos = gcCpuNanos();
    if (gcNanos > 0) {
      out.put(Metric.CPU_GC_TOLD, gcNanos, BEAN_SOURCE);
    } else if (now != null && now.number("sun.threads.total_gc_cpu_time") > 0) {
      // Collectors that do not keep this counter leave it at zero.
      out.put(Metric.CPU_GC_TOLD, now.number("sun.threads.total_gc_cpu_time"), SOURCE);
    }
  }

  private void readFile(PerfData now, Readings out) {
    long frequency = now.number("sun.os.hrt.frequency");
    out.put(Metric.SAFEPOINT_COUNT, now.number("sun.rt.safepoints"), SOURCE);
    out.put(Metric.SAFEPOINT_TIME, nanos(now.number("sun.rt.safepointTime"), frequency), SOURCE);
    out.put(
        Metric.SAFEPOINT_SYNC_TIME,
        nanos(now.number("sun.rt.safepointSyncTime"), frequency),
        SOURCE);
    out.absent("this JVM does not count safepoints in its performance data", FROM_FILE);
    if (!concurrent.isEmpty()) {
      out.put(Metric.GC_CONCURRENT_PAUSES, now.number(concurrent + "invocations"), SOURCE);
      out.put(
          Metric.GC_CONCURRENT_PAUSE_TIME,
          nanos(now.number(concurrent + "time"), frequency),
          SOURCE);
    }
  }

  static long nanos(long ticks, long perSecond) {
    if (ticks < 0 || perSecond <= 0) {
      return -1;
    }
    if (perSecond == NANOS_PER_SECOND) {
      return ticks;
    }
    double nanos = (double) ticks * NANOS_PER_SECOND / perSecond;
    return nanos < Long.MAX_VALUE ? (long) nanos : -1;
  }

  private void open() {
    data = mapped == null ? null : PerfData.of(mapped);
    PerfData now = data;
    concurrent = "";
    for (int i = 0; now != null && i < MOST_COLLECTORS; i++) {
      String name = now.text("sun.gc.collector." + i + ".name");
      if (name != null
          && (name.contains("concurrent cycle pauses") || name.contains("stop-the-world phases"))) {
        concurrent = "sun.gc.collector." + i + ".";
      }
    }
  }

  private static @Nullable ByteBuffer map(File file) {
    if (!file.isFile() || file.length() <= 0 || file.length() > LARGEST_FILE_BYTES) {
      return null;
    }
    try (RandomAccessFile open = new RandomAccessFile(file, "r");
        FileChannel channel = open.getChannel()) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    } catch (IOException notReadable) {
      return null;
    }
  }

  private static @Nullable Method gcCpuTimeMethod() {
    try {
      return MemoryMXBean.class.getMethod("getTotalGcCpuTime");
    } catch (NoSuchMethodException beforeJdk26) {
      return null;
    }
  }

  /** -1 when the JVM does not tell. */
  private long gcCpuNanos() {
    if (gcCpuTime == null) {
      return -1;
    }
    try {
      Object nanos = gcCpuTime.invoke(memory);
      return nanos instanceof Long ? (Long) nanos : -1;
    } catch (ReflectiveOperationException notTold) {
      return -1;
    }
  }
}
