// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void median_ofEvenMany_liesBetweenTheMiddleTwo() {
    assertThat(Numbers.median(List.of(4.0, 1.0, 3.0, 10.0))).isEqualTo(3.5);
  }

  @Test
  void median_ofNone_isUnknown() {
    assertThat(Numbers.median(List.of())).isNaN();
  }

  @Test
  void spread_ofSeveral_isLowestToHighest() {
    assertThat(Numbers.spread(List.of(2.0, 1.0))).isEqualTo("1.000 to 2.000, n = 2");
  }

  @Test
  void checksum_takesTheLastOne() {
    assertThat(ChildJvm.checksum("checksum a-1\nplimsoll-demo: checksum ff in /x\n"))
        .isEqualTo("ff");
  }
}
