// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkMemoryTest {
  private static final long MIB = 1L << 20;

  @Test
  void oneGibibyteGives434MebibytesToManage() {
    assertThat(SparkMemory.managedBytes(1024 * MIB, Map.of()) / MIB).isEqualTo(434);
  }

  @Test
  void theFractionIsTheConfigurations() {
    assertThat(SparkMemory.managedBytes(1300 * MIB, Map.of("spark.memory.fraction", "0.8")))
        .isEqualTo(800 * MIB);
    assertThat(SparkMemory.managedBytes(1300 * MIB, Map.of("spark.memory.fraction", "often")))
        .isEqualTo(600 * MIB);
  }

  @Test
  void aHeapBelowTheReserveHasNothingToManage() {
    assertThat(SparkMemory.managedBytes(299 * MIB, Map.of())).isZero();
  }

  @Test
  void slotsAreWholeTasks() {
    SparkSlots slots = new SparkSlots(3, 5, 2);
    assertThat(slots.perExecutor()).isEqualTo(2);
    assertThat(slots.total()).isEqualTo(6);
    assertThatThrownBy(() -> new SparkSlots(0, 1, 1))
        .hasMessage("0 executors of 1 cores at 1 per task");
  }

  @Test
  void theMasterNamesWhatDecidesTheExecutors() {
    assertThat(ClusterKind.of(Map.of("spark.master", "spark://h:7077")).executorCountKey())
        .isEqualTo("spark.cores.max");
    assertThat(ClusterKind.of(Map.of("spark.master", "yarn")).executorCountKey())
        .isEqualTo("spark.executor.instances");
    assertThat(ClusterKind.of(Map.of("spark.master", "k8s://https://h")))
        .isEqualTo(ClusterKind.KUBERNETES);
    assertThat(ClusterKind.of(Map.of("spark.master", "local[2]"))).isEqualTo(ClusterKind.LOCAL);
    assertThat(ClusterKind.of(Map.of())).isEqualTo(ClusterKind.UNKNOWN);
  }
}
