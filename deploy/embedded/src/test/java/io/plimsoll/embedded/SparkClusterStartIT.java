// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails; clusters that start are tested where an application is at hand. */
class SparkClusterStartIT {
  @TempDir private Path folder;

  @Test
  void aHomeWithoutSparkIsNamedWithTheWayOut() {
    assertThatThrownBy(() -> SparkCluster.start(spec()))
        .isInstanceOf(EmbeddedException.class)
        .hasMessage(
            "no jars/spark-core_*.jar in %s: set the Spark home to an unpacked Spark, or build one"
                + " with mvn -pl deploy/spark-home package",
            folder.resolve("home"));
  }

  @Test
  void aMasterThatEndsAtOnceIsReportedAndNothingIsLeftRunning() throws Exception {
    Files.createDirectories(folder.resolve("home/jars"));
    Files.createFile(folder.resolve("home/jars/spark-core_2.13-0.jar"));

    assertThatThrownBy(() -> SparkCluster.start(spec()))
        .isInstanceOf(EmbeddedException.class)
        .hasMessage(
            "Spark's master ended with exit code 1 before it was ready: see %s",
            folder.resolve("work/master.err"));
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private SparkCluster.Spec spec() {
    return new SparkCluster.Spec(folder.resolve("home"), folder.resolve("work"), 2, 1, 512L << 20);
  }
}
