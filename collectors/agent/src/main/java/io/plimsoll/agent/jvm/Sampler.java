// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.proc.CgroupCpu;
import io.plimsoll.agent.proc.CgroupMemory;
import io.plimsoll.agent.proc.Children;
import io.plimsoll.agent.proc.KernelTexts;
import io.plimsoll.agent.proc.Readings;
import io.plimsoll.agent.proc.SelfStatus;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Sample;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;

/**
 * Reads one moment of this process. What takes a walk over all threads and processes, and limits,
 * which hardly change, are in the first sample, in the last, and in one every ten seconds between
 * them. Samples between those leave out what did not change. Where the values come from goes out as
 * an event after the first walk and after one that changed it. Safe for several threads, one at a
 * time.
 */
public final class Sampler {
  private static final long WALK_NANOS = 9_900_000_000L;
  private static final long NAMES_NANOS = 59_000_000_000L;
  private static final String SOURCE = "mxbean";

  private final Outbox outbox;
  private final KernelTexts kernel = KernelTexts.live();
  private final Readings readings = new Readings();
  private final SelfStatus status = new SelfStatus(kernel);
  private final CgroupMemory cgroupMemory = CgroupMemory.find(kernel);
  private final CgroupCpu cgroupCpu = CgroupCpu.find(kernel);
  private final Children children = new Children(kernel);
  private final JvmCounters counters = JvmCounters.ofThisJvm();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final CollectionWatch collections;
  private final MemoryBeans memory;
  private final CpuBooks books;
  private boolean walked;
  private boolean ended;
  private long walkedNanos;
  private long namedNanos;

  /** The group is the one that the agent's own threads live in. */
  public Sampler(Outbox outbox, ThreadGroup agentThreads, long jvmStartMillis) {
    this.outbox = outbox;
    collections = new CollectionWatch(outbox, jvmStartMillis);
    memory = new MemoryBeans(collections);
    books = new CpuBooks(kernel, agentThreads);
    namedNanos = System.nanoTime();
    collections.listen();
  }

  /**
   * The values of now.
   *
   * @param last forces a walk over all threads
   * @param whole leaves nothing out: samples before this one did not arrive as they were
   */
  public synchronized Sample sample(boolean last, boolean whole) {
    readings.begin();
    long epochMillis = System.currentTimeMillis();
    long now = System.nanoTime();
    // Whatever still comes behind the last sample has to be as whole as that.
    boolean walk = last || ended || !walked || now - walkedNanos >= WALK_NANOS;
    if (walk) {
      walked = true;
      walkedNanos = now;
      walk();
    }
    // Behind the walk: the parts of the books are then never newer than their whole.
    readings.put(Metric.PROCESS_CPU, memory.processCpuNanos(), SOURCE);
    status.read(readings);
    openFiles(walk);
    memory.read(readings, walk);
    counters.read(readings);
    readings.put(Metric.THREADS, threads.getThreadCount(), SOURCE);
    readings.put(Metric.THREADS_STARTED, threads.getTotalStartedThreadCount(), SOURCE);
    cgroupMemory.read(readings);
    cgroupCpu.read(readings);
    if (walk && !ended) {
      tell(epochMillis, last || now - namedNanos >= NAMES_NANOS);
    }
    ended |= last;
    return Sample.of(epochMillis, readings.take(walk || whole));
  }

  /** Hears no more collections. */
  public void close() {
    collections.close();
  }

  private void walk() {
    books.read(readings);
    children.read(readings);
    cgroupMemory.findLimits();
    cgroupCpu.findQuota();
    status.readLimits(readings);
    readings.put(
        Metric.AVAILABLE_PROCESSORS,
        Runtime.getRuntime().availableProcessors(),
        "Runtime.availableProcessors");
  }

  private void openFiles(boolean walk) {
    long told = status.openFiles();
    if (told >= 0) {
      readings.put(Metric.OPEN_FILES, told, "size of /proc/self/fd");
    } else if (walk) {
      readings.put(Metric.OPEN_FILES, memory.openFiles(), SOURCE);
    }
  }

  private void tell(long epochMillis, boolean names) {
    if (readings.sourcesChanged()) {
      EngineEvent.Builder event = EngineEvent.builder(EventKind.METRIC_SOURCES, epochMillis);
      for (Map.Entry<String, String> source : readings.sources().entrySet()) {
        event.property(source.getKey(), source.getValue());
      }
      String degraded = readings.degraded();
      if (!degraded.isEmpty()) {
        event.put(EventText.DEGRADED, degraded);
      }
      outbox.event(event.build());
    }
    if (names) {
      namedNanos = walkedNanos;
      outbox.event(books.unnamed(epochMillis));
    }
  }
}
