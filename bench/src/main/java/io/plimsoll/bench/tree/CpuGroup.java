// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A control group whose CPU clock counts a whole process tree, ended processes too, in ns. */
final class CpuGroup implements AutoCloseable {
  private static final Path[] PARENTS = {
    Path.of("/sys/fs/cgroup/cpuacct"),
    Path.of("/sys/fs/cgroup/cpu,cpuacct"),
    Path.of("/sys/fs/cgroup")
  };
  private static final AtomicLong NUMBER = new AtomicLong();

  private final Path folder;

  private CpuGroup(Path folder) {
    this.folder = folder;
  }

  /** Empty where this process may not make one. */
  static Optional<CpuGroup> make() {
    for (Path parent : PARENTS) {
      Path folder =
          parent.resolve(
              "plimsoll-bench-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
      try {
        Files.createDirectory(folder);
        CpuGroup group = new CpuGroup(folder);
        if (Files.exists(folder.resolve("cgroup.procs")) && group.cpuNanos() >= 0) {
          return Optional.of(group);
        }
        Files.delete(folder);
      } catch (IOException e) {
        // Not root, or no such hierarchy: the next place, and at last /proc.
        continue;
      }
    }
    return Optional.empty();
  }

  /** The command behind a shell that first moves itself into the group. */
  List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>();
    wrapped.add("sh");
    wrapped.add("-c");
    wrapped.add("echo $$ > " + folder.resolve("cgroup.procs") + " && exec \"$@\"");
    wrapped.add("sh");
    wrapped.addAll(command);
    return wrapped;
  }

  /** -1 when the kernel does not tell. */
  long cpuNanos() {
    try {
      Path usage = folder.resolve("cpuacct.usage");
      if (Files.exists(usage)) {
        return Long.parseLong(text(usage).strip());
      }
      for (String line : text(folder.resolve("cpu.stat")).split("\n")) {
        if (line.startsWith("usage_usec ")) {
          return Long.parseLong(line.substring("usage_usec ".length()).strip()) * 1_000;
        }
      }
      return -1;
    } catch (IOException e) {
      return -1;
    }
  }

  /** Living processes of the group. */
  List<Long> pids() {
    try {
      return text(folder.resolve("cgroup.procs"))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Ends what still runs in the group, then removes it. */
  @Override
  public void close() {
    for (int i = 0; i < 50 && !pids().isEmpty(); i++) {
      pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      LockSupport.parkNanos(100_000_000);
    }
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      System.err.println("plimsoll: cannot remove " + folder + " (" + e.getMessage() + ")");
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
