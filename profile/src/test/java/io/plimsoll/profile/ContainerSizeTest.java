// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerSizeTest {
  @Test
  void nothingSetIsOneGibibyteAndTheMinimalOverhead() {
    assertThat(ContainerSize.executor(Map.of())).isEqualTo(mebibytes(1024, 384, 0, 0));
    assertThat(ContainerSize.driver(Map.of())).isEqualTo(mebibytes(1024, 384, 0, 0));
    assertThat(ContainerSize.executor(Map.of()).totalBytes()).isEqualTo(1408L << 20);
  }

  @Test
  void theOverheadIsATenthOfTheHeapCutToWholeMebibytes() {
    assertThat(ContainerSize.executor(Map.of("spark.executor.memory", "6656m")))
        .isEqualTo(mebibytes(6656, 665, 0, 0));
    assertThat(ContainerSize.executor(Map.of("spark.executor.memory", "3840m")))
        .isEqualTo(mebibytes(3840, 384, 0, 0));
    assertThat(ContainerSize.executor(Map.of("spark.executor.memory", "3850m")))
        .isEqualTo(mebibytes(3850, 385, 0, 0));
  }

  @Test
  void anExplicitOverheadReplacesFactorAndMinimum() {
    assertThat(
            ContainerSize.executor(
                Map.of(
                    "spark.executor.memory", "8g",
                    "spark.executor.memoryOverhead", "100m",
                    "spark.executor.memoryOverheadFactor", "0.4")))
        .isEqualTo(mebibytes(8192, 100, 0, 0));
  }

  @Test
  void factorAndMinimumCanBeSet() {
    assertThat(
            ContainerSize.executor(
                Map.of(
                    "spark.executor.memory", "4g", "spark.executor.memoryOverheadFactor", "0.4")))
        .isEqualTo(mebibytes(4096, 1638, 0, 0));
    assertThat(
            ContainerSize.executor(
                Map.of("spark.executor.memory", "2g", "spark.executor.minMemoryOverhead", "256m")))
        .isEqualTo(mebibytes(2048, 256, 0, 0));
    assertThat(
            ContainerSize.driver(
                Map.of("spark.driver.memory", "2g", "spark.driver.minMemoryOverhead", "1g")))
        .isEqualTo(mebibytes(2048, 1024, 0, 0));
  }

  @Test
  void offHeapCountsWhenEnabledAndPythonWhenSet() {
    Map<String, String> config =
        Map.of(
            "spark.memory.offHeap.enabled", "true",
            "spark.memory.offHeap.size", "2147483648",
            "spark.executor.pyspark.memory", "512m");
    assertThat(ContainerSize.executor(config)).isEqualTo(mebibytes(1024, 384, 2048, 512));
    assertThat(ContainerSize.driver(config)).isEqualTo(mebibytes(1024, 384, 0, 0));
    assertThat(ContainerSize.executor(Map.of("spark.memory.offHeap.size", "2g")))
        .isEqualTo(mebibytes(1024, 384, 0, 0));
  }

  @Test
  void aBadValueNamesItsKey() {
    assertThatThrownBy(() -> ContainerSize.executor(Map.of("spark.executor.memory", "lots")))
        .hasMessageStartingWith("spark.executor.memory = 'lots' is no size");
    assertThatThrownBy(
            () -> ContainerSize.driver(Map.of("spark.driver.memoryOverheadFactor", "ten")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "spark.driver.memoryOverheadFactor = 'ten' is no factor; write a number above 0, for"
                + " example 0.1");
    assertThatThrownBy(
            () -> ContainerSize.driver(Map.of("spark.driver.memoryOverheadFactor", "NaN")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ContainerSize mebibytes(long heap, long overhead, long offHeap, long python) {
    return new ContainerSize(heap << 20, overhead << 20, offHeap << 20, python << 20);
  }
}
