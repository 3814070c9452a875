// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeverInTheWayIT {
  private static final String RESULT = "sum 62496 kept 64\n";
  private static final int EXIT_CODE = 7;

  /** What is kept may be a turn of a loaded machine older than what is told. */
  private static final long KEPT_BEHIND_MILLIS = 3_000;

  @TempDir Path folder;

  @Test
  void theLastRecordsOfAKilledProcessAreSentByTheNextAgentExactlyOnce() throws Exception {
    String options = "file=" + folder.resolve("%u.rec") + ",interval=200ms,last=" + lastFolder();
    Child.killWhen(folder, () -> samples().size() > 3 && !keptFiles().isEmpty(), agent(options));
    Envelope dead = envelopes().get(0);
    UUID killed = dead.identity().process();
    long lastTold = samples().get(samples().size() - 1).epochMillis();

    Child second = Child.runUntil(folder, () -> has(vanished()), agent(options));
    assertUndisturbed(second);
    Child third = Child.runUntil(folder, () -> processes() == 3, agent(options));
    assertUndisturbed(third);

    List<Envelope> found =
        envelopes().stream().filter(e -> e.events().stream().anyMatch(vanished())).toList();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).identity()).isEqualTo(dead.identity());
    EngineEvent event = found.get(0).events().get(0);
    assertThat(event.text(EventText.CAUSE)).isEqualTo("unknown");
    assertThat(event.number(EventNumber.LAST_SAMPLE_MILLIS, 0))
        .isGreaterThanOrEqualTo(lastTold - KEPT_BEHIND_MILLIS);
    assertThat(event.text(EventText.FOUND_BY)).isNotEqualTo(killed.toString());
    List<Long> sequences =
        envelopes().stream()
            .filter(e -> e.identity().process().equals(killed))
            .filter(e -> e.stream() == found.get(0).stream())
            .map(Envelope::sequence)
            .toList();
    // Nothing that went out has the number of this event; readers would drop it.
    assertThat(sequences).containsOnlyOnce(found.get(0).sequence());
    // What the dead one had sampled and not told is there now.
    assertThat(
            envelopes().stream()
                .filter(e -> e.identity().process().equals(killed))
                .flatMap(e -> e.samples().stream())
                .mapToLong(Sample::epochMillis)
                .max()
                .orElse(0))
        .isGreaterThanOrEqualTo(event.number(EventNumber.LAST_SAMPLE_MILLIS, 0));
    assertThat(keptFiles()).isEmpty();
  }

  @Test
  void anAgentThatSendsElsewhereLeavesTheLastRecordsAlone() throws Exception {
    String options = "file=" + folder.resolve("%u.rec") + ",interval=200ms,last=" + lastFolder();
    Child.killWhen(folder, () -> samples().size() > 3 && !keptFiles().isEmpty(), agent(options));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    String others = "file=" + elsewhere.resolve("%u.rec") + ",interval=200ms,last=" + lastFolder();
    assertUndisturbed(
        Child.runUntil(folder, () -> elsewhere.toFile().list().length > 0, agent(others)));
    assertThat(keptFiles()).hasSize(1);
    assertThat(processes()).isEqualTo(1);
  }

  @Test
  void aStopFileEndsTheAgentAndTheJobRunsOn() throws Exception {
    Path stop = folder.resolve("no-more");
    AtomicBoolean asked = new AtomicBoolean();
    Child child =
        Child.runUntil(
            folder,
            () -> {
              if (samples().size() > 3 && asked.compareAndSet(false, true)) {
                Files.createFile(stop);
              }
              return Child.said(folder, "stops for good");
            },
            agent(
                "file=" + folder.resolve("%u.rec") + ",interval=100ms,last=off,stop-file=" + stop));
    assertUndisturbed(child);
    assertThat(child.err())
        .isEqualTo(
            "plimsoll: stop-file="
                + stop
                + " is there: the agent stops for good, the job runs on\n");
    assertThat(envelopes().stream().flatMap(e -> e.events().stream()))
        .filteredOn(event -> event.kind() == EventKind.AGENT_STOPPED)
        .singleElement()
        .extracting(event -> event.text(EventText.REASON))
        .isEqualTo("stop-file=" + stop + " is there");
  }

  @Test
  void anAgentThatIsSwitchedOffStaysIdle() {
    Child child =
        Child.run(
            folder, 1, "-Dplimsoll.agent.off=true", agent("file=" + folder.resolve("%u.rec")));
    assertUndisturbed(child);
    assertThat(child.err())
        .isEqualTo(
            "plimsoll: switched off by plimsoll.agent.off or PLIMSOLL_AGENT_OFF;"
                + " the agent stays idle, the job runs\n");
    assertThat(folder.toFile().list((where, name) -> name.endsWith(".rec"))).isEmpty();
  }

  @Test
  void theAgentTellsWhatItCosts() throws Exception {
    String options = "file=" + folder.resolve("%u.rec") + ",interval=200ms,last=off";
    assertUndisturbed(Child.runUntil(folder, () -> samples().size() > 3, agent(options)));
    Sample told = samples().get(0);
    assertThat(told.values().get(MetricKey.of(Metric.AGENT_CPU_OWN))).isPositive();
    assertThat(told.values().get(MetricKey.of(Metric.AGENT_ALLOCATED))).isPositive();
    assertThat(told.values())
        .containsEntry(MetricKey.of(Metric.AGENT_INTERVAL), 200L)
        .containsEntry(MetricKey.of(Metric.AGENT_COARSENESS), 0L)
        .containsEntry(MetricKey.of(Metric.AGENT_BACKLOG), 0L)
        .containsEntry(MetricKey.of(Metric.AGENT_CPU_SINK), 0L);
  }

  @Test
  void aServerThatDiesHalfwayChangesNothingForTheJob() throws Exception {
    AtomicInteger received = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try {
            EnvelopeRecording.read(
                new GZIPInputStream(exchange.getRequestBody()), e -> received.incrementAndGet());
          } catch (WireException malformed) {
            received.addAndGet(-1_000);
          }
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    AtomicBoolean dead = new AtomicBoolean();
    try {
      Child child =
          Child.runUntil(
              folder,
              () -> {
                if (received.get() > 3 && dead.compareAndSet(false, true)) {
                  server.stop(0);
                }
                return Child.said(folder, "cannot send");
              },
              agent("http=" + address + ",interval=100ms,last=off"));
      assertUndisturbed(child);
      assertThat(child.err())
          .startsWith("plimsoll: cannot send to http=" + address + "/api/v1/ingest: ")
          .endsWith("; it is tried again and again, the job runs\n");
      assertThat(received.get()).isGreaterThan(3);
    } finally {
      server.stop(0);
    }
  }

  private static void assertUndisturbed(Child child) {
    assertThat(child.out()).isEqualTo(RESULT);
    assertThat(child.exitCode()).isEqualTo(EXIT_CODE);
  }

  private static String agent(String options) {
    return Child.agent(options);
  }

  private Path lastFolder() {
    return folder.resolve("last");
  }

  private List<Path> keptFiles() throws IOException {
    if (!Files.isDirectory(lastFolder())) {
      return List.of();
    }
    try (java.util.stream.Stream<Path> files = Files.list(lastFolder())) {
      return files.filter(f -> f.getFileName().toString().contains(".last")).toList();
    }
  }

  private static Predicate<EngineEvent> vanished() {
    return event -> event.kind() == EventKind.PROCESS_VANISHED;
  }

  private boolean has(Predicate<EngineEvent> event) throws IOException {
    return envelopes().stream().flatMap(e -> e.events().stream()).anyMatch(event);
  }

  private long processes() throws IOException {
    return envelopes().stream().map(e -> e.identity().process()).distinct().count();
  }

  private List<Sample> samples() throws IOException {
    return envelopes().stream()
        .flatMap(e -> e.samples().stream())
        .sorted(Comparator.comparingLong(Sample::epochMillis))
        .toList();
  }

  /** All envelopes that stand whole in any recording, in their order there. */
  private List<Envelope> envelopes() throws IOException {
    List<Envelope> envelopes = new ArrayList<>();
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".rec")).toList()) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
          EnvelopeRecording.read(in, envelopes::add);
        } catch (WireException notYet) {
          assertThat(notYet).isNotNull();
        }
      }
    }
    return envelopes;
  }
}
