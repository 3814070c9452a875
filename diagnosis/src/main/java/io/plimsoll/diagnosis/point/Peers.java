// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.Signal;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.diagnosis.signal.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the components of one type have of the judged metric, as a reference for each of them. One
 * thread; looked at only when somebody asks.
 */
final class Peers {
  /** Above it each one is left in: a single value does not move a median of so many. */
  static final int EXACT = 64;

  private final Declaration declaration;
  private final SignalSet signals;
  private @Nullable Spread ofAll;

  Peers(Declaration declaration, SignalSet signals) {
    this.declaration = declaration;
    this.signals = signals;
  }

  /** What the others have; nothing where the point has no peers, or too few. */
  Optional<Spread> beside(ComponentId component) {
    if (!declaration.peers) {
      return Optional.empty();
    }
    if (ofAll != null) {
      return Optional.of(ofAll);
    }
    List<Double> others = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (ComponentId each : signals.components(declaration.type)) {
      Signal signal = signals.get(each, declaration.metric);
      if (signal != null) {
        all.add(signal.value());
        if (!each.equals(component)) {
          others.add(signal.value());
        }
      }
    }
    if (others.size() < Reference.LEAST_PEERS) {
      return Optional.empty();
    }
    if (others.size() <= EXACT) {
      return Optional.of(Spread.of(others));
    }
    Spread spread = Spread.of(all);
    ofAll = new Spread(all.size() - 1, spread.median(), spread.scale());
    return Optional.of(ofAll);
  }
}
