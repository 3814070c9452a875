// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import io.plimsoll.standalone.terminal.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What else differs between the same stages of two runs, the largest factor first. */
final class Reasons {
  /** A smaller factor explains nothing. */
  private static final double LEAST = 1.2;

  /** So much task time is worth a reason, ms. */
  private static final double LEAST_MILLIS = 100;

  /** One reason and how strong it is. */
  private record Reason(double factor, String text) {}

  private final List<Reason> found = new ArrayList<>();

  private Reasons() {}

  static List<String> of(StageGroup a, StageGroup b) {
    if (a.stages() == 0 || b.stages() == 0) {
      return List.of(a.stages() == 0 ? "only in B" : "only in A");
    }
    Reasons reasons = new Reasons();
    reasons.add("read", a.readBytes(), b.readBytes(), "bytes");
    reasons.add("tasks", a.sums().tasks(), b.sums().tasks(), "count");
    reasons.add("stages", a.stages(), b.stages(), "count");
    reasons.add("failed tasks", a.sums().failedTasks(), b.sums().failedTasks(), "count");
    reasons.add("spilled to disk", a.sums().diskSpillBytes(), b.sums().diskSpillBytes(), "bytes");
    reasons.time("garbage collection", a.sums().gcMillis(), b.sums().gcMillis());
    reasons.time(
        "waiting for shuffles",
        a.sums().shuffleFetchWaitMillis(),
        b.sums().shuffleFetchWaitMillis());
    reasons.time("longest task", a.longestMillis(), b.longestMillis());
    reasons.time("CPU", a.sums().cpuNanos() / 1e6, b.sums().cpuNanos() / 1e6);
    return reasons.found.stream()
        .sorted(Comparator.comparingDouble(Reason::factor).reversed())
        .limit(4)
        .map(Reason::text)
        .toList();
  }

  private void time(String name, double a, double b) {
    if (Math.max(a, b) >= LEAST_MILLIS) {
      add(name, a, b, "ms");
    }
  }

  private void add(String name, double a, double b, String unit) {
    double low = Math.min(a, b);
    double high = Math.max(a, b);
    double factor = low == 0 ? (high == 0 ? 1 : Double.MAX_VALUE) : high / low;
    if (factor >= LEAST) {
      found.add(
          new Reason(
              factor, name + " " + Amount.of(b, unit) + " instead of " + Amount.of(a, unit)));
    }
  }
}
