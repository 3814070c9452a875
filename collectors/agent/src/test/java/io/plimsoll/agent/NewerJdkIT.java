// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent in a JVM of JDK 25, which {@code -Dplimsoll.test.jdk25=HOME} or the environment's
 * {@code JAVA_HOME_25_X64} or {@code JAVA_HOME_25} names.
 */
@Tag("matrix")
class NewerJdkIT {
  @TempDir Path folder;

  @Test
  void jdk25IsSampledWithItsCodeSegmentsAndCollectors() throws Exception {
    Path home = jdk25();
    Path recording = folder.resolve("jdk25.rec");

    Child child =
        Child.runUntil(
            home,
            folder,
            () -> read(recording).stream().mapToLong(e -> e.samples().size()).sum() > 5,
            Child.agent("file=" + recording + ",interval=200ms"));

    assertThat(child.exitCode()).isEqualTo(7);
    assertThat(child.err()).isEmpty();
    List<Envelope> envelopes = read(recording);
    EngineEvent started =
        envelopes.stream()
            .flatMap(envelope -> envelope.events().stream())
            .filter(event -> event.kind() == EventKind.JVM_STARTED)
            .findFirst()
            .orElseThrow();
    assertThat(started.properties().get("java.version")).startsWith("25");
    List<Sample> samples = new ArrayList<>();
    envelopes.forEach(envelope -> samples.addAll(envelope.samples()));
    Map<MetricKey, Long> last = samples.get(samples.size() - 1).values();
    assertThat(last)
        .containsKeys(
            MetricKey.of(Metric.POOL_USED, "CodeHeap 'non-nmethods'"),
            MetricKey.of(Metric.POOL_USED, "CodeHeap 'profiled nmethods'"),
            MetricKey.of(Metric.POOL_USED, "CodeHeap 'non-profiled nmethods'"),
            MetricKey.of(Metric.POOL_USED, "G1 Old Gen"),
            MetricKey.of(Metric.GC_COUNT, "G1 Young Generation"),
            MetricKey.of(Metric.GC_COUNT, "G1 Old Generation"),
            MetricKey.of(Metric.GC_COUNT, "G1 Concurrent GC"),
            MetricKey.of(Metric.GC_CAUSE_COUNT, "System.gc()"),
            MetricKey.of(Metric.PROCESS_CPU),
            MetricKey.of(Metric.CPU_GC),
            MetricKey.of(Metric.CPU_JIT),
            MetricKey.of(Metric.RSS_ANON),
            MetricKey.of(Metric.METASPACE_USED));
  }

  private static Path jdk25() {
    for (String home :
        new String[] {
          System.getProperty("plimsoll.test.jdk25"),
          System.getenv("JAVA_HOME_25_X64"),
          System.getenv("JAVA_HOME_25")
        }) {
      if (home != null && !home.isEmpty()) {
        assertThat(Path.of(home, "bin", "java")).as("the java of JDK 25").isExecutable();
        return Path.of(home);
      }
    }
    return Assumptions.abort(
        "no JDK 25 is named: set JAVA_HOME_25 or -Dplimsoll.test.jdk25 to its folder");
  }

  private static List<Envelope> read(Path recording) throws IOException {
    List<Envelope> envelopes = new ArrayList<>();
    if (Files.exists(recording)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(recording))) {
        EnvelopeRecording.read(in, envelopes::add);
      } catch (WireException e) {
        throw new IOException(e);
      }
    }
    return envelopes;
  }
}
