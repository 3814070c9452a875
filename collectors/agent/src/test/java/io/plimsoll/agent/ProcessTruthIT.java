// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.codec.EnvelopeRecording;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a real process says of its threads, children and limits. */
@EnabledOnOs(OS.LINUX)
class ProcessTruthIT {
  /** The kernel tells a process's CPU time in whole ticks, user and system apart. */
  private static final long TICKS_NANOS = 20_000_000L;

  @TempDir Path folder;

  private final List<Sample> samples = new ArrayList<>();
  private final List<EngineEvent> events = new ArrayList<>();

  private void run(String... jvmOptions) throws Exception {
    // The kernel calls a process after the file it was started from.
    Path python = Files.createSymbolicLink(folder.resolve("python3"), Path.of("/bin/sh"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseG1GC"));
    command.addAll(List.of(jvmOptions));
    command.add(Child.agent("file=" + folder.resolve("%u.rec")));
    command.addAll(List.of("-cp", classes(), BusyMain.class.getName(), folder.toString()));
    command.addAll(
        List.of(
            python.toString(),
            "-c",
            "n=0; while [ $n -lt 100000 ]; do n=$((n+1)); done; echo y; read end"));
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the child ended by itself").isTrue();
    } finally {
      process.destroyForcibly();
      Files.delete(python);
    }
    assertThat(Files.readString(out)).isEqualTo("answer y\n");
    assertThat(process.exitValue()).isZero();
    readRecording();
  }

  private void readRecording() throws Exception {
    List<Envelope> envelopes = new ArrayList<>();
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      Path recording = files.filter(f -> f.toString().endsWith(".rec")).findFirst().orElseThrow();
      try (InputStream in = new BufferedInputStream(Files.newInputStream(recording))) {
        EnvelopeRecording.read(in, envelopes::add);
      }
    }
    envelopes.forEach(envelope -> samples.addAll(envelope.samples()));
    envelopes.forEach(envelope -> events.addAll(envelope.events()));
  }

  private static String classes() throws Exception {
    return Path.of(BusyMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  private long last(Metric metric, String instance) {
    return samples
        .get(samples.size() - 1)
        .values()
        .getOrDefault(MetricKey.of(metric, instance), -1L);
  }

  private EngineEvent lastOf(EventKind kind) {
    List<EngineEvent> found = events.stream().filter(event -> event.kind() == kind).toList();
    assertThat(found).as(kind.name()).isNotEmpty();
    return found.get(found.size() - 1);
  }

  @Test
  void threadsChildrenAndLimitsOfARealProcessAreTold() throws Exception {
    run();
    assertThat(last(Metric.CPU_SATELLITE, "netty")).isBetween(100_000_000L, 60_000_000_000L);
    assertThat(last(Metric.CPU_SATELLITE, "main")).isPositive();
    assertThat(last(Metric.CPU_UNNAMED, "")).isGreaterThanOrEqualTo(100_000_000L);
    assertThat(last(Metric.CPU_GC, "")).isPositive();
    assertThat(last(Metric.CPU_JIT, "")).isPositive();
    assertThat(last(Metric.RUN_QUEUE_WAIT, "")).isPositive();
    assertThat(last(Metric.CHILDREN_COUNT, "python")).isEqualTo(1);
    assertThat(last(Metric.CHILDREN_CPU, "python")).isPositive();
    assertThat(last(Metric.CHILDREN_RSS, "python")).isPositive();
    assertThat(last(Metric.SAFEPOINT_COUNT, "")).isPositive();
    assertThat(last(Metric.SAFEPOINT_TIME, "")).isPositive();
    assertThat(last(Metric.OPEN_FILES, "")).isBetween(3L, last(Metric.OPEN_FILES_LIMIT, ""));
    assertThat(last(Metric.MEMORY_KILL_DISTANCE, ""))
        .isBetween(1L, last(Metric.MEMORY_KILL_LIMIT, ""));
    EngineEvent unnamed = lastOf(EventKind.THREADS_UNNAMED);
    assertThat(unnamed.properties()).containsKey("burner-#");
    assertThat(unnamed.number(EventNumber.UNNAMED_CPU_NANOS, -1))
        .isGreaterThanOrEqualTo(Long.parseLong(unnamed.properties().get("burner-#")));
    assertThat(lastOf(EventKind.METRIC_SOURCES).properties())
        .containsEntry("jvm.safepoint.count", "hsperfdata")
        .containsEntry("process.memory.rss", "/proc/self/status")
        .containsEntry("jvm.heap.used", "mxbean")
        .containsKey("process.memory.kill.limit");
    assertBooksClose();
  }

  private void assertBooksClose() {
    for (Sample sample : samples) {
      long parts = 0;
      for (Map.Entry<MetricKey, Long> value : sample.values().entrySet()) {
        switch (value.getKey().metric()) {
          case CPU_GC, CPU_JIT, CPU_AGENT, CPU_SATELLITE, CPU_TASK_THREADS, CPU_UNNAMED ->
              parts += value.getValue();
          default -> assertThat(value.getValue()).isNotNegative();
        }
      }
      assertThat(parts)
          .isLessThanOrEqualTo(sample.values().get(MetricKey.of(Metric.PROCESS_CPU)) + TICKS_NANOS);
    }
  }

  @Test
  void withoutPerformanceDataSafepointsAreAbsentAndNamed() throws Exception {
    run("-XX:-UsePerfData");
    assertThat(last(Metric.SAFEPOINT_COUNT, "")).isEqualTo(-1);
    EngineEvent sources = lastOf(EventKind.METRIC_SOURCES);
    assertThat(sources.text(EventText.DEGRADED)).contains("jvm.safepoint.count");
    assertThat(sources.properties()).doesNotContainKey("jvm.safepoint.count");
  }
}
