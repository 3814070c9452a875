// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process of ours, its output in two files, and a way to end it with all it started. */
final class ChildProcess {
  private final String name;
  private final Process process;
  private final Path stdout;
  private final Path stderr;

  private ChildProcess(String name, Process process, Path stdout, Path stderr) {
    this.name = name;
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** Starts the command in the folder, writing {@code <name>.out} and {@code <name>.err} there. */
  static ChildProcess start(
      String name, Path folder, List<String> command, Consumer<Map<String, String>> variables) {
    Path stdout = folder.resolve(name + ".out");
    Path stderr = folder.resolve(name + ".err");
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      variables.accept(builder.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      return new ChildProcess(name, process, stdout, stderr);
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.NOT_STARTED,
          name + " did not start in " + folder + ": " + e.getMessage(),
          e);
    }
  }

  String name() {
    return name;
  }

  Process process() {
    return process;
  }

  Path stdout() {
    return stdout;
  }

  Path stderr() {
    return stderr;
  }

  /**
   * Ends the processes in this order, each with everything below it: asks first, then insists after
   * the grace.
   */
  static void endAll(Collection<ChildProcess> children, Duration grace) {
    List<ProcessHandle> all = new ArrayList<>();
    for (ChildProcess child : children) {
      all.add(child.process.toHandle());
      child.process.descendants().forEach(all::add);
    }
    all.forEach(ProcessHandle::destroy);
    long deadlineNanos = System.nanoTime() + grace.toNanos();
    for (ProcessHandle handle : all) {
      awaitEnd(handle, deadlineNanos);
    }
    for (ChildProcess child : children) {
      child.process.descendants().forEach(all::add);
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static void awaitEnd(ProcessHandle handle, long deadlineNanos) {
    try {
      while (handle.isAlive() && System.nanoTime() < deadlineNanos) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
