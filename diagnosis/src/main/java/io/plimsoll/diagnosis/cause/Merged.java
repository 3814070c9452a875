// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What views and their owners each said, so that the worst of them stands for the owner. */
final class Merged {
  private final Map<Integer, List<Integer>> members = new HashMap<>();
  private final Map<Integer, float[]> said = new HashMap<>();

  Merged(LinkGraph graph) {
    for (int v = 0; v < graph.size(); v++) {
      int owner = graph.owner(v);
      if (owner != v) {
        members.computeIfAbsent(owner, own -> new ArrayList<>(List.of(own))).add(v);
      }
    }
  }

  /** Whether others stand for the same component. */
  boolean isMerged(int owner) {
    return members.containsKey(owner);
  }

  /** Notes what a member said; the worst of all members is what counts for the owner. */
  float note(int owner, int member, int family, float severity) {
    said.computeIfAbsent(member, unused -> nothing())[family] = severity;
    return worst(owner, family);
  }

  /** Forgets what a member said. */
  void forget(int member) {
    said.remove(member);
  }

  /** What all members say together; NaN where none said anything. */
  float worst(int owner, int family) {
    float worst = Float.NaN;
    for (int member : members.getOrDefault(owner, List.of())) {
      float s = own(member, family);
      worst = Float.isNaN(worst) || s > worst ? s : worst;
    }
    return worst;
  }

  /** What this member said; NaN where nothing. */
  float own(int member, int family) {
    float[] own = said.get(member);
    return own == null ? Float.NaN : own[family];
  }

  private static float[] nothing() {
    float[] empty = new float[Family.COUNT];
    Arrays.fill(empty, Float.NaN);
    return empty;
  }
}
