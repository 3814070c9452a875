// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChildrenTest {
  private static final long TICK = 10_000_000L;
  private static final long PAGE = 4096;

  private final Readings readings = new Readings();

  private long value(Metric metric, String instance) {
    return readings.values().getOrDefault(MetricKey.of(metric, instance), -1L);
  }

  private void read(Children children) {
    readings.begin();
    children.read(readings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-cgroup-children", "children-files"})
  void childrenAndTheirsAreToldByKind(String recording) {
    read(new Children(RecordedKernel.of(recording)));
    assertThat(value(Metric.CHILDREN_COUNT, "python")).isEqualTo(2);
    assertThat(value(Metric.CHILDREN_CPU, "python")).isEqualTo((145 + 220) * TICK);
    assertThat(value(Metric.CHILDREN_RSS, "python")).isEqualTo(3_000 * PAGE);
    assertThat(value(Metric.CHILDREN_COUNT, "java")).isEqualTo(1);
    assertThat(value(Metric.CHILDREN_CPU, "java")).isEqualTo(10 * TICK);
    assertThat(value(Metric.CHILDREN_COUNT, "other")).isEqualTo(1);
    assertThat(value(Metric.CHILDREN_CPU, "other")).isEqualTo((1 + 520) * TICK);
  }

  @Test
  void anEndedChildStaysCountedOnceItsParentWaitedForIt() {
    RecordedKernel kernel = RecordedKernel.of("no-cgroup-children");
    Children children = new Children(kernel);
    read(children);
    kernel.removeBelow("/proc/4302").removeBelow("/proc/4303");
    // 13 ticks of the ended child, 10 of which were seen, and one of its own child.
    String self = kernel.once("/proc/self/stat");
    kernel.put("/proc/self/stat", self.replace(" 583 58 500 20 ", " 583 58 513 21 "));
    read(children);
    assertThat(value(Metric.CHILDREN_COUNT, "java")).isEqualTo(0);
    assertThat(value(Metric.CHILDREN_CPU, "java")).isEqualTo(10 * TICK);
    assertThat(value(Metric.CHILDREN_CPU, "other")).isEqualTo((520 + 14 - 10) * TICK);
  }

  @ParameterizedTest
  @CsvSource({
    "no-cgroup-children,/proc/[^s].*",
    "no-cgroup-children,/proc/4302/stat",
    "no-cgroup-children,/proc/4300/stat",
    "children-files,/proc/[^s].*",
    "children-files,.*/children",
    "children-files,/proc/4242/.*",
    "children-files,/proc/4300/stat",
    "children-files,/proc/4302/stat",
    "children-files,/proc/self/.*"
  })
  void filesThatCannotBeReadForAWhileEndNoChild(String recording, String files) {
    RecordedKernel kernel = RecordedKernel.of(recording);
    for (int pid = 4300; pid <= 4303; pid++) {
      kernel.put("/proc/" + pid + "/comm", "any\n");
    }
    Children children = new Children(kernel);
    read(children);
    Map<MetricKey, Long> before = Map.copyOf(readings.values());
    Map<String, String> hidden = kernel.hideMatching(files);
    if (files.equals("/proc/[^s].*")) {
      // No descriptor is left after the first file.
      hidden.putAll(kernel.hideMatching("/proc/self/task/.*"));
    }
    read(children);
    read(children);
    kernel.restore(hidden);
    read(children);
    assertThat(readings.values()).isEqualTo(before);
  }

  @Test
  void aChildThatStaysUnreadableEndsAtLast() {
    RecordedKernel kernel = RecordedKernel.of("no-cgroup-children");
    kernel.put("/proc/4302/comm", "java\n");
    Children children = new Children(kernel);
    read(children);
    kernel.hideMatching("/proc/430[23]/stat");
    read(children);
    assertThat(value(Metric.CHILDREN_COUNT, "java")).isEqualTo(1);
    for (int scan = 0; scan < 6; scan++) {
      read(children);
    }
    assertThat(value(Metric.CHILDREN_COUNT, "java")).isEqualTo(0);
  }

  @Test
  void aProcessThatIsNotOursIsNotAskedAgainAtOnce() {
    RecordedKernel kernel = RecordedKernel.of("no-cgroup-children");
    Children children = new Children(kernel);
    read(children);
    kernel.put("/proc/77/stat", kernel.once("/proc/4302/stat").replace("4302 (java)", "77 (java)"));
    read(children);
    assertThat(value(Metric.CHILDREN_COUNT, "java")).isEqualTo(1);
    for (int scan = 0; scan < 6; scan++) {
      read(children);
    }
    assertThat(value(Metric.CHILDREN_COUNT, "java")).isEqualTo(2);
  }

  @Test
  void withoutProcNothingIsToldAndThatIsSaid() {
    read(new Children(RecordedKernel.empty()));
    assertThat(readings.values()).isEmpty();
    assertThat(readings.degraded()).contains("process.children.cpu.time");
  }
}
