// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.embedded.FlinkCluster;
import io.plimsoll.engines.flink.FlinkArchive;
import io.plimsoll.engines.flink.FlinkPollers;
import io.plimsoll.engines.flink.PollSettings;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real session cluster with the agent in every process: its REST API is found through the agent,
 * its job is told while it runs, and its archive says what the API said.
 */
class FlinkWatchIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String MAGIC = "PLIM1";

  /** Envelopes that are surely of the last few rounds. */
  private static final int LAST = 10;

  private static final Path ROOT = Path.of(System.getProperty("plimsoll.root", ""));
  private static final PollSettings OFTEN =
      new PollSettings(Duration.ofSeconds(1), 200, Duration.ofSeconds(20), 16 << 20, 512);

  @TempDir private Path folder;

  @Test
  void aJobIsFoundThroughTheAgentToldWhileItRunsAndAgainByItsArchive() throws Exception {
    Path recordings = Files.createDirectories(folder.resolve("recordings"));
    List<Envelope> told = new CopyOnWriteArrayList<>();
    try (FlinkCluster cluster = FlinkCluster.start(spec(recordings));
        FlinkPollers pollers = new FlinkPollers(OFTEN, Clock.systemUTC(), told::add)) {
      String address = found(recordings, pollers);
      assertThat(address).isEqualTo(cluster.restUrl());
      assertThat(pollers.polled()).containsExactly("it " + address);

      String job = cluster.submit(jobJar(), CountingJob.class.getName(), List.of("fail-once"));
      await().atMost(LIMIT).untilAsserted(() -> assertRunning(told, job));
      await().atMost(LIMIT).untilAsserted(() -> assertThat(attempts(recordings)).isNotEmpty());

      cluster.cancel(job);
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(events(told)).anyMatch(e -> e.kind() == EventKind.APPLICATION_ENDED));
      Path archive = cluster.archives().resolve(job);
      await().atMost(LIMIT).until(() -> Files.exists(archive));
      await().atMost(LIMIT).until(() -> FlinkArchive.read(archive).complete());
      // A JobManager answers for checkpoints from a cache; the poller looks again when it has aged.
      FlinkArchive.Reading archived = FlinkArchive.read(archive);
      await().atMost(LIMIT).untilAsserted(() -> assertSameFacts(archived, events(told)));
    }
  }

  private FlinkCluster.Spec spec(Path recordings) {
    Path agent = ROOT.resolve("collectors/agent/target/plimsoll-agent.jar");
    String line = "-javaagent:" + agent + "=file=" + recordings + "/,cluster=it,interval=500ms";
    String home = "flink-" + System.getProperty("plimsoll.test.flink", "2.2.1");
    return new FlinkCluster.Spec(
        ROOT.resolve("deploy/flink-home/target").resolve(home),
        folder.resolve("cluster"),
        1,
        2,
        Map.of(
            "env.java.opts.jobmanager",
            line,
            "env.java.opts.taskmanager",
            line,
            "state.backend.type",
            "rocksdb",
            "state.backend.rocksdb.metrics.cur-size-all-mem-tables",
            "true",
            "metrics.fetcher.update-interval",
            "1000"));
  }

  private static String found(Path recordings, FlinkPollers pollers) {
    List<String> addresses = new ArrayList<>();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              for (Envelope envelope : recorded(recordings)) {
                pollers.accept(envelope);
                envelope.events().stream()
                    .filter(e -> e.kind() == EventKind.FLINK_REST)
                    .forEach(
                        e -> {
                          assertThat(envelope.identity().role()).isEqualTo(Role.JOB_MANAGER);
                          addresses.add(e.texts().get(EventText.REST_ADDRESS));
                        });
              }
              return !addresses.isEmpty();
            });
    return addresses.get(0);
  }

  private static void assertRunning(List<Envelope> soFar, String job) {
    List<Envelope> told = List.copyOf(soFar);
    assertThat(told).allMatch(e -> e.identity().application().equals(job));
    List<EngineEvent> events = events(told);
    Set<EventKind> kinds = events.stream().map(EngineEvent::kind).collect(Collectors.toSet());
    assertThat(kinds)
        .contains(
            EventKind.APPLICATION_STARTED,
            EventKind.FLINK_JOB,
            EventKind.FLINK_EDGE,
            EventKind.FLINK_CHECKPOINT_SUBTASK,
            EventKind.FLINK_TASK_MANAGER,
            EventKind.FLINK_CONFIGURATION);
    // A round that a slow machine cut short is made good by those after it.
    assertThat(events(told.subList(Math.max(0, told.size() - LAST), told.size())))
        .extracting(EngineEvent::kind)
        .doesNotContain(EventKind.NOT_EVALUATED, EventKind.SOURCE_INCOMPLETE);
    assertThat(events)
        .anySatisfy(
            e -> {
              assertThat(e.kind()).isEqualTo(EventKind.FLINK_EXCEPTION);
              assertThat(e.text(EventText.REASON)).contains("planned failure");
            })
        .anySatisfy(
            e -> {
              assertThat(e.kind()).isEqualTo(EventKind.FLINK_SUBTASK);
              assertThat(e.number(EventNumber.ATTEMPT_NUMBER, 0)).isEqualTo(1);
              assertThat(e.text(EventText.FLINK_STATE)).isEqualTo("RUNNING");
            })
        .anySatisfy(
            e -> {
              assertThat(e.kind()).isEqualTo(EventKind.FLINK_CHECKPOINT);
              assertThat(e.text(EventText.FLINK_STATE)).isEqualTo("COMPLETED");
            });
    assertThat(events.toString()).doesNotContain("planted-secret");
    Set<Metric> metrics =
        told.stream()
            .flatMap(e -> e.samples().stream())
            .flatMap(s -> s.values().keySet().stream())
            .map(MetricKey::metric)
            .collect(Collectors.toSet());
    assertThat(metrics)
        .contains(
            Metric.FLINK_BUSY,
            Metric.FLINK_IDLE,
            Metric.FLINK_BACK_PRESSURED,
            Metric.FLINK_ACCUMULATED_BUSY,
            Metric.FLINK_RECORDS_IN,
            Metric.FLINK_WATERMARK,
            Metric.FLINK_HEAP_USED,
            Metric.FLINK_MANAGED_USED,
            Metric.FLINK_NETWORK_TOTAL,
            Metric.FLINK_RESTARTS,
            Metric.ROCKSDB_MEMTABLES);
  }

  /** The last word that the API said of each subject is what the archive says. */
  private static void assertSameFacts(FlinkArchive.Reading archive, List<EngineEvent> live) {
    assertThat(archive.badParts()).isZero();
    Set<EventKind> exact =
        Set.of(
            EventKind.APPLICATION_STARTED,
            EventKind.FLINK_JOB,
            EventKind.FLINK_VERTEX,
            EventKind.FLINK_EDGE,
            EventKind.FLINK_SUBTASK,
            EventKind.FLINK_CHECKPOINTS,
            EventKind.FLINK_CHECKPOINT,
            EventKind.FLINK_CHECKPOINT_SUBTASK,
            EventKind.FLINK_EXCEPTION,
            EventKind.FLINK_CONFIGURATION,
            EventKind.APPLICATION_ENDED);
    List<EngineEvent> facts =
        archive.events().stream().filter(e -> exact.contains(e.kind())).toList();
    assertThat(facts.stream().map(EngineEvent::kind).collect(Collectors.toSet())).isEqualTo(exact);
    assertThat(live).containsAll(facts);
  }

  private static List<AttemptRecord> attempts(Path recordings) {
    return recorded(recordings).stream()
        .filter(e -> e.identity().role() == Role.TASK_MANAGER)
        .flatMap(e -> e.attempts().stream())
        .toList();
  }

  private static List<EngineEvent> events(List<Envelope> envelopes) {
    return envelopes.stream().flatMap(e -> e.events().stream()).toList();
  }

  private static List<Envelope> recorded(Path recordings) {
    List<Envelope> envelopes = new ArrayList<>();
    try (Stream<Path> files = Files.list(recordings)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".rec")).toList()) {
        if (Files.size(file) < MAGIC.length()) {
          // Not begun yet.
          continue;
        }
        try (InputStream in = Files.newInputStream(file)) {
          EnvelopeRecording.read(in, envelopes::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
    return envelopes;
  }

  private Path jobJar() throws IOException {
    Path jar = folder.resolve("counting.jar");
    String path = CountingJob.class.getName().replace('.', '/');
    Path classes = ROOT.resolve("deploy/standalone/target/test-classes");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out);
        Stream<Path> files = Files.list(classes.resolve(path).getParent())) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("CountingJob")).toList()) {
        zip.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return jar;
  }
}
