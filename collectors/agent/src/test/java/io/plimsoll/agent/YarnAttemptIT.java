// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YarnAttemptIT {
  private static final String SECOND = "container_1795462111183_0001_02_000003";

  @TempDir Path folder;

  @Test
  void anExecutorOfClusterModeCountsAsItsDriverDoes() throws IOException {
    submitted("cluster");
    assertThat(YarnAttempt.of(SECOND, folder.toFile())).isEqualTo(2);
    assertThat(YarnAttempt.of("container_e17_1795462111183_0001_01_000002", folder.toFile()))
        .isEqualTo(1);
  }

  @Test
  void inClientModeTheDriverTellsNone() throws IOException {
    submitted("client");
    assertThat(YarnAttempt.of(SECOND, folder.toFile())).isZero();
  }

  @Test
  void whatIsNotThereOrHostileIsNoAttempt() throws IOException {
    assertThat(YarnAttempt.of(null, folder.toFile())).isZero();
    assertThat(YarnAttempt.of(SECOND, folder.toFile())).isZero();
    submitted("cluster");
    assertThat(YarnAttempt.of("container_1_2_99999999999_1", folder.toFile())).isZero();
    assertThat(YarnAttempt.of("", folder.toFile())).isZero();
    Files.writeString(
        folder.resolve("__spark_conf__/__spark_conf__.properties"), "a=\\u12\nspark.x");
    assertThat(YarnAttempt.of(SECOND, folder.toFile())).isZero();
  }

  private void submitted(String deployMode) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("__spark_conf__"));
    Files.writeString(
        conf.resolve("__spark_conf__.properties"),
        "#Spark configuration.\nspark.submit.deployMode=" + deployMode + "\n");
  }
}
