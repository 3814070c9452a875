// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.ComponentType;
import io.plimsoll.diagnosis.signal.SignalMetric;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.diagnosis.signal.Spread;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final SignalPoint POINT =
      Catalogue.all().stream()
          .filter(SignalPoint.class::isInstance)
          .map(SignalPoint.class::cast)
          .filter(each -> each.declaration().peers && !each.declaration().type.single())
          .findFirst()
          .orElseThrow();

  /** Values 1 to this many, by components of the same name. */
  private static Peers peers(int count) {
    SignalMetric metric = POINT.declaration().metric;
    SignalSet.Builder signals = SignalSet.builder();
    for (int i = 1; i <= count; i++) {
      signals.put(component(i), metric, i);
    }
    return new Peers(POINT.declaration(), signals.build());
  }

  private static ComponentId component(int i) {
    ComponentType type = POINT.declaration().type;
    return ComponentId.of(type, Integer.toString(i));
  }

  @Test
  void fewPeers_leaveTheComponentItselfOut() {
    assertThat(peers(4).beside(component(4))).isEmpty();
    assertThat(peers(5).beside(component(5))).map(Spread::median).hasValue(2.5);
    assertThat(peers(5).beside(component(1))).map(Spread::median).hasValue(3.5);
  }

  @Test
  void manyPeers_areLookedAtOnce() {
    Peers peers = peers(10_001);
    Optional<Spread> first = peers.beside(component(1));

    assertThat(first).map(Spread::median).hasValue(5_001.0);
    assertThat(first).map(Spread::count).hasValue(10_000);
    assertThat(peers.beside(component(7)).orElseThrow()).isSameAs(first.orElseThrow());
  }
}
