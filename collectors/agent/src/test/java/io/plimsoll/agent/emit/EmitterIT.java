// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitterIT {
  private static final long NONE = -2;

  @TempDir Path folder;

  private final Outbox outbox = new Outbox();
  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void anErrorInOneTurnEndsNeitherTheThreadNorTheSinks() throws Exception {
    Emitter emitter = emitter();
    AtomicInteger failures = new AtomicInteger();
    emitter.keepLast(
        "",
        kept -> {
          failures.incrementAndGet();
          throw new OutOfMemoryError("planted");
        });
    Thread thread = start(emitter);
    outbox.sample(Sample.of(1, Map.of(MetricKey.of(Metric.RSS), 1L)));
    await().atMost(Duration.ofSeconds(60)).until(() -> failures.get() > 0);
    outbox.event(EngineEvent.builder(EventKind.JVM_STARTED, 2).build());
    await().atMost(Duration.ofSeconds(60)).until(() -> events().contains(EventKind.JVM_STARTED));
    assertThat(said)
        .containsExactly(
            "sending failed (java.lang.OutOfMemoryError: planted); it is counted, as later ones"
                + " are; the job runs on");
    emitter.finish();
    thread.join(60_000);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void theEventOfAVanishedProcessStandsBehindEveryEventThatWentOut() throws Exception {
    Emitter emitter = emitter();
    AtomicLong keptSequence = new AtomicLong(-1);
    emitter.keepLast("", kept -> keptSequence.set(vanished(kept)));
    Thread thread = start(emitter);
    outbox.sample(Sample.of(1, Map.of(MetricKey.of(Metric.RSS), 1L)));
    await().atMost(Duration.ofSeconds(60)).until(() -> keptSequence.get() >= 0);
    // No further sample comes: what is kept moves on for the events alone.
    for (int i = 0; i < 3; i++) {
      int sent = i + 1;
      outbox.event(EngineEvent.builder(EventKind.JVM_STARTED, i).build());
      await().atMost(Duration.ofSeconds(60)).until(() -> events().size() == sent);
      assertThat(keptSequence.get()).isGreaterThan(lastEventSequence());
    }
    emitter.finish();
    thread.join(60_000);
    assertThat(keptSequence.get()).isEqualTo(NONE);
  }

  private static long vanished(List<byte[]> kept) {
    for (byte[] bytes : kept) {
      Envelope envelope = decoded(bytes);
      if (envelope.events().stream().anyMatch(e -> e.kind() == EventKind.PROCESS_VANISHED)) {
        return envelope.sequence();
      }
    }
    return NONE;
  }

  private static Envelope decoded(byte[] bytes) {
    try {
      return EnvelopeDecoder.decode(bytes);
    } catch (WireException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private long lastEventSequence() throws IOException {
    return recorded().stream()
        .filter(e -> e.stream() == Stream.EVENTS)
        .mapToLong(Envelope::sequence)
        .max()
        .orElse(-1);
  }

  private Emitter emitter() {
    Emitter emitter =
        new Emitter(
            outbox, ProcessIdentity.builder(new UUID(0, 1)).cluster("c").build(), 100, said::add);
    emitter.toFile(folder.resolve("a.rec").toFile(), 1 << 20, 1);
    return emitter;
  }

  private static Thread start(Emitter emitter) {
    Thread thread = new Thread(emitter, "emitter-test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private List<EventKind> events() throws IOException {
    return recorded().stream().flatMap(e -> e.events().stream()).map(EngineEvent::kind).toList();
  }

  private List<Envelope> recorded() throws IOException {
    List<Envelope> envelopes = new ArrayList<>();
    Path recording = folder.resolve("a.rec");
    if (Files.exists(recording)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(recording))) {
        EnvelopeRecording.read(in, envelopes::add);
      } catch (WireException half) {
        assertThat(half).isNotNull();
      }
    }
    return envelopes;
  }
}
