// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running process and all that it starts; closing it ends them. */
public final class Tree implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration STRAGGLERS = Duration.ofSeconds(20);
  private static final long NANOS_PER_TICK = 10_000_000;

  private final Process process;
  private final @Nullable CpuGroup group;
  private final long startNanos = System.nanoTime();
  private final Map<Long, long[]> seen = new HashMap<>();
  private int threads;

  private Tree(Process process, @Nullable CpuGroup group) {
    this.process = process;
    this.group = group;
  }

  /**
   * Starts the command.
   *
   * @param output takes what it prints, errors too
   * @param environment variables that are added
   */
  public static Tree start(
      List<String> command, Path folder, Path output, Map<String, String> environment)
      throws IOException {
    Optional<CpuGroup> group = CpuGroup.make();
    List<String> wrapped = group.map(made -> made.wrap(command)).orElse(command);
    ProcessBuilder builder =
        new ProcessBuilder(wrapped)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    try {
      Process started = builder.start();
      started.getOutputStream().close();
      return new Tree(started, group.orElse(null));
    } catch (IOException e) {
      if (group.isPresent()) {
        group.get().close();
      }
      throw e;
    }
  }

  /** The id of the first process. */
  public long pid() {
    return process.pid();
  }

  /** Whether the first process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ids of all living processes of the tree. */
  public List<Long> pids() {
    CpuGroup counted = group;
    if (counted != null) {
      return counted.pids();
    }
    try (Stream<ProcessHandle> below = process.descendants()) {
      List<Long> pids = new ArrayList<>();
      pids.add(process.pid());
      below.forEach(handle -> pids.add(handle.pid()));
      return pids;
    }
  }

  /** CPU time of the tree up to now. */
  public long cpuNanos() {
    CpuGroup counted = group;
    long told = counted == null ? -1 : counted.cpuNanos();
    return told >= 0 ? told : seen.values().stream().mapToLong(each -> each[0]).sum();
  }

  /** Waits up to this long, looking at the tree all the while; ends it when time is over. */
  public Usage await(Duration atMost) throws InterruptedException {
    long deadline = startNanos + atMost.toNanos();
    boolean ended = false;
    while (!ended && System.nanoTime() < deadline) {
      look();
      ended = process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
    long wallMillis = (System.nanoTime() - startNanos) / 1_000_000;
    if (ended) {
      awaitStragglers();
    } else {
      process.destroyForcibly().waitFor();
    }
    look();
    return usage(ended ? process.exitValue() : -1, wallMillis);
  }

  /** The tree's use up to now, whether it has ended or not. */
  public Usage soFar() {
    look();
    return usage(0, (System.nanoTime() - startNanos) / 1_000_000);
  }

  private Usage usage(int exit, long wallMillis) {
    return new Usage(
        exit,
        wallMillis,
        cpuNanos(),
        group != null,
        seen.values().stream().mapToLong(each -> each[1]).sum(),
        threads,
        seen.size());
  }

  /** Executors may outlive their driver for a moment; their CPU belongs to the run. */
  private void awaitStragglers() throws InterruptedException {
    long deadline = System.nanoTime() + STRAGGLERS.toNanos();
    CpuGroup counted = group;
    while (counted != null && !counted.pids().isEmpty() && System.nanoTime() < deadline) {
      look();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void look() {
    int now = 0;
    for (long pid : pids()) {
      String status = text(pid, "status");
      String stat = text(pid, "stat");
      long[] kept = seen.computeIfAbsent(pid, unused -> new long[2]);
      kept[0] = Math.max(kept[0], cpuNanos(stat));
      kept[1] = Math.max(kept[1], number(status, "VmHWM:") << 10);
      now += (int) number(status, "Threads:");
    }
    threads = Math.max(threads, now);
  }

  private static long cpuNanos(String stat) {
    int name = stat.lastIndexOf(')');
    String[] fields = name < 0 ? new String[0] : stat.substring(name + 1).strip().split(" ");
    return fields.length < 13
        ? 0
        : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
  }

  private static long number(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static String text(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // The process ended between two looks.
      return "";
    }
  }

  @Override
  public void close() {
    try (Stream<ProcessHandle> below = process.descendants()) {
      below.forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly().onExit().join();
    CpuGroup counted = group;
    if (counted != null) {
      counted.close();
    }
  }
}
