// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The metrics that stand out, by node and by edge: of each only the worst few are kept. */
final class EvidenceBook {
  private static final int KEPT = 8;

  /** Less than this is no evidence. */
  private static final double LEAST_SEVERITY = 0.69;

  private static final Comparator<EvidenceLine> WORST_FIRST =
      Comparator.comparingDouble((EvidenceLine line) -> line.deviation().severity())
          .reversed()
          .thenComparing(EvidenceLine::metric)
          .thenComparing(line -> String.join("\0", line.target()));

  private final Map<Integer, List<EvidenceLine>> byNode = new HashMap<>();
  private final Map<Long, Double> byEdge = new HashMap<>();

  void add(int node, EvidenceLine line) {
    if (line.deviation().severity() < LEAST_SEVERITY) {
      return;
    }
    List<EvidenceLine> lines = byNode.computeIfAbsent(node, unused -> new ArrayList<>(1));
    lines.add(line);
    if (lines.size() > KEPT) {
      lines.sort(WORST_FIRST);
      lines.remove(KEPT);
    }
  }

  void addEdge(int from, int to, EvidenceLine line) {
    add(from, line);
    add(to, line);
    byEdge.merge(key(from, to), line.deviation().severity(), Math::max);
  }

  double worstOfEdge(int from, int to) {
    return byEdge.getOrDefault(key(from, to), 0.0);
  }

  List<EvidenceLine> of(int node) {
    return byNode.getOrDefault(node, List.of()).stream().sorted(WORST_FIRST).toList();
  }

  private static long key(int from, int to) {
    return (long) from << 32 | to;
  }
}
