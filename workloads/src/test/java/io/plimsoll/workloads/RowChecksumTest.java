// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowChecksumTest {
  @Property(tries = 200)
  void theOrderOfRowsDoesNotCount(@ForAll("rows") List<List<Object>> rows, @ForAll long seed) {
    List<List<Object>> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(checksum(shuffled)).isEqualTo(checksum(rows));
  }

  @Property(tries = 200)
  void oneChangedValueShows(
      @ForAll("rows") List<List<Object>> rows, @ForAll @IntRange(max = 1000) int at) {
    Assume.that(!rows.isEmpty());
    List<List<Object>> changed = new ArrayList<>(rows);
    List<Object> row = new ArrayList<>(rows.get(at % rows.size()));
    row.set(0, row.get(0) + "x");
    changed.set(at % rows.size(), row);

    assertThat(checksum(changed)).isNotEqualTo(checksum(rows));
  }

  @Property(tries = 200)
  void theOrderOfAFloatingSumDoesNotCount(
      @ForAll("prices") List<Double> prices, @ForAll long seed) {
    List<Double> shuffled = new ArrayList<>(prices);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(checksum(List.of(List.of(sum(shuffled)))))
        .isEqualTo(checksum(List.of(List.of(sum(prices)))));
  }

  @Test
  void aRowTwiceIsNotARowOnceAndValuesDoNotRunTogether() {
    List<Object> row = List.of("ab", "c");

    assertThat(checksum(List.of(row, row))).isNotEqualTo(checksum(List.of(row)));
    assertThat(checksum(List.of(row))).isNotEqualTo(checksum(List.of(List.of("a", "bc"))));
    assertThat(checksum(List.of(Arrays.asList("a", null))))
        .isNotEqualTo(checksum(List.of(List.of("a", "null"))));
  }

  @Test
  void decimalsCountExactlyWhateverTheirScaleAndFloatsToSevenDigits() {
    assertThat(one(new BigDecimal("1.50"))).isEqualTo(one(new BigDecimal("1.5")));
    assertThat(one(new BigDecimal("1000"))).isEqualTo(one(new BigDecimal("1E3")));
    assertThat(one(new BigDecimal("0.00"))).isEqualTo(one(BigDecimal.ZERO));
    assertThat(one(new BigDecimal("123456789012.34")))
        .isNotEqualTo(one(new BigDecimal("123456789012.35")));
    assertThat(one(0.1 + 0.2)).isEqualTo(one(0.3));
    assertThat(one(-0.0)).isEqualTo(one(0.0));
    assertThat(one(1.000001)).isNotEqualTo(one(1.000003));
    assertThat(one(7)).isEqualTo(one(7L)).isNotEqualTo(one(new BigDecimal("7")));
  }

  @Provide
  Arbitrary<List<List<Object>>> rows() {
    Arbitrary<Object> value =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Object.class::cast),
            Arbitraries.strings().ofMaxLength(8).map(Object.class::cast),
            Arbitraries.bigDecimals().ofScale(4).map(Object.class::cast));
    return value.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(30);
  }

  /** Of one sign, as prices are: sums that cancel out have no digits to compare. */
  @Provide
  Arbitrary<List<Double>> prices() {
    return Arbitraries.integers()
        .between(90_000, 10_500_000)
        .map(cents -> cents / 100.0)
        .list()
        .ofMinSize(2)
        .ofMaxSize(200);
  }

  private static double sum(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static String one(Object value) {
    return checksum(List.of(List.of(value)));
  }

  private static String checksum(List<? extends List<?>> rows) {
    RowChecksum checksum = new RowChecksum();
    rows.forEach(checksum::add);
    return checksum.hex();
  }
}
