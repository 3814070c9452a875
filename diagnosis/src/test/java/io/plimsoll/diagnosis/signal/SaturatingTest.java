// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SaturatingTest {
  @Property
  void isTheExactResult_orTheEndThatIsNearest(@ForAll long a, @ForAll long b) {
    BigInteger x = BigInteger.valueOf(a);
    BigInteger y = BigInteger.valueOf(b);
    assertThat(Saturating.plus(a, b)).isEqualTo(nearest(x.add(y)));
    assertThat(Saturating.minus(a, b)).isEqualTo(nearest(x.subtract(y)));
    assertThat(Saturating.times(a, b)).isEqualTo(nearest(x.multiply(y)));
  }

  private static long nearest(BigInteger exact) {
    BigInteger least = BigInteger.valueOf(Long.MIN_VALUE);
    BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
    return exact.max(least).min(most).longValueExact();
  }

  @Test
  void coreTimeOfAnyLog_isNeverBelowZero() {
    ExecutorFacts executor =
        new ExecutorFacts("1", Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, null);
    assertThat(executor.lifetimeMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(executor.coreMillis()).isEqualTo(Long.MAX_VALUE);
  }
}
