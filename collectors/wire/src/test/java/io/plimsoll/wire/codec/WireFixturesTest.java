// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that agents in the field send must be read for ever as what they meant then. */
class WireFixturesTest {
  static Stream<String> names() {
    return WireFixtures.expected().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void versionOneIsReadAsItWasMeant(String name) throws WireException {
    assertThat(EnvelopeDecoder.decode(WireFixtures.bytes(name)))
        .isEqualTo(WireFixtures.expected().get(name));
  }

  @Test
  void everyStreamAndEveryEventKindHasAFixture() {
    Set<EventKind> kinds =
        WireFixtures.expected().values().stream()
            .map(Envelope::events)
            .flatMap(events -> events.stream().map(EngineEvent::kind))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
    Set<io.plimsoll.wire.Stream> streams =
        WireFixtures.expected().values().stream().map(Envelope::stream).collect(Collectors.toSet());

    assertThat(kinds).containsExactlyInAnyOrder(EventKind.values());
    assertThat(streams).containsExactlyInAnyOrder(io.plimsoll.wire.Stream.values());
  }
}
