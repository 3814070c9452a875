// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Stream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ComponentPollerTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final List<Envelope> envelopes = new CopyOnWriteArrayList<>();

  /** Answers, fails or hangs as the test tells it. */
  private static final class Scripted implements ComponentSource {
    private final String address;
    private final CountDownLatch hang = new CountDownLatch(1);
    volatile boolean hanging;
    volatile boolean failing;

    Scripted(String address) {
      this.address = address;
    }

    @Override
    public ComponentTarget target() {
      return new ComponentTarget("kafka-broker", Role.KAFKA_BROKER, "c", address);
    }

    @Override
    public Reading read(long epochMillis) throws SourceException, InterruptedException {
      if (hanging) {
        hang.await();
      }
      if (failing) {
        throw new SourceException(SourceException.Code.UNREACHABLE, address + " is gone");
      }
      return new Reading(
          new TreeMap<>(Map.of(MetricKey.of(Metric.COMPONENT_LEVEL, "x"), 1L)),
          List.of(),
          Map.of("y", "no bean"));
    }

    @Override
    public void close() {
      hang.countDown();
    }
  }

  @Test
  void aComponentThatHangs_isDownAndDelaysNoOther() {
    Scripted good = new Scripted("http://good:1");
    Scripted bad = new Scripted("http://bad:1");
    bad.hanging = true;
    try (ComponentPoller poller = poller(Duration.ofMillis(300), good, bad)) {
      poller.start();

      await()
          .atMost(BOUND)
          .untilAsserted(
              () -> {
                assertThat(samples(good)).hasSizeGreaterThan(5);
                assertThat(kinds(bad)).containsExactly(EventKind.COMPONENT_DOWN);
              });
      assertThat(samples(bad)).isEmpty();
    }
  }

  @Test
  void edges_areSaidOnceEach() {
    Scripted source = new Scripted("http://user:secret@host:1/jolokia");
    try (ComponentPoller poller = poller(BOUND, source)) {
      poller.start();
      await().atMost(BOUND).until(() -> samples(source).size() > 3);
      source.failing = true;
      await().atMost(BOUND).until(() -> kinds(source).contains(EventKind.COMPONENT_DOWN));
      source.failing = false;
      await().atMost(BOUND).until(() -> kinds(source).size() == 4);
    }

    assertThat(kinds(source))
        .containsExactly(
            EventKind.COMPONENT_UP,
            EventKind.COMPONENT_UNREAD,
            EventKind.COMPONENT_DOWN,
            EventKind.COMPONENT_UP);
    assertThat(events(source))
        .extracting(event -> event.text(EventText.ADDRESS))
        .containsOnly("http://host:1/jolokia");
    assertThat(samples(source)).extracting(Envelope::sequence).startsWith(0L, 1L, 2L, 3L);
  }

  @Test
  void aComponentThatIsAway_isAskedEverLessOftenAndAtOnceAgainWhenItAnswers() {
    Scripted source = new Scripted("http://a:1");
    List<String> turns = new ArrayList<>();
    source.failing = true;
    Poll poll = new Poll(source, Clock.systemUTC(), BOUND, 5, envelopes::add);
    for (int turn = 0; turn < 24; turn++) {
      turns.add(turn(poll));
    }
    source.failing = false;
    for (int turn = 0; turn < 3; turn++) {
      turns.add(turn(poll));
    }

    // One turn sat out, then three, then the most that is allowed.
    assertThat(String.join("", turns)).isEqualTo("x.x...x.....x.....x....." + "xxx");
  }

  private static String turn(Poll poll) {
    long number = poll.begin();
    if (number == Poll.NOT_NOW) {
      return ".";
    }
    poll.read(number);
    return "x";
  }

  @Test
  void aSinkThatThrows_isCounted() {
    try (ComponentPoller poller =
        new ComponentPoller(
            List.of(new Scripted("http://a:1")),
            Duration.ofMillis(5),
            BOUND,
            Clock.systemUTC(),
            envelope -> {
              throw new IllegalStateException("full");
            })) {
      poller.start();
      await().atMost(BOUND).until(() -> poller.sinkFailures() > 3);
    }
  }

  @Test
  void identity_isTheSameForTheSamePlace() {
    ComponentTarget one = new Scripted("http://a:1").target();

    assertThat(one.identity()).isEqualTo(new Scripted("http://x:y@a:1").target().identity());
    assertThat(one.identity().process())
        .isNotEqualTo(new Scripted("http://a:2").target().identity().process());
    assertThat(one.identity().host()).isEqualTo("a");
    assertThat(new Scripted("service:jmx:rmi:///jndi/rmi://h:9/jmxrmi").target().identity().host())
        .isEqualTo("h");
  }

  private ComponentPoller poller(Duration timeout, ComponentSource... sources) {
    return new ComponentPoller(
        List.of(sources), Duration.ofMillis(10), timeout, Clock.systemUTC(), envelopes::add);
  }

  private List<Envelope> of(ComponentSource source, Stream stream) {
    return envelopes.stream()
        .filter(envelope -> envelope.identity().equals(source.target().identity()))
        .filter(envelope -> envelope.stream() == stream)
        .toList();
  }

  private List<Envelope> samples(ComponentSource source) {
    return of(source, Stream.SAMPLES);
  }

  private List<EngineEvent> events(ComponentSource source) {
    return of(source, Stream.EVENTS).stream()
        .flatMap(envelope -> envelope.events().stream())
        .toList();
  }

  private List<EventKind> kinds(ComponentSource source) {
    return events(source).stream().map(EngineEvent::kind).toList();
  }
}
