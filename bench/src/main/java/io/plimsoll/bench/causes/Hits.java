// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.diagnosis.locate.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** At which rank the true cause was found, case by case; ties count against us. */
public final class Hits {
  private static final double Z95 = 1.959964;

  private final List<Integer> ranks = new ArrayList<>();
  private int named;
  private int namedRight;

  /** Takes the answer to a case whose cause is known; what is not ranked at all has no rank. */
  public void add(Answer answer, String cause) {
    int rank = Integer.MAX_VALUE;
    for (Answer.Entry entry : answer.ranking()) {
      if (entry.node().equals(cause)) {
        int own = entry.rank();
        rank = (int) answer.ranking().stream().filter(other -> other.rank() <= own).count();
      }
    }
    ranks.add(rank);
    if (!answer.abstained()) {
      named++;
      namedRight += rank == 1 ? 1 : 0;
    }
  }

  public int cases() {
    return ranks.size();
  }

  /** Cases in which a cause was named rather than hinted at. */
  public int named() {
    return named;
  }

  /** Of those, the ones in which it was the right one. */
  public int namedRight() {
    return namedRight;
  }

  /** In how many cases the cause was among the first k. */
  public int within(int k) {
    return (int) ranks.stream().filter(rank -> rank <= k).count();
  }

  /** The share of cases in which the cause was among the first k. */
  public double share(int k) {
    return within(k) / (double) cases();
  }

  /** Share and its interval as text. */
  public String text(int k) {
    double[] interval = wilson(within(k), cases());
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", share(k), interval[0], interval[1]);
  }

  /** The interval as text. */
  public String interval(int k) {
    double[] interval = wilson(within(k), cases());
    return String.format(
        Locale.ROOT, "95 %% %.3f to %.3f, n = %d", interval[0], interval[1], cases());
  }

  /** Wilson's 95 % interval of a share (Probable inference, 1927). */
  public static double[] wilson(int hits, int of) {
    double share = hits / (double) of;
    double z2 = Z95 * Z95;
    double middle = (share + z2 / (2 * of)) / (1 + z2 / of);
    double half = Z95 / (1 + z2 / of) * Math.sqrt(share * (1 - share) / of + z2 / (4.0 * of * of));
    return new double[] {Math.max(0, middle - half), Math.min(1, middle + half)};
  }
}
