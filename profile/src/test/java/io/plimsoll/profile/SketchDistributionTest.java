// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SketchDistributionTest {
  @Test
  void anEmptyDistributionIsZeroThroughout() {
    SketchDistribution empty = SketchDistribution.of();
    assertThat(empty.count()).isZero();
    assertThat(empty.min()).isZero();
    assertThat(empty.max()).isZero();
    assertThat(empty.median()).isZero();
    assertThat(empty.plus(empty)).isEqualTo(empty);
  }

  @Test
  void countSumAndExtremesAreExact() {
    SketchDistribution some = SketchDistribution.of(0, 5, 1_000_000_007, 3);
    assertThat(some.count()).isEqualTo(4);
    assertThat(some.sum()).isEqualTo(1_000_000_015);
    assertThat(some.min()).isZero();
    assertThat(some.max()).isEqualTo(1_000_000_007);
    assertThat(some.quantile(0)).isZero();
    assertThat(some.quantile(1)).isEqualTo(1_000_000_007);
    assertThatThrownBy(() -> some.quantile(1.1)).hasMessage("quantile 1.1 is not from 0 to 1");
    assertThatThrownBy(() -> some.quantile(Double.NaN)).hasMessageContaining("NaN");
  }

  @Property(tries = 100)
  void quantilesAreWithinOnePercentOfTheRankedValue(
      @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0, max = 1_000_000_000_000_000L) Long> values,
      @ForAll @LongRange(min = 0, max = 100) long percent) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    SketchDistribution distribution = SketchDistribution.of(sorted);
    long exact = sorted[(int) Math.floor(percent / 100.0 * (sorted.length - 1))];

    assertThat((double) distribution.quantile(percent / 100.0))
        .isBetween(exact * 0.99 - 1, exact * 1.01 + 1);
  }

  @Property(tries = 100)
  void anySplitMergesToTheSameBinsAndBytes(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 9_000_000_000_000L) Long> told,
      @ForAll @LongRange(min = 0, max = 60) long cut) {
    long[] values = told.stream().mapToLong(Long::longValue).toArray();
    int at = (int) Math.min(cut, values.length);
    SketchDistribution left = SketchDistribution.of(Arrays.copyOfRange(values, 0, at));
    SketchDistribution right = SketchDistribution.of(Arrays.copyOfRange(values, at, values.length));
    SketchDistribution whole = SketchDistribution.of(values);

    assertThat(left.plus(right)).isEqualTo(whole);
    assertThat(right.plus(left)).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(bytes(right.plus(left))).isEqualTo(bytes(whole));
    SketchDistribution read = SketchDistribution.read(new FoldInput(bytes(whole)));
    assertThat(read).isEqualTo(whole);
    assertThat(read.quantile(0.9)).isEqualTo(whole.quantile(0.9));
  }

  private static byte[] bytes(SketchDistribution distribution) {
    FoldOutput out = new FoldOutput();
    distribution.write(out);
    return out.toBytes();
  }
}
