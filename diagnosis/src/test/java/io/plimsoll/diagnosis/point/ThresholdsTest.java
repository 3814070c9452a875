// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.diagnosis.finding.Severity;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  @Test
  void eachSeverityIsReachedAtItsLimit() {
    Thresholds limits = new Thresholds("ratio", 2, 4, 8, 16);
    assertThat(limits.severity(1.999)).isEqualTo(Severity.NONE);
    assertThat(limits.severity(2)).isEqualTo(Severity.LOW);
    assertThat(limits.severity(4)).isEqualTo(Severity.MODERATE);
    assertThat(limits.severity(8)).isEqualTo(Severity.SEVERE);
    assertThat(limits.severity(16)).isEqualTo(Severity.CRITICAL);
    assertThat(limits.severity(Double.POSITIVE_INFINITY)).isEqualTo(Severity.CRITICAL);
    assertThat(limits.severity(Double.NaN)).isEqualTo(Severity.NONE);
  }

  @Test
  void limitsThatDoNotRiseAreRefused() {
    assertThatThrownBy(() -> new Thresholds("ratio", 2, 1, 3, 4))
        .hasMessage("ratio: the limits 2.0, 1.0, 3.0, 4.0 do not rise");
  }

  @Property
  void noPointIsLessSevereAtAHigherValue(
      @ForAll @IntRange(min = 0, max = 11) int index,
      @ForAll @DoubleRange(min = 0, max = 20) double value,
      @ForAll @DoubleRange(min = 0, max = 20) double more) {
    Thresholds limits = Catalogue.all().get(index).description().thresholds();
    assertThat(limits.severity(value + more)).isGreaterThanOrEqualTo(limits.severity(value));
  }
}
