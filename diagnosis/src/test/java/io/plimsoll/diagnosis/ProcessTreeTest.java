// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import static io.plimsoll.diagnosis.WireRun.WALL;
import static io.plimsoll.diagnosis.WireRun.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Spark itself sees in the process tree of an executor, without any agent. */
class ProcessTreeTest {
  private static final long MIB = 1L << 20;

  private static Finding childMemory(long python, long other, long jvm) {
    WireRun driver = WireRun.process(Role.DRIVER, "driver", "h");
    driver
        .event(at(EventKind.APPLICATION_STARTED, 0).put(EventText.ENGINE, "spark"))
        .event(
            at(EventKind.ENVIRONMENT, 0)
                .property("spark.master", "yarn")
                .property("spark.executor.memory", "1g"))
        .event(
            at(EventKind.EXECUTOR_ADDED, 1_000)
                .put(EventText.EXECUTOR_ID, "1")
                .put(EventText.HOST, "h1")
                .put(EventNumber.CORES, 1))
        .event(
            at(EventKind.EXECUTOR_METRICS, 2_000)
                .put(EventText.EXECUTOR_ID, "1")
                .put(EventNumber.PEAK_HEAP_BYTES, 100 * MIB)
                .put(EventNumber.PEAK_JVM_RSS_BYTES, jvm)
                .put(EventNumber.PEAK_PYTHON_RSS_BYTES, python)
                .put(EventNumber.PEAK_OTHER_RSS_BYTES, other))
        .event(at(EventKind.APPLICATION_ENDED, WALL));
    return Diagnosis.evaluate(WireRun.run(List.of(driver))).stream()
        .filter(each -> each.point().equals("executor.child-memory"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void childrenThatFillTheOverhead_fire() {
    Finding finding = childMemory(300 * MIB, 100 * MIB, 500 * MIB);

    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.component()).isEqualTo("executor:1");
  }

  @Test
  void noChild_isClear() {
    assertThat(childMemory(0, 0, 500 * MIB).state()).isEqualTo(FindingState.CLEAR);
  }

  @Test
  void treeThatWasNotLookedAt_isNotEvaluated() {
    assertThat(childMemory(0, 0, 0).state()).isEqualTo(FindingState.NOT_EVALUATED);
  }
}
