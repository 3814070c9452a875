// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time spans whose overlaps count once. */
public final class Spans {
  /**
   * From start to end.
   *
   * @param startMillis epoch milliseconds
   * @param endMillis epoch milliseconds, exclusive
   */
  public record Span(long startMillis, long endMillis) {}

  private final List<Span> disjoint;

  private Spans(List<Span> disjoint) {
    this.disjoint = disjoint;
  }

  /** The union; spans that end before they start are left out. */
  public static Spans union(List<Span> spans) {
    List<Span> sorted =
        spans.stream()
            .filter(span -> span.endMillis() > span.startMillis())
            .sorted(Comparator.comparingLong(Span::startMillis))
            .toList();
    List<Span> merged = new ArrayList<>();
    for (Span span : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).endMillis() >= span.startMillis()) {
        Span before = merged.get(last);
        merged.set(
            last, new Span(before.startMillis(), Math.max(before.endMillis(), span.endMillis())));
      } else {
        merged.add(span);
      }
    }
    return new Spans(merged);
  }

  /** The time that is covered within the window. */
  public long coveredMillis(long fromMillis, long toMillis) {
    long covered = 0;
    for (Span span : disjoint) {
      covered +=
          Math.max(
              0, Math.min(toMillis, span.endMillis()) - Math.max(fromMillis, span.startMillis()));
    }
    return covered;
  }
}
