// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SubtasksTest {
  @Test
  void valuesOfSubtasksArePutTogether() {
    assertThat(
            Subtasks.together(
                new TreeMap<>(
                    Map.of(
                        "flink.task.busy{cbc357cc/0}.max", 700L,
                        "flink.task.busy{cbc357cc/1}.max", 900L,
                        "flink.task.busy{cbc357cc/0}.integral", 5L,
                        "flink.task.busy{cbc357cc/1}.integral", 6L,
                        "flink.task.records.in{cbc357cc/0}", 3L,
                        "jvm.memory.used{G1 Old Gen}.max", 1L,
                        "process.cpu.time", 2L))))
        .isEqualTo(
            Map.of(
                "flink.task.busy.max", 900L,
                "flink.task.busy.integral", 11L,
                "flink.task.records.in", 3L,
                "jvm.memory.used{G1 Old Gen}.max", 1L,
                "process.cpu.time", 2L,
                "plimsoll.subtasks", 2L));
  }

  @Test
  void sumBeyondAllNumbersStaysAtTheLast() {
    assertThat(
            Subtasks.together(
                new TreeMap<>(Map.of("m{v/0}", Long.MAX_VALUE, "m{v/1}", Long.MAX_VALUE))))
        .containsEntry("m", Long.MAX_VALUE);
  }

  @Test
  void valuesWithoutSubtasksAreTheSame() {
    TreeMap<String, Long> values = new TreeMap<>(Map.of("a{x/y}", 1L, "b", 2L));
    assertThat(Subtasks.together(values)).isSameAs(values);
  }
}
