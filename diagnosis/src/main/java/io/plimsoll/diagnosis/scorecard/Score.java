// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One of the three scores. All points are in hundredths, so that they add up exactly: {@code points
 * = 10,000 - Σ lost}.
 *
 * @param points from 0 to 10,000 hundredths; -1 when no part is known
 * @param coverage which share of the full weights is known, 0 to 1
 * @param losses the known parts, the largest loss first; the weights add up to 10,000
 * @param unknown the other parts
 */
public record Score(
    Kind kind, int points, double coverage, List<Loss> losses, List<Unknown> unknown) {
  /** Hundredths of a point in a full score. */
  public static final int FULL = 10_000;

  /** What is scored. */
  public enum Kind {
    COST,
    EFFICIENCY,
    STABILITY
  }

  /**
   * A known part.
   *
   * @param value of the metric
   * @param weight hundredths that it could lose
   * @param lost hundredths that it lost
   */
  public record Loss(Part part, double value, int weight, int lost) {}

  /** A part that scores neither as good nor as bad, and why. */
  public record Unknown(Part part, String reason) {}

  public Score {
    losses = List.copyOf(losses);
    unknown = List.copyOf(unknown);
    if (points >= 0 && points + losses.stream().mapToInt(Loss::lost).sum() != FULL) {
      throw new IllegalArgumentException(kind + ": the losses do not add up");
    }
  }

  /** From 0 to 100, or empty when nothing is known. */
  public OptionalInt rounded() {
    return points < 0 ? OptionalInt.empty() : OptionalInt.of((points + 50) / 100);
  }

  /**
   * @param weights of the parts in any unit, none below 0
   * @param known values of those parts whose metric is known
   * @param reasons of the others
   */
  static Score of(
      Kind kind, Map<Part, Double> weights, Map<Part, Double> known, Map<Part, String> reasons) {
    List<Unknown> unknown = new ArrayList<>();
    Map<Part, Double> knownWeights = new EnumMap<>(Part.class);
    double all = 0;
    double seen = 0;
    for (Map.Entry<Part, Double> weight : weights.entrySet()) {
      Part part = weight.getKey();
      all += weight.getValue();
      if (known.containsKey(part)) {
        seen += weight.getValue();
        knownWeights.put(part, weight.getValue());
      } else {
        unknown.add(new Unknown(part, reasons.getOrDefault(part, "not told")));
      }
    }
    if (seen <= 0) {
      return new Score(kind, -1, 0, List.of(), unknown);
    }
    List<Loss> losses = new ArrayList<>();
    int lost = 0;
    for (Map.Entry<Part, Integer> share : apportioned(knownWeights, seen).entrySet()) {
      double value = known.getOrDefault(share.getKey(), 0.0);
      int points = (int) Math.round(share.getValue() * share.getKey().badness(value));
      losses.add(new Loss(share.getKey(), value, share.getValue(), points));
      lost += points;
    }
    losses.sort(Comparator.comparingInt(Loss::lost).reversed().thenComparing(Loss::part));
    return new Score(kind, FULL - lost, all == 0 ? 0 : seen / all, losses, unknown);
  }

  /** Whole hundredths that add up to {@link #FULL}: largest remainders first (Hamilton). */
  private static Map<Part, Integer> apportioned(Map<Part, Double> weights, double sum) {
    Map<Part, Integer> shares = new EnumMap<>(Part.class);
    Map<Part, Double> remainders = new EnumMap<>(Part.class);
    int given = 0;
    for (Map.Entry<Part, Double> weight : weights.entrySet()) {
      double exact = weight.getValue() / sum * FULL;
      int whole = (int) Math.floor(exact);
      shares.put(weight.getKey(), whole);
      remainders.put(weight.getKey(), exact - whole);
      given += whole;
    }
    List<Part> byRemainder =
        remainders.entrySet().stream()
            .sorted(
                Map.Entry.<Part, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    for (int i = 0; given < FULL; i = (i + 1) % byRemainder.size(), given++) {
      shares.merge(byRemainder.get(i), 1, Integer::sum);
    }
    return shares;
  }
}
