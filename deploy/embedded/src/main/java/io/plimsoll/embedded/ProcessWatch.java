// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at processes through {@code /proc} five times a second and keeps what it saw after they
 * end: a count of CPU and memory that owes nothing to the agents whose books it is compared with.
 * Linux only; elsewhere it sees no process.
 */
public final class ProcessWatch implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final Clock clock = Clock.systemUTC();
  private final long bootEpochMillis = ProcFiles.bootEpochMillis();
  private final List<Supplier<? extends Collection<Long>>> sources = new CopyOnWriteArrayList<>();
  private final Map<Long, UsageTally> current = new LinkedHashMap<>();
  private final List<UsageTally> replaced = new ArrayList<>();
  private final ScheduledExecutorService poller;
  private long failedLooks;

  private ProcessWatch() {
    poller =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "process-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts the one daemon thread that looks. */
  public static ProcessWatch start() {
    ProcessWatch watch = new ProcessWatch();
    long nanos = PERIOD.toNanos();
    watch.poller.scheduleAtFixedRate(watch::pollCounted, nanos, nanos, TimeUnit.NANOSECONDS);
    return watch;
  }

  /** Looks at the process now and at every poll. A process that is already gone is left out. */
  public void watch(long pid) {
    look(pid, clock.millis());
  }

  /** Before each poll, also starts to watch the process ids that the source then gives. */
  public void watchAlso(Supplier<? extends Collection<Long>> source) {
    sources.add(source);
  }

  /** Empty when no process of that id was ever seen; the newest when the id was used again. */
  public synchronized Optional<ProcessUsage> usage(long pid) {
    return Optional.ofNullable(current.get(pid)).map(UsageTally::usage);
  }

  /** Every process that was seen, in the order of first sight, ended ones too. */
  public synchronized List<ProcessUsage> usages() {
    List<ProcessUsage> all = new ArrayList<>();
    replaced.forEach(tally -> all.add(tally.usage()));
    current.values().forEach(tally -> all.add(tally.usage()));
    return List.copyOf(all);
  }

  /** How many polls failed, e.g. because a source threw. 0 when all is well. */
  public synchronized long failedLooks() {
    return failedLooks;
  }

  /** Looks at all watched processes now, so that {@link #usages} is of this moment. */
  public void poll() {
    Set<Long> pids = new LinkedHashSet<>(livingPids());
    for (Supplier<? extends Collection<Long>> source : sources) {
      pids.addAll(source.get());
    }
    for (long pid : pids) {
      look(pid, clock.millis());
    }
  }

  /** Looks once more, then stops looking; what was seen can still be read. */
  @Override
  public void close() {
    poller.shutdownNow();
    pollCounted();
  }

  private void pollCounted() {
    try {
      poll();
    } catch (RuntimeException e) {
      synchronized (this) {
        failedLooks++;
      }
    }
  }

  private synchronized List<Long> livingPids() {
    return current.entrySet().stream()
        .filter(entry -> entry.getValue().isAlive())
        .map(Map.Entry::getKey)
        .toList();
  }

  private synchronized void look(long pid, long nowMillis) {
    Optional<ProcReading> reading = ProcReading.parse(ProcFiles.stat(pid), ProcFiles.status(pid));
    UsageTally known = current.get(pid);
    if (known != null && (reading.isEmpty() || !known.isSameProcess(reading.get()))) {
      known.end();
    }
    if (reading.isEmpty()) {
      return;
    }
    if (known != null && known.isSameProcess(reading.get())) {
      if (known.isAlive()) {
        known.add(ProcFiles.commandLine(pid), reading.get(), nowMillis);
      }
      return;
    }
    if (known != null) {
      replaced.add(known);
    }
    current.put(
        pid,
        new UsageTally(pid, bootEpochMillis, ProcFiles.commandLine(pid), reading.get(), nowMillis));
  }
}
