// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.Store;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.util.Iterator;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A {@link Distribution} over a DDSketch whose store is unbounded, so that merging in any order
 * gives the same bins. The mapping uses only additions, multiplications and the bits of the number,
 * so that every JVM puts a value into the same bin. What leaves this package is not changed any
 * more.
 */
public final class SketchDistribution implements Distribution {
  private static final double RELATIVE_ACCURACY = 0.01;

  private final Store bins;
  private final DDSketch sketch;
  private long zeros;
  private long count;
  private long sum;
  private long min;
  private long max;

  SketchDistribution() {
    bins = new UnboundedSizeDenseStore();
    sketch =
        new DDSketch(
            new CubicallyInterpolatedMapping(RELATIVE_ACCURACY),
            UnboundedSizeDenseStore::new,
            () -> bins);
  }

  /** The distribution of these values; negative ones count as 0. */
  public static SketchDistribution of(long... values) {
    SketchDistribution distribution = new SketchDistribution();
    for (long value : values) {
      distribution.add(value);
    }
    return distribution;
  }

  /** The distribution that holds the values of both. */
  public SketchDistribution plus(SketchDistribution other) {
    SketchDistribution both = new SketchDistribution();
    both.absorb(this);
    both.absorb(other);
    return both;
  }

  void add(long value) {
    long counted = Math.max(0, value);
    min = count == 0 ? counted : Math.min(min, counted);
    max = Math.max(max, counted);
    count++;
    sum += counted;
    if (counted == 0) {
      zeros++;
    }
    sketch.accept(counted);
  }

  void absorb(SketchDistribution other) {
    if (other.count == 0) {
      return;
    }
    min = count == 0 ? other.min : Math.min(min, other.min);
    max = Math.max(max, other.max);
    count += other.count;
    sum += other.sum;
    zeros += other.zeros;
    sketch.mergeWith(other.sketch);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long sum() {
    return sum;
  }

  @Override
  public long min() {
    return min;
  }

  @Override
  public long max() {
    return max;
  }

  @Override
  public long quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("quantile " + q + " is not from 0 to 1");
    }
    if (count == 0) {
      return 0;
    }
    return Math.min(max, Math.max(min, Math.round(sketch.getValueAtQuantile(q))));
  }

  void write(FoldOutput out) {
    out.number(count);
    if (count == 0) {
      return;
    }
    out.number(sum);
    out.number(min);
    out.number(max);
    out.number(zeros);
    TreeMap<Integer, Long> filled = filledBins();
    out.number(filled.size());
    filled.forEach(
        (index, held) -> {
          out.signed(index);
          out.number(held);
        });
  }

  static SketchDistribution read(FoldInput in) {
    SketchDistribution distribution = new SketchDistribution();
    distribution.count = in.number();
    if (distribution.count == 0) {
      return distribution;
    }
    distribution.sum = in.number();
    distribution.min = in.number();
    distribution.max = in.number();
    distribution.zeros = in.number();
    int highest = distribution.sketch.getIndexMapping().index(Long.MAX_VALUE);
    long held = distribution.zeros;
    int filled = in.count();
    for (int i = 0; i < filled; i++) {
      int index = in.smallNumber();
      long inBin = in.number();
      if (index < -1 || index > highest || inBin <= 0 || inBin > distribution.count) {
        throw FoldFormatException.malformed("bin " + index + " of a distribution holds " + inBin);
      }
      distribution.bins.add(index, (double) inBin);
      held += inBin;
    }
    if (held != distribution.count) {
      throw FoldFormatException.malformed(
          "a distribution of " + distribution.count + " values has " + held + " in its bins");
    }
    if (distribution.zeros > 0) {
      distribution.sketch.accept(0, distribution.zeros);
    }
    return distribution;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SketchDistribution that
        && count == that.count
        && sum == that.sum
        && min == that.min
        && max == that.max
        && zeros == that.zeros
        && filledBins().equals(that.filledBins());
  }

  @Override
  public int hashCode() {
    return Objects.hash(count, sum, min, max);
  }

  @Override
  public String toString() {
    return "Distribution[" + count + " values, sum " + sum + ", " + min + " to " + max + "]";
  }

  private TreeMap<Integer, Long> filledBins() {
    TreeMap<Integer, Long> filled = new TreeMap<>();
    for (Iterator<Bin> each = bins.getAscendingIterator(); each.hasNext(); ) {
      Bin bin = each.next();
      filled.put(bin.getIndex(), (long) bin.getCount());
    }
    return filled;
  }
}
