// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentInChildJvmIT {
  private static final String RESULT = "sum 62496 kept 64\n";
  private static final int EXIT_CODE = 7;
  private static final String TRIED_AGAIN = "; it is tried again and again, the job runs\n";

  @TempDir Path folder;

  @Test
  void aRecordingTellsTheWholeLifeOfTheJvm() throws Exception {
    Child child =
        Child.runUntil(
            folder,
            this::recordingHasEnough,
            Child.agent("file=" + folder.resolve("%u.rec") + ",interval=200ms"));
    assertUndisturbed(child);
    assertThat(child.err()).isEmpty();
    List<Envelope> envelopes = readOnlyRecording();
    assertThat(envelopes.stream().map(e -> e.identity().process()).distinct()).hasSize(1);
    Map<Stream, Long> next = new EnumMap<>(Stream.class);
    for (Envelope envelope : envelopes) {
      assertThat(envelope.sequence()).isEqualTo(next.getOrDefault(envelope.stream(), 0L));
      next.merge(envelope.stream(), 1L, (a, b) -> envelope.sequence() + 1);
      next.put(envelope.stream(), envelope.sequence() + 1);
      assertThat(envelope.loss()).isEqualTo(LossCounters.NONE);
      assertThat(envelope.identity().role()).isEqualTo(Role.OTHER);
      assertThat(envelope.identity().cluster()).isEqualTo("default");
      assertThat(envelope.identity().pid()).isPositive();
      assertThat(envelope.identity().bootId()).hasSize(36);
    }
    assertSamples(envelopes);
    assertEvents(envelopes);
  }

  private static void assertSamples(List<Envelope> envelopes) {
    List<Sample> samples = new ArrayList<>();
    envelopes.forEach(e -> samples.addAll(e.samples()));
    assertThat(samples).hasSizeGreaterThan(5);
    Sample last = samples.get(samples.size() - 1);
    for (Metric metric :
        List.of(
            Metric.PROCESS_CPU,
            Metric.PROCESS_CPU_USER,
            Metric.PROCESS_CPU_SYSTEM,
            Metric.CPU_GC,
            Metric.CPU_JIT,
            Metric.CPU_AGENT,
            Metric.RSS,
            Metric.RSS_ANON,
            Metric.RSS_PEAK,
            Metric.HEAP_USED,
            Metric.HEAP_COMMITTED,
            Metric.HEAP_MAX,
            Metric.ALLOCATED,
            Metric.DIRECT_USED,
            Metric.METASPACE_USED,
            Metric.CODE_CACHE_USED,
            Metric.THREADS,
            Metric.CLASSES_LOADED,
            Metric.AVAILABLE_PROCESSORS,
            Metric.RUN_QUEUE_WAIT,
            Metric.RSS_FILE,
            Metric.OPEN_FILES,
            Metric.OPEN_FILES_LIMIT,
            Metric.SAFEPOINT_COUNT,
            Metric.SAFEPOINT_TIME,
            Metric.THREADS_STARTED,
            Metric.MEMORY_KILL_LIMIT,
            Metric.MEMORY_KILL_DISTANCE)) {
      assertThat(last.values()).as(metric.name()).containsKey(MetricKey.of(metric));
    }
    assertThat(last.values())
        .containsKeys(
            MetricKey.of(Metric.POOL_USED, "G1 Old Gen"),
            MetricKey.of(Metric.GC_COUNT, "G1 Old Generation"),
            MetricKey.of(Metric.GC_CAUSE_COUNT, "System.gc()"));
    assertThat(last.values().get(MetricKey.of(Metric.HEAP_MAX))).isEqualTo(64L << 20);
    long parts = 0;
    for (Metric part : List.of(Metric.CPU_GC, Metric.CPU_JIT, Metric.CPU_AGENT)) {
      parts += last.values().get(MetricKey.of(part));
    }
    assertThat(parts).isLessThanOrEqualTo(last.values().get(MetricKey.of(Metric.PROCESS_CPU)));
    assertCountersNeverFall(samples);
  }

  private static void assertCountersNeverFall(List<Sample> samples) {
    Sample before = samples.get(0);
    for (Sample sample : samples) {
      assertThat(sample.epochMillis()).isGreaterThanOrEqualTo(before.epochMillis());
      for (Map.Entry<MetricKey, Long> value : sample.values().entrySet()) {
        Long earlier = before.values().get(value.getKey());
        if (value.getKey().metric().kind() == Metric.Kind.COUNTER && earlier != null) {
          assertThat(value.getValue())
              .as(value.getKey().toString())
              .isGreaterThanOrEqualTo(earlier);
        }
      }
      before = sample;
    }
  }

  private static void assertEvents(List<Envelope> envelopes) {
    List<EngineEvent> events = new ArrayList<>();
    envelopes.forEach(e -> events.addAll(e.events()));
    EngineEvent started = events.get(0);
    assertThat(started.kind()).isEqualTo(EventKind.JVM_STARTED);
    assertThat(started.number(EventNumber.HEAP_MAX_BYTES, 0)).isEqualTo(64L << 20);
    assertThat(started.properties())
        .containsEntry("jvm.main", ChildMain.class.getName())
        .containsEntry("jvm.collectors", "G1 Young Generation,G1 Old Generation");
    assertThat(started.properties().get("jvm.arguments")).contains("-Xmx64m");
    assertThat(events.get(events.size() - 1).kind()).isEqualTo(EventKind.JVM_ENDING);
    EngineEvent full =
        events.stream()
            .filter(e -> "System.gc()".equals(e.text(EventText.CAUSE)))
            .findFirst()
            .orElseThrow();
    assertThat(full.kind()).isEqualTo(EventKind.GARBAGE_COLLECTION);
    assertThat(full.number(EventNumber.GC_GRADE, -1)).isEqualTo(2);
    assertThat(full.number(EventNumber.HEAP_AFTER_BYTES, -1)).isGreaterThan(64L * (64 << 10));
    assertThat(full.number(EventNumber.OLD_AFTER_BYTES, -1)).isPositive();
  }

  @Test
  void aBrokerThatIsNotThereIsOneLineAndTheJobRuns() {
    Child child = Child.runUntil(folder, () -> said("kafka="), Child.agent("kafka=127.0.0.1:1"));
    assertUndisturbed(child);
    assertThat(child.err())
        .isEqualTo(
            "plimsoll: cannot send to kafka=127.0.0.1:1: 127.0.0.1:1: Connection refused"
                + TRIED_AGAIN);
  }

  @Test
  void aServerThatIsNotThereIsOneLineAndTheJobRuns() {
    Child child =
        Child.runUntil(folder, () -> said("http="), Child.agent("http=http://127.0.0.1:1"));
    assertUndisturbed(child);
    assertThat(child.err())
        .isEqualTo(
            "plimsoll: cannot send to http=http://127.0.0.1:1/api/v1/ingest: Connection refused"
                + TRIED_AGAIN);
  }

  @Test
  void aBrokerWhoseNameDoesNotResolveChangesNothing() {
    assertOneLineAtMost(Child.run(folder, 300, Child.agent("kafka=no-such-host.invalid:9092")));
  }

  @Test
  void aServerThatSpeaksAnotherLanguageChangesNothing() throws IOException {
    try (Responder web = Responder.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      String broker = "127.0.0.1:" + web.port();
      Child child = Child.runUntil(folder, () -> said("kafka="), Child.agent("kafka=" + broker));
      assertUndisturbed(child);
      assertThat(child.err())
          .isEqualTo(
              "plimsoll: cannot send to kafka="
                  + broker
                  + ": "
                  + broker
                  + " does not speak Kafka's protocol"
                  + TRIED_AGAIN);
      assertThat(web.connections()).isPositive();
    }
  }

  @Test
  void aServerThatNeverAnswersChangesNothing() throws IOException {
    try (Responder silent = Responder.answering("")) {
      String broker = "127.0.0.1:" + silent.port();
      Child child = Child.runUntil(folder, () -> said("kafka="), Child.agent("kafka=" + broker));
      assertOneLineAtMost(child);
      assertThat(child.err()).contains("does not answer like Kafka");
      assertThat(silent.connections()).isPositive();
    }
  }

  @Test
  void aRecordingThatCannotBeWrittenChangesNothing() throws IOException {
    Path file = Files.createFile(folder.resolve("plain"));
    assertOneLineAtMost(Child.run(folder, 300, Child.agent("file=" + file.resolve("x.rec"))));
  }

  @Test
  void aWrongOptionIsOneLineAndTheJobRuns() {
    assertOneLine(
        "kafak=a:1",
        "plimsoll: unknown agent option 'kafak' (did you mean 'kafka'?);"
            + " the agent stays idle, the job runs\n");
    assertOneLine(
        "kafka=a:1,interval=soon",
        "plimsoll: agent option interval=soon is not a duration such as 1s or 500ms;"
            + " the agent stays idle, the job runs\n");
    assertOneLine(
        "",
        "plimsoll: none of kafka=, http= and file= is given; the agent stays idle, the job runs\n");
  }

  @Test
  void anAgentThatIsGivenTwiceAttachesOnce() throws Exception {
    String agent = Child.agent("file=" + folder.resolve("%u.rec"));
    Child child = Child.runUntil(folder, this::recordingHasEnough, agent, agent);
    assertUndisturbed(child);
    assertThat(child.err())
        .isEqualTo("plimsoll: the agent is attached already; this second option line is ignored\n");
    assertThat(readOnlyRecording()).isNotEmpty();
  }

  private void assertOneLine(String options, String line) {
    Child child = Child.run(folder, 1, Child.agent(options));
    assertUndisturbed(child);
    assertThat(child.err()).isEqualTo(line);
  }

  /** A JVM that ends early may not have got to saying it. */
  private static void assertOneLineAtMost(Child child) {
    assertUndisturbed(child);
    assertThat(child.err()).matches("(plimsoll: [^\\n]*\\n)?");
  }

  private boolean said(String text) throws IOException {
    return Child.said(folder, text);
  }

  private static void assertUndisturbed(Child child) {
    assertThat(child.out()).isEqualTo(RESULT);
    assertThat(child.exitCode()).isEqualTo(EXIT_CODE);
  }

  /** Some samples with a collection's event among them; what is half written is not there yet. */
  private boolean recordingHasEnough() throws IOException {
    List<Envelope> envelopes = new ArrayList<>();
    for (Path recording : recordings()) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(recording))) {
        EnvelopeRecording.read(in, envelopes::add);
      } catch (WireException half) {
        assertThat(half).isNotNull();
      }
    }
    return envelopes.stream().mapToInt(e -> e.samples().size()).sum() > 5
        && envelopes.stream()
            .flatMap(e -> e.events().stream())
            .anyMatch(e -> e.kind() == EventKind.GARBAGE_COLLECTION);
  }

  private List<Path> recordings() throws IOException {
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".rec")).toList();
    }
  }

  private List<Envelope> readOnlyRecording() throws IOException, WireException {
    List<Path> recordings = recordings();
    assertThat(recordings).hasSize(1);
    List<Envelope> envelopes = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(recordings.get(0)))) {
      EnvelopeRecording.read(in, envelopes::add);
    }
    return envelopes;
  }
}
