// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import java.util.ArrayList;
import java.util.List;

/** The best way from any symptom to a component. */
final class Paths {
  private final List<Region> regions = new ArrayList<>();

  void add(Region region) {
    regions.add(region);
  }

  List<Hop> to(int component) {
    List<Hop> best = List.of();
    double gate = 0;
    for (Region region : regions) {
      int index = region.indexOf(component);
      if (index >= 0 && region.gate(index) > gate) {
        gate = region.gate(index);
        best = region.path(index);
      }
    }
    return best;
  }
}
