// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.store.sqlite.SqliteStore;
import io.plimsoll.wire.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, a real Flink and a real store: what the stream gives is what the file gives. */
class PipelineIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private static Path folder;
  private static TestBus bus;
  private static PipelineHandle pipeline;
  private static SqliteStore store;

  @BeforeAll
  static void start() {
    bus = new TestBus(folder.resolve("kafka"));
    Path file = folder.resolve("plimsoll.db");
    pipeline =
        LocalFlink.start(
            PipelineConfig.of(bus.bootstrapServers(), StoreOpener.sqlite(file))
                .withParallelism(2)
                .withPace(Duration.ofMillis(300), Duration.ofSeconds(2))
                .withCheckpoints(folder.resolve("checkpoints"), Duration.ofSeconds(1)));
    store = SqliteStore.open(file);
  }

  @AfterAll
  static void stop() {
    pipeline.close();
    store.close();
    bus.close();
    assertThat(pipeline.failure()).isEmpty();
  }

  @Test
  void disturbedStreamGivesTheNumbersOfTheFile() throws Exception {
    SyntheticRun run = SyntheticRun.complete("app-disturbed", 1);
    Expected expected = new Expected(run, folder);
    bus.send(run.disturbed());
    expected.awaitStored(store, true);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(pipeline.counts().duplicates()).isPositive());
  }

  @Test
  void windowsCloseWhenTheTopicsFallSilent() throws Exception {
    SyntheticRun run = SyntheticRun.silent("app-silent", 2, true);
    Expected expected = new Expected(run, folder);
    bus.send(run.envelopes());
    expected.awaitStored(store, true);
  }

  @Test
  void runWhoseEndWasNeverToldStaysIncompleteWithAllItsNumbers() throws Exception {
    SyntheticRun run = SyntheticRun.silent("app-unended", 3, false);
    Expected expected = new Expected(run, folder);
    bus.send(run.envelopes());
    expected.awaitStored(store, false);
    assertThat(store.runs())
        .filteredOn(summary -> summary.key().equals(run.key()))
        .singleElement()
        .satisfies(
            summary -> {
              assertThat(summary.name()).isEqualTo("daily orders");
              assertThat(summary.complete()).isFalse();
              assertThat(summary.endMillis()).isEqualTo(-1);
            });
  }

  @Test
  void bytesThatAreNoEnvelopeLandInDeadLettersWithTheReason() {
    byte[] garbage = "neither protobuf nor plimsoll".getBytes(StandardCharsets.UTF_8);
    bus.send(Stream.ATTEMPTS.topic(), null, garbage);
    bus.send(Stream.EVENTS.topic(), new byte[0], null);
    bus.flush();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(bus.records(Pipeline.DEAD_LETTERS)).hasSize(2));
    assertThat(bus.records(Pipeline.DEAD_LETTERS))
        .anySatisfy(
            letter -> {
              assertThat(letter.value()).isEqualTo(garbage);
              assertThat(header(letter, "plimsoll-error")).startsWith("MALFORMED: ");
              assertThat(header(letter, "plimsoll-topic")).isEqualTo("plimsoll.attempts");
              assertThat(header(letter, "plimsoll-offset")).matches("\\d+");
            })
        .anySatisfy(
            letter -> assertThat(header(letter, "plimsoll-topic")).isEqualTo("plimsoll.events"));
    assertThat(pipeline.failure()).isEmpty();
  }

  @Test
  void nothingListensBeyondThisMachine() throws IOException {
    assertThat(listeningAddresses()).isNotEmpty().allMatch(PipelineIT::isLoopback);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** The hexadecimal addresses on which this process listens, from /proc. */
  private static List<String> listeningAddresses() throws IOException {
    Set<String> ours = new HashSet<>();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.isSymbolicLink(descriptor)) {
          ours.add(target(descriptor));
        }
      }
    }
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
        String[] fields = line.strip().split("\\s+");
        boolean listens = fields[3].equals("0A");
        if (listens && ours.contains("socket:[" + fields[9] + "]")) {
          addresses.add(fields[1].substring(0, fields[1].indexOf(':')));
        }
      }
    }
    return addresses;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static boolean isLoopback(String address) {
    return address.equals("0100007F")
        || address.equals("0000000000000000FFFF00000100007F")
        || address.equals("00000000000000000000000001000000");
  }
}
