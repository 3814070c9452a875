// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does to one executor what {@link Disturbance} says. */
final class Disturber implements AutoCloseable {
  /** Stops a process for most of the time until it is told to end; then lets it go on. */
  private static final String STARVE =
      "trap 'kill -CONT $0; exit' TERM; while kill -STOP $0; do sleep %1$s; kill -CONT $0; sleep"
          + " %2$s; done";

  private final List<String> disturbed;
  private final @Nullable Process starving;
  private final long pid;

  private Disturber(List<String> disturbed, @Nullable Process starving, long pid) {
    this.disturbed = List.copyOf(disturbed);
    this.starving = starving;
    this.pid = pid;
  }

  static Disturber of(Disturbance disturbance, int variant, SparkCluster cluster)
      throws InterruptedException, IOException {
    if (disturbance == Disturbance.NONE) {
      return new Disturber(List.of(), null, -1);
    }
    TimeUnit.MILLISECONDS.sleep(disturbance == Disturbance.KILL_EXECUTOR ? 6_000 : 500);
    ProcessHandle victim =
        cluster.executors().stream()
            .findFirst()
            .orElseThrow(() -> new ProblemException("no executor to disturb"));
    String id = executorId(victim.pid());
    if (disturbance == Disturbance.KILL_EXECUTOR) {
      victim.destroyForcibly();
      return new Disturber(List.of(id), null, -1);
    }
    String script = String.format(Locale.ROOT, STARVE, variant == 1 ? "0.4" : "0.3", "0.1");
    Process process =
        new ProcessBuilder("sh", "-c", script, Long.toString(victim.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Disturber(List.of(id), process, victim.pid());
  }

  List<String> disturbed() {
    return disturbed;
  }

  /** Spark gives an executor its id on the command line. */
  private static String executorId(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8);
    String[] words = line.split("\0", -1);
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals("--executor-id")) {
        return words[i + 1];
      }
    }
    throw new ProblemException("process " + pid + " is no executor: " + line);
  }

  @Override
  public void close() {
    Process process = starving;
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      new ProcessBuilder("kill", "-CONT", Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new ProblemException("cannot let process " + pid + " go on: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
