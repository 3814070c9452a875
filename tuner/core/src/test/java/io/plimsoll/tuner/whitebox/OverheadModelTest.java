// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import static io.plimsoll.tuner.RunFixture.MIB;
import static io.plimsoll.tuner.RunFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.tuner.RunFixture.Jvm;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import org.junit.jupiter.api.Test;

class OverheadModelTest {
  private static long outside(Jvm jvm) {
    return JvmEvidence.of("executor:0", run().process(jvm).build().processes(Role.EXECUTOR).get(0))
        .outsideHeapBytes();
  }

  @Test
  void aFifthIsAddedAndAtLeast64Mebibytes() {
    assertThat(OverheadModel.overheadBytes(400 * MIB)).isEqualTo(480 * MIB);
    // 100 + 64 = 164, up to whole 16 MiB.
    assertThat(OverheadModel.overheadBytes(100 * MIB)).isEqualTo(176 * MIB);
  }

  @Test
  void whatTheResidentSetExceedsTheHeapByIsOutside() {
    assertThat(
            outside(
                Jvm.executor("0")
                    .gauge(Metric.RSS_PEAK, 1300 * MIB)
                    .gauge(Metric.RSS, 1200 * MIB)
                    .gauge(Metric.HEAP_COMMITTED, 1000 * MIB)))
        .isEqualTo(300 * MIB);
  }

  @Test
  void aHeapThatWasNeverTouchedDoesNotHideThePools() {
    // 100 + 50 + 10 + 80/8 + 4 % of 1000 + 48 = 258 MiB are known; the resident set says -200.
    assertThat(
            outside(
                Jvm.executor("0")
                    .gauge(Metric.RSS_PEAK, 800 * MIB)
                    .gauge(Metric.HEAP_COMMITTED, 1000 * MIB)
                    .gauge(Metric.METASPACE_COMMITTED, 100 * MIB)
                    .gauge(Metric.CODE_CACHE_COMMITTED, 50 * MIB)
                    .gauge(Metric.DIRECT_USED, 10 * MIB)
                    .gauge(Metric.THREADS, 80)))
        .isEqualTo(258 * MIB);
  }

  @Test
  void withoutAResidentSetNothingIsKnown() {
    assertThat(outside(Jvm.executor("0").gauge(Metric.HEAP_COMMITTED, 1000 * MIB))).isEqualTo(-1);
  }
}
