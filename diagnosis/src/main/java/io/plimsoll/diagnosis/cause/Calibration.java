// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns raw confidences into shares of cases: a rising line through points, as isotonic regression
 * by pooling adjacent violators gives them (Ayer et al., An empirical distribution function for
 * sampling with incomplete information, 1955).
 *
 * @param raw rising raw confidences
 * @param share the share of right ones at each, rising or equal
 */
public record Calibration(List<Double> raw, List<Double> share) {
  /** Raw confidences as they come. */
  public static final Calibration NONE = new Calibration(List.of(0.0, 1.0), List.of(0.0, 1.0));

  /** One case of which the truth is known. */
  public record Sample(double raw, boolean isRight) {}

  /** A run of samples that have the same share. */
  private record Pool(double rawSum, double right, double count) {
    Pool join(Pool next) {
      return new Pool(rawSum + next.rawSum, right + next.right, count + next.count);
    }

    double share() {
      return right / count;
    }
  }

  public Calibration {
    raw = List.copyOf(raw);
    share = List.copyOf(share);
    if (raw.isEmpty() || raw.size() != share.size()) {
      throw new IllegalArgumentException("as many shares as raw confidences, at least one");
    }
    for (int i = 1; i < raw.size(); i++) {
      if (raw.get(i) <= raw.get(i - 1) || share.get(i) < share.get(i - 1)) {
        throw new IllegalArgumentException("neither may fall: at " + i);
      }
    }
  }

  /** Fits to cases; groups of fewer than {@code least} cases are joined with the next. */
  public static Calibration fit(List<Sample> samples, int least) {
    List<Sample> sorted = samples.stream().sorted(Comparator.comparingDouble(Sample::raw)).toList();
    List<Pool> pools = new ArrayList<>();
    Pool open = new Pool(0, 0, 0);
    for (int i = 0; i < sorted.size(); i++) {
      Sample sample = sorted.get(i);
      open = open.join(new Pool(sample.raw(), sample.isRight() ? 1 : 0, 1));
      boolean isLast = i + 1 == sorted.size();
      boolean differs = isLast || sorted.get(i + 1).raw() > sample.raw();
      if (differs && (open.count() >= least || isLast)) {
        push(pools, open);
        open = new Pool(0, 0, 0);
      }
    }
    return new Calibration(
        pools.stream().map(pool -> pool.rawSum() / pool.count()).toList(),
        pools.stream().map(Pool::share).toList());
  }

  private static void push(List<Pool> pools, Pool next) {
    Pool joined = next;
    while (!pools.isEmpty() && pools.get(pools.size() - 1).share() >= joined.share()) {
      joined = pools.remove(pools.size() - 1).join(joined);
    }
    pools.add(joined);
  }

  /** The share at this raw confidence, 0 to 1; level beyond the ends. */
  public double of(double confidence) {
    if (confidence <= raw.get(0)) {
      return share.get(0) * Math.max(0, confidence) / Math.max(raw.get(0), Double.MIN_NORMAL);
    }
    for (int i = 1; i < raw.size(); i++) {
      if (confidence <= raw.get(i)) {
        double part = (confidence - raw.get(i - 1)) / (raw.get(i) - raw.get(i - 1));
        return share.get(i - 1) + part * (share.get(i) - share.get(i - 1));
      }
    }
    return share.get(share.size() - 1);
  }
}
