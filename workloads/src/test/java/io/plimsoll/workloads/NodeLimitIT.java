// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.embedded.EmulatedNodes;
import io.plimsoll.embedded.SparkApp;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.embedded.SubmitSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster on emulated nodes; left out where the machine does not allow them. */
class NodeLimitIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private static Path folder;

  @Test
  void sparkSeesAnExecutorKilledAboveItsContainerAndRunsWithinOne() throws Exception {
    Optional<String> obstacle = EmulatedNodes.obstacle();
    assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
    try (EmulatedNodes nodes = EmulatedNodes.start(new EmulatedNodes.Spec(2, 1500L << 20, 1000));
        SparkCluster cluster =
            SparkCluster.start(
                new SparkCluster.Spec(
                    Path.of(System.getProperty("plimsoll.test.spark-home", "")),
                    folder.resolve("work"),
                    2,
                    1,
                    1L << 30),
                nodes)) {
      SparkApp fits = cluster.submit(tasks("fits", 900L << 20));
      assertThat(fits.waitFor(LIMIT)).hasValue(0);
      assertThat(nodes.outOfMemoryKills()).isZero();

      try (SparkApp killed = cluster.submit(tasks("killed", 64L << 20))) {
        Awaitility.await()
            .atMost(LIMIT)
            .until(
                () -> Files.readString(killed.stderr()).contains("Command exited with code 137"));
      }
      assertThat(nodes.outOfMemoryKills()).isPositive();
      assertThat(cluster.daemonPids())
          .allMatch(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }
  }

  private static SubmitSpec tasks(String name, long containerBytes) {
    return SubmitSpec.of(
            name,
            Path.of(System.getProperty("plimsoll.test.app-jar", "")),
            TinyTasks.class.getName(),
            List.of("--tasks", "100"))
        .withConf(
            Map.of(
                "spark.executor.memory",
                "500m",
                "spark.cores.max",
                "2",
                "spark.ui.enabled",
                "false",
                "spark.executorEnv." + EmulatedNodes.EXECUTOR_LIMIT,
                Long.toString(containerBytes)));
  }
}
