// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The kernel's control groups, by which a run's nodes are limited: memory and CPU time per node,
 * and memory once more per executor inside its node. Version 1, with its controllers mounted apart
 * or together, or version 2. Every group lies in one that bears the run's name, below the mounts'
 * roots; no other is written to.
 *
 * <p>Below {@code <run>} stand {@code head} without limits and {@code node-<n>} with them; in a
 * node's memory group its Worker is in {@code daemon} and each limited executor in {@code
 * executor-<pid>}.
 */
final class ControlGroups {
  private static final String DAEMON = "daemon";
  private static final String HEAD = "head";
  private static final String PROCESSES = "cgroup.procs";

  /** How much more CPU time a busy node is due than one busy thread outside of all nodes. */
  private static final int NODE_WEIGHT = 4;

  private static final int MOST_WEIGHT = 100;
  private static final long PERIOD_MICROS = 100_000;
  private static final long REMOVE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final boolean unified;
  private final Path memory;
  private final List<Path> cpu;

  private ControlGroups(boolean unified, Path memory, List<Path> cpu) {
    this.unified = unified;
    this.memory = memory;
    this.cpu = List.copyOf(cpu);
  }

  /** Empty where memory and CPU time are not both controlled by one version. */
  static Optional<ControlGroups> find() {
    try {
      return of(Files.readAllLines(Path.of("/proc/mounts")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** From the lines of {@code /proc/mounts}. */
  static Optional<ControlGroups> of(List<String> mounts) {
    Path memory = null;
    Set<Path> cpu = new LinkedHashSet<>();
    boolean hasQuota = false;
    Path two = null;
    for (String line : mounts) {
      String[] fields = line.split(" ");
      if (fields.length < 4) {
        continue;
      }
      Path place = Path.of(fields[1]);
      Set<String> options = Set.of(fields[3].split(","));
      if (fields[2].equals("cgroup")) {
        memory = options.contains("memory") ? place : memory;
        hasQuota |= options.contains("cpu");
        if (options.contains("cpu") || options.contains("cpuacct")) {
          cpu.add(place);
        }
      } else if (fields[2].equals("cgroup2")) {
        two = place;
      }
    }
    if (memory != null && hasQuota) {
      return Optional.of(new ControlGroups(false, memory, List.copyOf(cpu)));
    }
    return Optional.ofNullable(two).map(place -> new ControlGroups(true, place, List.of()));
  }

  /** Makes the groups of a run: its head and this many nodes of this size. */
  void make(String run, int nodes, long memoryBytes, int milliCores) throws IOException {
    if (unified) {
      control(memory);
    }
    Files.createDirectories(memory.resolve(run));
    if (unified) {
      control(memory.resolve(run));
    }
    Files.createDirectory(memory.resolve(run).resolve(HEAD));
    for (int number = 1; number <= nodes; number++) {
      Path node = Files.createDirectory(node(memory, run, number));
      write(node.resolve(limitFile()), Long.toString(memoryBytes));
      for (String swap : swapFiles()) {
        if (Files.exists(node.resolve(swap))) {
          write(node.resolve(swap), unified ? "0" : Long.toString(memoryBytes));
        }
      }
      if (unified) {
        control(node);
      }
      Path daemon = Files.createDirectory(node.resolve(DAEMON));
      limitCpu(unified ? List.of(node, daemon) : cpuNodes(run, number), milliCores);
    }
    weigh(run, Math.min(NODE_WEIGHT * nodes, MOST_WEIGHT));
  }

  /**
   * Without this all nodes together would be due no more than one busy thread of this process or of
   * a driver, which share the machine's cores with them and on a real cluster would not.
   */
  private void weigh(String run, int weight) throws IOException {
    if (unified) {
      write(memory.resolve(run).resolve("cpu.weight"), Integer.toString(100 * weight));
      return;
    }
    for (Path mount : cpu) {
      Path shares = mount.resolve(run).resolve("cpu.shares");
      if (Files.exists(shares)) {
        write(shares, Integer.toString(1024 * weight));
      }
    }
  }

  private void limitCpu(List<Path> groups, int milliCores) throws IOException {
    String quota = Long.toString(PERIOD_MICROS * milliCores / 1000);
    for (Path group : groups) {
      Files.createDirectories(group);
      if (unified) {
        write(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      } else if (Files.exists(group.resolve("cpu.cfs_quota_us"))) {
        write(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
        write(group.resolve("cpu.cfs_quota_us"), quota);
      }
    }
  }

  /** The files that a process of no node writes its id to. */
  List<Path> headFiles(String run) {
    return List.of(memory.resolve(run).resolve(HEAD).resolve(PROCESSES));
  }

  /** The files that a node's Worker writes its id to. */
  List<Path> nodeFiles(String run, int number) {
    List<Path> files = new ArrayList<>();
    files.add(node(memory, run, number).resolve(DAEMON).resolve(PROCESSES));
    cpuNodes(run, number).forEach(group -> files.add(group.resolve(PROCESSES)));
    return files;
  }

  /**
   * Shell lines that put the shell's own process into a memory group of its own inside the node.
   *
   * @param variable the shell variable with the limit in bytes; nothing is done when it is empty
   */
  String ownLimit(String run, int number, String variable) {
    Path node = node(memory, run, number);
    StringBuilder lines = new StringBuilder(256);
    lines.append("if [ -n \"$").append(variable).append("\" ]; then\n");
    lines.append("  group=").append(node).append("/executor-$$\n");
    lines.append("  mkdir -p \"$group\" || exit 71\n");
    lines.append(line("\"$" + variable + "\"", limitFile()));
    for (String swap : swapFiles()) {
      lines.append("  [ ! -e \"$group/").append(swap).append("\" ] ||\n");
      lines.append(line(unified ? "0" : "\"$" + variable + "\"", swap));
    }
    if (unified) {
      lines.append("  cat ").append(node).append("/cpu.max >\"$group/cpu.max\" || exit 71\n");
    }
    lines.append(line("$$", PROCESSES));
    return lines.append("fi\n").toString();
  }

  private static String line(String value, String file) {
    return "  echo " + value + " >\"$group/" + file + "\" || exit 71\n";
  }

  /** How many processes the kernel has killed for want of memory in the run's groups. */
  long outOfMemoryKills(String run) throws IOException {
    long kills = 0;
    for (Path group : below(memory.resolve(run))) {
      Path counts = group.resolve(unified ? "memory.events.local" : "memory.oom_control");
      for (String line : lines(counts)) {
        if (line.startsWith("oom_kill ")) {
          kills += Long.parseLong(line.substring("oom_kill ".length()).strip());
        }
      }
    }
    return kills;
  }

  /** Names of the groups that start like this, below the mounts' roots. */
  Set<String> runs(String prefix) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (Path mount : mounts()) {
      try (Stream<Path> groups = Files.list(mount)) {
        groups
            .map(group -> group.getFileName().toString())
            .filter(name -> name.startsWith(prefix))
            .forEach(names::add);
      }
    }
    return names;
  }

  /** Ends all processes of the run's groups and removes them. */
  void remove(String run) throws IOException {
    long deadline = System.nanoTime() + REMOVE_LIMIT_NANOS;
    while (true) {
      try {
        for (Path mount : mounts()) {
          for (Path group : below(mount.resolve(run))) {
            for (String pid : lines(group.resolve(PROCESSES))) {
              ProcessHandle.of(Long.parseLong(pid.strip()))
                  .ifPresent(ProcessHandle::destroyForcibly);
            }
            Files.deleteIfExists(group);
          }
        }
        return;
      } catch (FileSystemException e) {
        // A killed process leaves its group a moment later.
        if (System.nanoTime() > deadline) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while control groups were removed", e);
    }
  }

  private List<Path> mounts() {
    List<Path> all = new ArrayList<>(cpu);
    all.add(memory);
    return all;
  }

  private List<Path> cpuNodes(String run, int number) {
    return cpu.stream().map(mount -> node(mount, run, number)).toList();
  }

  private static Path node(Path mount, String run, int number) {
    return mount.resolve(run).resolve("node-" + number);
  }

  private String limitFile() {
    return unified ? "memory.max" : "memory.limit_in_bytes";
  }

  private List<String> swapFiles() {
    return List.of(unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes");
  }

  private static void control(Path group) throws IOException {
    write(group.resolve("cgroup.subtree_control"), "+memory +cpu");
  }

  /** The group and those below it, the deepest first; empty when it is not there. */
  private static List<Path> below(Path group) throws IOException {
    if (!Files.isDirectory(group)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> children = Files.list(group)) {
      for (Path child : children.sorted(Comparator.naturalOrder()).toList()) {
        found.addAll(below(child));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    found.add(group);
    return found;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static void write(Path file, String value) throws IOException {
    Files.writeString(file, value);
  }
}
