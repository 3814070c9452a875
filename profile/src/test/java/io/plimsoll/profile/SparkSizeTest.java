// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkSizeTest {
  private static final String KEY = "spark.executor.memory";

  @ParameterizedTest
  @CsvSource({
    "6656m, 6656",
    "6g, 6144",
    "1024, 1024",
    "1t, 1048576",
    "512k, 0",
    "1536k, 1",
    "2048KB, 2",
    "3145728b, 3",
    "1p, 1073741824",
    "' 8 ', 8",
    "10Gb, 10240"
  })
  void aBareNumberMeansMebibytesAndPartsAreCutOff(String text, long mebibytes) {
    assertThat(SparkSize.mebibytes(KEY, text)).isEqualTo(mebibytes);
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024", "1k, 1024", "2g, 2147483648", "0, 0"})
  void ofABytesSettingABareNumberMeansBytes(String text, long bytes) {
    assertThat(SparkSize.bytes("spark.memory.offHeap.size", text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "6x", "1.5g", "-1g", "g", "six", "6 g", "6gib", "*********(redacted)"})
  void whatIsNoSizeNamesKeyAndText(String text) {
    assertThatThrownBy(() -> SparkSize.mebibytes(KEY, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "spark.executor.memory = '"
                + text
                + "' is no size; write a whole number with a unit, for example 6656m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999999999999999", "9223372036854775807k", "8192p"})
  void whatIsTooBigNamesKeyAndText(String text) {
    assertThatThrownBy(() -> SparkSize.mebibytes(KEY, text))
        .hasMessage(
            "spark.executor.memory = '"
                + text
                + "' is more than a process can have; write it smaller");
  }

  @Test
  void sizesAreWrittenShortAndRoundedUp() {
    assertThat(SparkSize.format(6656L << 20)).isEqualTo("6656m");
    assertThat(SparkSize.format(6L << 30)).isEqualTo("6g");
    assertThat(SparkSize.format((5L << 20) + 1)).isEqualTo("6m");
    assertThat(SparkSize.format(0)).isEqualTo("0m");
    assertThatThrownBy(() -> SparkSize.format(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
